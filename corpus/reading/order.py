"""Reading order of a page by its geometry: tables cell by cell, columns one after the other, rows of a list across.

A recursive XY-cut (Nagy and Seth 1984) whose vertical cuts are the tallest empty gutters with text on both sides
(after Breuel, "Two geometric algorithms for layout analysis", 2002), and whose tables follow the drawn lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from corpus.reading.pdfium import Box
from corpus.reading.tables import Grid, Rule, crossbars, grids, within
from corpus.reading.words import Piece

_JOIN = 0.7  # letter heights: words nearer than that belong to one segment of a line
_GUTTER = 0.8  # letter heights: the narrowest gutter
_MARKER = re.compile(r"[•●○◦▪■□☐☑✓➢➤❖►▶→–—*·o-]|(?:\d{1,2}|[a-zA-Z])[.)]|\d{1,2}(?:\.\d{1,2})+\.?")
_FRAME = 30.0  # points: a filled or drawn box smaller than that is an ornament of its line


class Band(NamedTuple):
    """A stretch of a page in columns: what is above, the columns from left to right, what is below."""

    above: list[Piece]
    columns: list[list[Piece]]
    below: list[Piece]


def lines(pieces: Sequence[Piece], rules: Sequence[Box], panels: Sequence[Box]) -> list[str]:
    """The lines of a page in reading order."""
    frames = [Grid(p, ((p,),)) for p in panels if min(p.right - p.left, p.bottom - p.top) >= _FRAME]
    return _region(list(pieces), [*grids(rules), *frames], crossbars(rules))


def _region(pieces: list[Piece], areas: Sequence[Grid], bars: Sequence[Rule]) -> list[str]:
    """The lines of a part of a page: each table or panel in it is read for itself, then takes its place."""
    areas = sorted(areas, key=lambda a: -(a.box.right - a.box.left) * (a.box.bottom - a.box.top))
    while areas:
        area, *areas = areas
        inside = [p for p in pieces if within(p.middle, area.box)]
        if not inside or not _encloses(area, inside, pieces):
            continue
        text = [line for cell, nested in _cells(area, inside, areas) for line in _region(cell, nested, bars)]
        outer = [p for p in pieces if not within(p.middle, area.box)]
        areas = [a for a in areas if not within(_centre(a.box), area.box)]
        pieces = [*outer, _whole(inside, text)]
    return _flow(_segments(pieces), bars)


def _encloses(area: Grid, inside: Sequence[Piece], pieces: Sequence[Piece]) -> bool:
    """True for a table with several filled cells, or a box taller than a line that holds some of the text, uncut."""
    box = area.box
    if len(area.cells) > 1:
        return len(inside) > 1
    cut = any(p.left < box.left - 3 or p.right > box.right + 3 for p in inside)
    return not cut and len(inside) < len(pieces) and box.bottom - box.top >= _FRAME


def _cells(area: Grid, inside: Sequence[Piece], nested: Sequence[Grid]) -> Iterable[tuple[list[Piece], list[Grid]]]:
    """Each filled cell's pieces, and the tables and panels in it."""
    for boxes in area.cells:
        own = [p for p in inside if any(_holds(b, p.middle) for b in boxes)]
        if own:
            yield own, [n for n in nested if any(_holds(b, _centre(n.box)) for b in boxes) and n.box != area.box]


def _holds(box: Box, point: tuple[float, float]) -> bool:
    """Closed to the left and top only, so that a point on an edge is in one cell."""
    return box.left <= point[0] < box.right and box.top <= point[1] < box.bottom


def _centre(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def _whole(inside: Sequence[Piece], text: list[str]) -> Piece:
    top, size = min(p.top for p in inside), median(p.size for p in inside)
    return Piece(
        min(p.left for p in inside), top, max(p.right for p in inside), max(p.bottom for p in inside),
        top + 0.75 * size, size, min(p.place for p in inside), tuple(text), True,
    )  # fmt: skip


def _segments(pieces: Sequence[Piece]) -> list[Piece]:
    """Words that stand close together on a line, joined; a list's marker with what it marks."""
    joined: list[Piece] = []
    for row in _baselines(pieces):
        joined.append(row[0])
        for piece in row[1:]:
            last = joined[-1]
            size = max(last.size, piece.size)
            reach = 4 if _MARKER.fullmatch(last.lines[-1]) else _JOIN
            if last.whole or piece.whole or piece.left - last.right > reach * size:
                joined.append(piece)
            else:
                joined[-1] = _joined(last, piece, " ")
    return sorted(joined, key=lambda p: (p.top, p.left))


def _joined(last: Piece, piece: Piece, between: str) -> Piece:
    return Piece(
        last.left, min(last.top, piece.top), max(last.right, piece.right), max(last.bottom, piece.bottom),
        last.baseline, max(last.size, piece.size), min(last.place, piece.place),
        (f"{last.lines[0]}{between}{piece.lines[0]}",),
    )  # fmt: skip


def _baselines(pieces: Sequence[Piece]) -> Iterable[list[Piece]]:
    """Pieces that stand on the same line, each row from left to right, rows from the top."""
    row: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: p.baseline):
        if row and piece.baseline - row[0].baseline > 0.35 * min(piece.size, row[-1].size):
            yield sorted(row, key=lambda p: p.left)
            row = []
        row.append(piece)
    if row:
        yield sorted(row, key=lambda p: p.left)


def _flow(pieces: list[Piece], bars: Sequence[Rule]) -> list[str]:
    band = _band(pieces)
    if band is None:
        return [line for row in _baselines(pieces) for line in _across(row)]
    return [*_flow(band.above, bars), *_columns(band.columns, bars), *_flow(band.below, bars)]


def _across(row: Sequence[Piece]) -> list[str]:
    """A row of single lines is one line; tables and panels in it keep their own."""
    text: list[str] = []
    open_line, edge = False, 0.0
    for piece in row:
        if open_line and not piece.whole:
            text[-1] += f"{' ' if piece.left - edge < 2 * piece.size else '  '}{piece.lines[0]}"
        else:
            text.extend(piece.lines)
        open_line, edge = not piece.whole, piece.right
    return text


def _band(pieces: Sequence[Piece]) -> Band | None:
    """The tallest stretch of a page that an empty gutter parts into columns; None where there is none."""
    if len(pieces) < 2:
        return None
    size = median(p.size for p in pieces)
    gap, best, found = _GUTTER * size, 0.0, None
    for x in sorted({round(p.left, 1) for p in pieces}):
        for start, end in _clear(pieces, x - gap, x):
            run = pieces[start:end]
            height = _overlap([p for p in run if p.right <= x - gap], [p for p in run if p.left >= x - 0.06])
            if height > max(best, 1.6 * size):
                best, found = height, (start, end, x)
    if found is None:
        return None
    start, end, x = found
    first, last = _trimmed(pieces, start, end, x)
    return Band(list(pieces[:first]), _parted(pieces[first:last], gap), list(pieces[last:]))


def _clear(pieces: Sequence[Piece], left: float, right: float) -> Iterable[tuple[int, int]]:
    """Runs of pieces, from the top, none of which stands in the way of a gutter."""
    start = 0
    for index, piece in enumerate(pieces):
        if piece.left < right - 0.06 and piece.right > left:
            if index - start > 1:
                yield start, index
            start = index + 1
    if len(pieces) - start > 1:
        yield start, len(pieces)


def _overlap(left: Sequence[Piece], right: Sequence[Piece]) -> float:
    """How far two columns stand side by side; 0 unless both have two lines, or a table or panel, there.

    A term above its indented definition is not beside it: half of the lines of the sparser side must be.
    """
    if not left or not right:
        return 0.0
    top = max(min(p.top for p in left), min(p.top for p in right))
    bottom = min(max(p.bottom for p in left), max(p.bottom for p in right))
    sides = [[p for p in side if p.bottom > top and p.top < bottom] for side in (left, right)]
    if any(len(side) < 2 and not any(p.whole for p in side) for side in sides):
        return 0.0
    few, many = sorted(sides, key=len)
    return bottom - top if 2 * sum(any(_beside(p, q) for q in many) for p in few) >= len(few) else 0.0


def _beside(piece: Piece, other: Piece) -> bool:
    return min(piece.bottom, other.bottom) - max(piece.top, other.top) > 0.2 * min(piece.size, other.size)


def _trimmed(pieces: Sequence[Piece], start: int, end: int, x: float) -> tuple[int, int]:
    """A band without what only precedes its columns, and without a tail that the page goes on with below them."""
    right = [i for i in range(start, end) if pieces[i].left >= x - 0.06]
    first = next(i for i in range(start, end) if pieces[i].bottom > pieces[right[0]].top)
    tail = [i for i in range(start, end) if pieces[i].top > max(pieces[r].bottom for r in right)]
    if not tail:
        return first, end
    beside = pieces[tail[0] - 1].bottom - pieces[first].top
    below = pieces[end - 1].bottom - pieces[tail[0]].top
    later = min(pieces[i].place for i in tail) > max(pieces[r].place for r in right)
    return (first, tail[0]) if later and beside < below else (first, end)


def _parted(pieces: Sequence[Piece], gap: float) -> list[list[Piece]]:
    """Pieces by column, from left to right, each column from the top."""
    columns: list[list[Piece]] = []
    edge = float("-inf")
    for piece in sorted(pieces, key=lambda p: p.left):
        if piece.left - edge >= gap - 0.06:
            columns.append([])
        columns[-1].append(piece)
        edge = max(edge, piece.right)
    return [sorted(column, key=lambda p: (p.top, p.left)) for column in columns]


def _columns(columns: list[list[Piece]], bars: Sequence[Rule]) -> list[str]:
    cuts = _cuts(columns, bars)
    if cuts is None:
        return [line for column in columns for line in _flow(column, bars)]
    text: list[str] = []
    for top, bottom in pairwise([float("-inf"), *cuts, float("inf")]):
        cells = [[p for p in column if top <= p.baseline < bottom] for column in columns]
        filled = [cell for cell in cells if cell]
        level = all(len(cell) == 1 and not cell[0].whole for cell in filled)
        if level and filled and len({round(cell[0].baseline) for cell in filled}) == 1:
            text.append("  ".join(cell[0].lines[0] for cell in filled))
        else:
            text += [line for cell in filled for line in _flow(cell, bars)]
    return text


def _cuts(columns: Sequence[Sequence[Piece]], bars: Sequence[Rule]) -> list[float] | None:
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
