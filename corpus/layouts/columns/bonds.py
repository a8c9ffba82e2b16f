"""How well a line follows another, or opens a cell: what a reader sees at the seam."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.layouts.columns.lines import Line
from corpus.layouts.columns.profile import Profile
from corpus.layouts.columns.wording import (
    BLOCK_ALONE,
    Column,
    competence_number,
    cue,
    labelled,
    numbered_activity,
    opens_as_verb,
)

DETERMINERS = ("le ", "la ", "les ", "l'", "un ", "une ", "il ", "elle ", "a partir", "sur ", "dans ", "pour ", "des ")


@dataclass(slots=True)
class Bonds:
    """Scores that depend on lines alone, each computed once; natural logarithms in spirit, tuned by hand.

    Attributes:
        opening: for each line and column, how well it stands there, whatever is before it.
        rows: whether a line may open a competence.
    """

    lines: Sequence[Line]
    profile: Profile
    opening: list[list[float]] = field(init=False)
    rows: list[bool] = field(init=False)
    _known: dict[tuple[int, int, Column], float] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.rows = [self._opens_row(line) for line in self.lines]
        self.opening = [[self._opens(line, column) for column in Column] for line in self.lines]

    def between(self, before: int, after: int, column: Column) -> float:
        """Whether line `after` follows line `before` within one cell."""
        key = (before, after, column)
        if key not in self._known:
            self._known[key] = self._bond(self.lines[before], self.lines[after], column, after - before == 1)
        return self._known[key]

    def left(self, at: int) -> float:
        """At most 0: what a line leaves undone if its cell never goes on."""
        line = self.lines[at]
        if line.hangs:
            return -1.0 if line.text.endswith(",") else -3.0
        return -4.0 if line.text.endswith(":") else -1.5 * (labelled(line.text) is not None)

    def _opens_row(self, line: Line) -> bool:
        if self.profile.numbered:
            return competence_number(line.text) is not None
        return not line.bullet.strip() and line.text[0].isupper() and opens_as_verb(line.text)

    def _opens(self, line: Line, column: Column) -> float:
        score = self.profile.spread(line, column)
        if self.profile.numbered and competence_number(line.text):
            score -= 6.0
        return score if line.continues else score + cue(line.body, column) + self.profile.likeness(line, column)

    def _bond(self, before: Line, line: Line, column: Column, near: bool) -> float:
        ended = self.profile.ended(before, line, column)
        if line.continues:
            lost = -1.0 if line.bullet else -9.0
            return max(_continued(before, ended, near), lost - 3.0 * before.hangs)
        if line.bullet:
            return -3.0 if before.hangs else 0.0
        return _capital(before, line, ended)


def fresh(line: Line) -> float:
    """A cell that begins: never in the middle of a sentence, unless its bullet was lost."""
    if not line.continues:
        return 0.0
    return -1.0 if line.bullet else -5.0


def heading(before: Line, line: Line) -> float:
    """A block's title that goes on: no bullet, no label, no wider gap; it must go on after "BLOC 2 :"."""
    if before.text.endswith((":", "–", "—", "-")) or BLOCK_ALONE.match(before.plain):
        return 3.0
    score = -5.0 if line.bullet or labelled(line.text) or numbered_activity(line.text) else 0.0
    return score - 1.5 * (line.gap > before.gap) - 0.5 * (not line.continues)


def bullets(usual: str, line: Line, before: Line) -> float:
    """Whether a line's bullet is the one that its cell uses; a list within a list begins after a colon."""
    if not line.bullet or line.continues or not usual or before.text.endswith(":"):
        return 0.0
    return 0.8 if line.bullet == usual else -1.5


def _continued(before: Line, ended: bool, near: bool) -> float:
    if before.text.endswith(":"):
        return 0.3 if near else -3.0
    if before.closed:
        return -3.5
    return 0.7 + 1.0 * before.hangs - 1.5 * (ended and (near or not before.hangs))


def _capital(before: Line, line: Line, ended: bool) -> float:
    if before.text.endswith(":"):
        return 1.0
    if before.closed or labelled(before.text):
        return 0.0
    determined = line.plain.startswith(DETERMINERS)
    if before.hangs:
        return -2.5 if determined else -0.5
    if ended:
        return -0.5
    return -1.5 if determined else -0.2
