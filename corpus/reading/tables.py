"""Drawn lines become tables: which cells they enclose, in which order they are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from corpus.reading.sheet import Box

_NEAR = 3.0  # points: lines that should meet miss each other by less
_SHORT = 8.0  # points: shorter strokes are no rule
_MOST = 3000  # rules of a page: more is a drawing


class Rule(NamedTuple):
    """A straight line: where it lies across its direction, and from where to where it runs along it."""

    at: float
    first: float
    last: float


class Grid(NamedTuple):
    """A table: its box, and its cells row by row, each as the boxes of the plain grid that make it up."""

    box: Box
    cells: tuple[tuple[Box, ...], ...]


def within(point: tuple[float, float], box: Box, margin: float = 0.0) -> bool:
    x, y = point
    return box.left - margin <= x <= box.right + margin and box.top - margin <= y <= box.bottom + margin


def crossbars(rules: Iterable[Box]) -> list[Rule]:
    """The horizontal lines, pieces of the same line joined."""
    level = [r for r in rules if r.right - r.left >= _SHORT and r.bottom - r.top <= _NEAR]
    return _joined(Rule((r.top + r.bottom) / 2, r.left, r.right) for r in level)


def grids(rules: Sequence[Box]) -> list[Grid]:
    """Every table or frame that the lines draw, the largest first."""
    if len(rules) > _MOST:
        return []
    level = crossbars(rules)
    upright = _joined(
        Rule((r.left + r.right) / 2, r.top, r.bottom)
        for r in rules
        if r.bottom - r.top >= _SHORT and r.right - r.left <= _NEAR
    )
    found = [_grid(*group) for group in _connected(level, upright)]
    return sorted((g for g in found if g), key=lambda g: -(g.box.right - g.box.left) * (g.box.bottom - g.box.top))


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    joined: list[Rule] = []
    for at, group in _clusters(sorted(rules)):
        start, end = None, 0.0
        for rule in sorted(group, key=lambda r: r.first):
            if start is not None and rule.first <= end + _NEAR:
                end = max(end, rule.last)
                continue
            if start is not None:
                joined.append(Rule(at, start, end))
            start, end = rule.first, rule.last
        joined.append(Rule(at, start, end))
    return joined


def _clusters(rules: Sequence[Rule]) -> Iterable[tuple[float, list[Rule]]]:
    """Rules that lie as good as on one line, with the mean of where they lie."""
    group: list[Rule] = []
    for rule in [*rules, None]:
        if group and (rule is None or rule.at - group[0].at > _NEAR):
            yield sum(r.at for r in group) / len(group), group
            group = []
        if rule is not None:
            group.append(rule)


def _connected(level: Sequence[Rule], upright: Sequence[Rule]) -> Iterable[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that meet one another."""
    roots = list(range(len(level) + len(upright)))
    for (i, h), (j, v) in product(enumerate(level), enumerate(upright, len(level))):
        if _reaches(h, v.at) and _reaches(v, h.at):
            roots[_root(roots, i)] = _root(roots, j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for index in range(len(roots)):
        rule, side = (level[index], 0) if index < len(level) else (upright[index - len(level)], 1)
        groups[_root(roots, index)][side].append(rule)
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _reaches(rule: Rule, at: float) -> bool:
    return rule.first - _NEAR <= at <= rule.last + _NEAR


def _root(roots: list[int], index: int) -> int:
    while roots[index] != index:
        roots[index] = roots[roots[index]]
        index = roots[index]
    return index


def _grid(level: Sequence[Rule], upright: Sequence[Rule]) -> Grid | None:
    xs = _positions([v.at for v in upright] + [x for h in level for x in (h.first, h.last)])
    ys = _positions([h.at for h in level] + [y for v in upright for y in (v.first, v.last)])
    if not 2 <= len(xs) * len(ys) <= _MOST or len(xs) < 2 or len(ys) < 2:
        return None
    columns, rows = len(xs) - 1, len(ys) - 1
    roots = list(range(columns * rows))
    for row, column in product(range(rows), range(columns)):
        x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
        if column and not _wall(upright, xs[column], y):
            roots[_root(roots, row * columns + column)] = _root(roots, row * columns + column - 1)
        if row and not _wall(level, ys[row], x):
            roots[_root(roots, row * columns + column)] = _root(roots, (row - 1) * columns + column)
    cells: dict[int, list[Box]] = defaultdict(list)  # filled row by row: a cell comes where its first box does
    for index in range(columns * rows):
        row, column = divmod(index, columns)
        cells[_root(roots, index)].append(Box(xs[column], ys[row], xs[column + 1], ys[row + 1]))
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), tuple(tuple(boxes) for boxes in cells.values()))


def _positions(values: Sequence[float]) -> list[float]:
    """The values in order, those that as good as coincide once."""
    ordered = sorted(values)
    return [b for a, b in pairwise([float("-inf"), *ordered]) if b - a > _NEAR]


def _wall(rules: Sequence[Rule], at: float, along: float) -> bool:
    return any(abs(r.at - at) <= _NEAR and r.first <= along <= r.last for r in rules)
