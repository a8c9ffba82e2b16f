"""Rows: where what stands in columns is a table or a list without cells of its own, to be read across."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from corpus.reading.tables import Rule
from corpus.reading.words import Piece


def cuts(columns: Sequence[Sequence[Piece]], bars: Sequence[Rule]) -> list[float] | None:
    """Where the rows of a table without cells of its own are cut; None where columns are read one by one."""
    return _barred(columns, bars) or (None if _one_by_one(columns) else _spaced(columns) or _keyed(columns))


def _barred(columns: Sequence[Sequence[Piece]], bars: Sequence[Rule]) -> list[float]:
    """Drawn lines across all gutters, with text above and below."""
    left, right = max(p.right for p in columns[0]), min(p.left for p in columns[-1])
    top, bottom = min(p.baseline for c in columns for p in c), max(p.top for c in columns for p in c)
    return [bar.at for bar in bars if bar.first < left and bar.last > right and top < bar.at < bottom]


def _one_by_one(columns: Sequence[Sequence[Piece]]) -> bool:
    """True where the page draws one column after the other: its writer meant columns."""
    spans = sorted((min(p.place for p in c), max(p.place for p in c)) for c in columns)
    return all(a[1] < b[0] for a, b in pairwise(spans))


def _spaced(columns: Sequence[Sequence[Piece]]) -> list[float]:
    """White strips across all columns, wider than between lines, below which the columns start level."""
    gaps = [b.top - a.bottom for column in columns for a, b in pairwise(column)]
    wide = max(1.5 * median(gaps), 0.5) if gaps else 0.5
    rows: list[list[Piece]] = []
    bottom = float("-inf")
    for piece in sorted((p for c in columns for p in c), key=lambda p: p.top):
        if piece.top - bottom > wide:
            rows.append([])
        rows[-1].append(piece)
        bottom = max(bottom, piece.bottom)
    inner = sum(gap > wide for gap in gaps) - sum(len(_starts(row, columns)) for row in rows[1:])
    level = sum(_level(_starts(row, columns)) for row in rows)
    if len(rows) < 3 or level < 0.7 * len(rows) or inner > len(rows):
        return []
    return [min(p.baseline for p in row) - 0.9 * row[0].size for row in rows[1:]]


def _starts(row: Sequence[Piece], columns: Sequence[Sequence[Piece]]) -> list[Piece]:
    """The first piece of a row in each column."""
    return [next(p for p in column if p in row) for column in columns if any(p in row for p in column)]


def _level(starts: Sequence[Piece]) -> bool:
    low, high = min(p.baseline for p in starts), max(p.baseline for p in starts)
    return len(starts) > 1 and high - low < 0.4 * starts[0].size


def _keyed(columns: Sequence[Sequence[Piece]]) -> list[float]:
    """Rows that begin with a line of a key column: dates before deeds, labels before values, figures in columns."""
    key = min(columns, key=lambda c: (len(c), max(p.right for p in c) - min(p.left for p in c)))
    others = [p.baseline for column in columns if column is not key for p in column]
    aligned = sum(any(abs(p.baseline - b) < 0.3 * p.size for b in others) for p in key)
    width = max(p.right for c in columns for p in c) - min(p.left for c in columns for p in c)
    narrow = max(p.right for p in key) - min(p.left for p in key) < 0.3 * width
    if aligned < 0.9 * len(key) or not (narrow or len(columns) > 2):
        return []
    return [p.baseline - 0.7 * p.size for p in key]
