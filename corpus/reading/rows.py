"""Rows: where what stands in columns is a table or a list without cells of its own, to be read across."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import median

from corpus.reading.tables import Rule
from corpus.reading.words import Piece

_NARROW = 0.3  # of the width: what a column of dates, labels or numbers takes at most
_BRIEF = 0.4  # the same of the single lines that head a row

_LABELS = 0.4  # of the width: what a form's labels take at most
_FORM = 4  # labels that make a form

Row = list[list[Piece]]  # its filled cells, from left to right


def table(columns: Sequence[Sequence[Piece]], bars: Sequence[Rule]) -> list[Row] | None:
    """The rows of what is to be read across; None where columns are read one by one."""
    cuts = _barred(columns, bars)
    if not _one_by_one(columns):
        sparse = _sparse(columns)
        keyed = _keyed(columns, sparse)
        last = sparse is columns[-1]  # dates at the right edge belong to the line that they end
        if last and (not cuts or len(keyed) > len(cuts) + 1):  # lines fewer than rows underline headings
            cuts = keyed
        cuts = cuts or _spaced(columns) or keyed
    if not cuts:
        return (not _one_by_one(columns) and _form(columns)) or None
    edges = pairwise([float("-inf"), *cuts, float("inf")])
    rows = ([[p for p in column if top <= p.baseline < bottom] for column in columns] for top, bottom in edges)
    return [filled for row in rows if (filled := [cell for cell in row if cell])]


def headed(row: Row, columns: Sequence[Sequence[Piece]]) -> bool:
    """True where a row's first lines are one: level, of single lines, but for one cell beside narrow columns."""
    firsts = [cell[0] for cell in row]
    if any(p.whole for p in firsts) or (len(row) > 1 and not _level(firsts)):
        return False
    longer = [cell for cell in row if len(cell) > 1]
    most = _BRIEF * _width([p for column in columns for p in column])
    narrow = all(_width(cell) < most for cell in row if len(cell) == 1)
    return not longer or (len(longer) == 1 and len(row) > 1 and narrow)


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
    inner = sum(gap > wide for gap in gaps) - sum(len(_cells(row, columns)) for row in rows[1:])
    aligned = sum(_aligned(_cells(row, columns)) for row in rows)
    cuts = [(max(p.bottom for p in a) + min(p.top for p in b)) / 2 for a, b in pairwise(rows)]
    least = 3 if len(columns) == 2 and not _drawn_as_cards(rows, columns, cuts) else 2
    if len(rows) < least or aligned < 0.7 * len(rows) or inner > len(rows):
        return []
    return cuts


def _drawn_as_cards(rows: Sequence[Sequence[Piece]], columns: Sequence[Sequence[Piece]], cuts: Sequence[float]) -> bool:
    """True where the page draws each row after the one above, and in it each cell after the one to its left."""
    cells = [_cells(row, columns) for row in rows]
    return all(len(row) > 1 and _one_by_one(row) for row in cells) and _row_by_row(
        [p for row in rows for p in row], cuts
    )


def _cells(row: Sequence[Piece], columns: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    return [cell for column in columns if (cell := [p for p in column if p in row])]


def _aligned(cells: Sequence[Sequence[Piece]]) -> bool:
    """True where a row's cells start level, or are centred on one another."""
    if len(cells) < 2:
        return False
    centres = [(cell[0].top + cell[-1].bottom) / 2 for cell in cells]
    return _level([cell[0] for cell in cells]) or max(centres) - min(centres) < 0.6 * cells[0][0].size


def _level(starts: Sequence[Piece]) -> bool:
    low, high = min(p.baseline for p in starts), max(p.baseline for p in starts)
    return len(starts) > 1 and high - low < 0.4 * starts[0].size


def _sparse(columns: Sequence[Sequence[Piece]]) -> Sequence[Piece]:
    """The column with the fewest lines, the narrowest of them."""
    return min(columns, key=lambda column: (len(column), _width(column)))


def _keyed(columns: Sequence[Sequence[Piece]], key: Sequence[Piece]) -> list[float]:
    """Rows that begin with a line of a key column: dates before deeds, labels before values, figures in columns."""
    everything = [p for column in columns for p in column]
    others = [p.baseline for column in columns if column is not key for p in column]
    aligned = sum(any(abs(p.baseline - b) < 0.3 * p.size for b in others) for p in key)
    cuts = [p.baseline - 0.7 * p.size for p in key]
    ordered = len(key) > 1 and _row_by_row(everything, cuts)
    narrow = _width(key) < _NARROW * _width(everything) or len(columns) > 2
    narrow = narrow or (ordered and len(everything) >= 3 * len(key))  # a row has more lines than the key's one
    if aligned > 1 and ordered:  # headings among the keys have their rows for themselves
        aligned += sum(not any(top <= b < bottom for b in others) for top, bottom in pairwise([*cuts, inf]))
    first = all(p.baseline > cuts[0] for p in everything) or (ordered and _carried_over(others, cuts[0], key))
    return cuts if first and narrow and aligned >= 0.9 * len(key) else []


def _row_by_row(everything: Sequence[Piece], cuts: Sequence[float]) -> bool:
    """True where the page draws each row after the one above."""
    edges = pairwise([-inf, *cuts, inf])
    rows = [row for top, bottom in edges if (row := [p.place for p in everything if top <= p.baseline < bottom])]
    return all(max(row) < min(after) for row, after in pairwise(rows))


def _carried_over(others: Sequence[float], first: float, key: Sequence[Piece]) -> bool:
    """True where what stands above the first key is the rest of a row of the page before, well apart from it."""
    above = max((b for b in others if b < first), default=first)
    return first - above > key[0].size


def _form(columns: Sequence[Sequence[Piece]]) -> list[Row]:
    """Rows of a form: labels, on one line or several, each drawn just before the value that starts level with it."""
    labels, values = columns[0], sorted((p for column in columns[1:] for p in column), key=lambda p: p.place)
    if len(columns) != 2 or _width(labels) > _LABELS * _width([*labels, *values]) or any(p.whole for p in labels):
        return []
    before: dict[int, list[Piece]] = {}
    for label in labels:
        before.setdefault(bisect(values, label.place, key=lambda p: p.place), []).append(label)
    rows: list[Row] = []
    valued = 0
    for (at, group), (end, _) in pairwise([*sorted(before.items()), (len(values), [])]):
        own = sorted(values[at:end], key=lambda p: (p.top, p.left))
        first = next((i for i, p in enumerate(group) if own and _level([p, own[0]])), len(group))
        rows += [[[label]] for label in group[:first]]  # headings of the form, which have no value
        rows.append([cell for cell in ([_one_line(group[first:])] if group[first:] else [], own) if cell])
        valued += first < len(group)
    return [row for row in rows if row] if valued >= _FORM and valued >= 0.6 * len(before) else []


def _one_line(label: Sequence[Piece]) -> Piece:
    first = label[0]
    right, text = max(p.right for p in label), " ".join(p.lines[0] for p in label)
    return first._replace(right=right, bottom=label[-1].bottom, lines=(text,))


def _width(pieces: Sequence[Piece]) -> float:
    return max(p.right for p in pieces) - min(p.left for p in pieces)
