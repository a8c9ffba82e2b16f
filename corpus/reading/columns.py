"""Columns: the tallest stretch of a page with an empty gutter, and text on both sides of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from corpus.reading.words import Piece

_GUTTER = 0.8  # letter heights: the narrowest gutter
_EDGES = 120  # places where a column may begin that are tried, those with most text first


class Band(NamedTuple):
    """A stretch of a page in columns: what is above, the columns from left to right, what is below."""

    above: list[Piece]
    columns: list[list[Piece]]
    below: list[Piece]


def band(pieces: Sequence[Piece]) -> Band | None:
    """The tallest stretch of a page that an empty gutter parts into columns; None where there is none."""
    if len(pieces) < 2:
        return None
    size = median(p.size for p in pieces)
    gap, best, found = _GUTTER * size, 0.0, None
    edges = Counter(round(p.left, 1) for p in pieces)
    for x in sorted(x for x, _ in edges.most_common(_EDGES)):
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
