"""Reading order of a page by its geometry: tables cell by cell, columns one after the other, rows of a list across.

A recursive XY-cut (Nagy and Seth 1984) whose vertical cuts are the tallest empty gutters with text on both sides
(after Breuel, "Two geometric algorithms for layout analysis", 2002), and whose tables follow the drawn lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from corpus.reading import rows
from corpus.reading.columns import band
from corpus.reading.sheet import Box
from corpus.reading.tables import Grid, Rule, crossbars, grids, within
from corpus.reading.words import Piece
from corpus.reading.wrapping import MARKER, head, wrapped

_JOIN = 0.7  # letter heights: words nearer than that belong to one segment of a line
_STRETCHED = 1.2  # letter heights: what the words of a justified line may be apart, when all are
_FRAMES = 300  # of a page: more is a drawing
_FRAME = 30.0  # points: a filled or drawn box smaller than that is an ornament of its line


def lines(pieces: Sequence[Piece], rules: Sequence[Box], panels: Sequence[Box]) -> list[str]:
    """The lines of a page in reading order."""
    frames = [Grid(p, ((p,),)) for p in panels if min(p.right - p.left, p.bottom - p.top) >= _FRAME]
    return _region(list(pieces), [*grids(rules), *frames[:_FRAMES]], crossbars(rules))


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
        usual = median(b.left - a.right for a, b in pairwise(row)) if len(row) > 3 else 0.0
        joined.append(row[0])
        for piece in row[1:]:
            last = joined[-1]
            size = max(last.size, piece.size)
            reach = size * (4 if MARKER.fullmatch(last.lines[-1]) else _JOIN)
            reach = max(reach, min(1.3 * usual, _STRETCHED * size))
            if last.whole or piece.whole or piece.left - last.right > reach:
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
    found = band(pieces)
    if found is None:
        return wrapped(list(_baselines(pieces)), _across)
    return [*_flow(found.above, bars), *_columns(found.columns, bars), *_flow(found.below, bars)]


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


def _columns(columns: list[list[Piece]], bars: Sequence[Rule]) -> list[str]:
    found = rows.table(columns, bars)
    if found is None:
        return [line for column in columns for line in _flow(column, bars)]
    text: list[str] = []
    for row in found:
        if rows.headed(row, columns):
            text.append(head("  ".join(cell[0].lines[0] for cell in row), row))
            row = [cell[1:] for cell in row if len(cell) > 1]
        text += [line for cell in row for line in _flow(cell, bars)]
    return text
