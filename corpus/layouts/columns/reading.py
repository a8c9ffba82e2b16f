"""Which column each line comes from: the best path through the torn table, found by beam search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.layouts.columns import bonds
from corpus.layouts.columns.bonds import Bonds
from corpus.layouts.columns.lines import Line
from corpus.layouts.columns.profile import Profile, learn
from corpus.layouts.columns.wording import Column, competence_number, cue

BEAM = 12
WORK = 60_000  # lines times paths, above which a document gets a narrower beam
PAGE = 10  # lines that a page has at least
PASSES = 3
CELLS = (Column.COMPETENCE, Column.ASSESSMENT, Column.CRITERION)
BELOW_HEADING = (Column.ACTIVITY, *CELLS)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: its block's and its row's ordinal, and its column; row 0 is above the first competence."""

    block: int
    row: int
    column: Column


@dataclass(frozen=True, slots=True)
class Path:
    """A reading of the lines so far.

    Attributes:
        last: for each column the index of its last line in this row, -1 for none.
        bullets: for each column the bullet last seen in this row.
        page: the index of the line where the present page was taken to begin.
    """

    score: float
    block: int
    row: int
    column: Column
    last: tuple[int, ...]
    bullets: tuple[str, ...]
    page: int
    before: Path | None


def read_columns(lines: Sequence[Line], starts: frozenset[int]) -> tuple[Place, ...]:
    """A place for each line.

    Args:
        lines: the table's text, at least one line.
        starts: numbers of the lines that open a block.
    """
    profile = Profile(sum(competence_number(line.text) is not None for line in lines) >= 2)
    places: tuple[Place, ...] = ()
    for _ in range(PASSES):
        places = _best(Bonds(lines, profile), starts)
        profile = learn(profile.numbered, lines, [p.column for p in places])
    return places


def _best(table: Bonds, starts: frozenset[int]) -> tuple[Place, ...]:
    paths: list[Path | None] = [None]
    beam = max(3, min(BEAM, WORK // len(table.lines)))
    for at in range(len(table.lines)):
        found: dict[tuple[int, ...], Path] = {}
        for path in paths:
            for new in _moves(path, at, table, starts):
                key = (new.row, new.column, *new.last)
                if key not in found or found[key].score < new.score:
                    found[key] = new
        paths = sorted(found.values(), key=lambda p: -p.score)[:beam]
    path = max(paths, key=lambda p: p.score + _unfinished(p, table, CELLS))
    places = []
    while path:
        places.append(Place(path.block, path.row, path.column))
        path = path.before
    return tuple(reversed(places))


def _moves(path: Path | None, at: int, table: Bonds, starts: frozenset[int]) -> Iterator[Path]:
    line = table.lines[at]
    if path is None or line.number in starts:
        yield _new_block(path, at, table)
        return
    if path.column is Column.HEADING:
        score = _entry(path, Column.HEADING, at, table) + bonds.heading(table.lines[at - 1], line)
        yield _step(path, path.row, Column.HEADING, at, line, score, path.last, path.bullets)
    for column in BELOW_HEADING if path.row else (Column.ACTIVITY,):
        score = _entry(path, column, at, table) + bonds.bullets(path.bullets[column], line, table.lines[at - 1])
        yield _step(path, path.row, column, at, line, score, path.last, path.bullets)
    if table.rows[at]:
        yield _new_row(path, at, table)


def _step(
    path: Path, row: int, column: Column, at: int, line: Line, score: float, last: tuple, bullet_by_column: tuple
) -> Path:
    last = (*last[:column], at, *last[column + 1 :])
    if line.bullet and not line.continues:
        bullet_by_column = (*bullet_by_column[:column], line.bullet, *bullet_by_column[column + 1 :])
    turned = row == path.row and (column < path.column or (column is path.column and line.break_before == 1.0))
    return Path(path.score + score, path.block, row, column, last, bullet_by_column, at if turned else path.page, path)


def _new_block(path: Path | None, at: int, table: Bonds) -> Path:
    score = path.score + _unfinished(path, table, BELOW_HEADING) if path else 0.0
    block = path.block + 1 if path else 1
    return Path(score, block, 0, Column.HEADING, (at, -1, -1, -1, -1), ("",) * 5, -PAGE, path)


def _new_row(path: Path, at: int, table: Bonds) -> Path:
    line, before, numbered = table.lines[at], table.lines[at - 1], table.profile.numbered
    score = _unfinished(path, table, CELLS) + table.profile.spread(line, Column.COMPETENCE)
    score += cue(line.body, Column.COMPETENCE) + (6.0 if numbered else 1.0)
    if not numbered and path.column is Column.COMPETENCE:
        score -= 2.0
    if path.column < Column.COMPETENCE and before.hangs:
        score -= 1.0
    kept = (*path.last[:2], -1, -1, -1), (*path.bullets[:2], "", "", "")
    return _step(path, path.row + 1, Column.COMPETENCE, at, line, score, *kept)


def _unfinished(path: Path, table: Bonds, columns: Sequence[Column]) -> float:
    """What a row loses when it ends: sentences without end, cells without content."""
    score = sum(table.left(path.last[column]) for column in columns if path.last[column] >= 0)
    if path.row:
        score -= 2.0 * (path.last[Column.CRITERION] < 0) + 1.5 * (path.last[Column.ASSESSMENT] < 0)
    return score


def _entry(path: Path, column: Column, at: int, table: Bonds) -> float:
    """The score of a line as the next one of a column in the present row."""
    line, previous = table.lines[at], path.last[column]
    score = table.opening[at][column]
    if column is path.column and line.break_before < 1.0:
        return score + table.between(at - 1, at, column)
    score += _jump(path.column, column, at, table)
    if column < path.column and at - path.page < PAGE:
        score -= 2.5
    return score + (table.between(previous, at, column) if previous >= 0 else bonds.fresh(line))


def _jump(here: Column, column: Column, at: int, table: Bonds) -> float:
    """Cheap to the right where a cell may end; to the left, or to the same column anew, only where a page ends."""
    line, before = table.lines[at], table.lines[at - 1]
    torn = -6.0 * (1.0 - line.break_before) ** 2
    if column <= here:
        return torn + 0.3 * (column is here)  # a page is most often left in the cell that is too tall for it
    ends = before.closed or before.text.endswith(")") or line.bullet or table.profile.ended(before, line, here)
    return max(-1.2 - 0.8 * (not ends), torn)
