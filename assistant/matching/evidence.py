"""What a match is made of: for each competence a state, and evidence on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Citation
from corpus.document import Quote


class State(StrEnum):
    """How far a CV shows a competence, best first."""

    PROVEN = "proven"  # an activity of the CV, with context or result, does what the competence says
    PARTIAL = "partial"  # an activity does a part of it, or does it without context
    CLAIMED = "claimed"  # named as a skill, no activity shows it
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line of the CV and a line of the referential that belong together.

    Attributes:
        cv_line: number of the CV's line, counted from 1.
        cv_quote: verbatim from that line.
        cv_more: where the line only breaks the sentence, how it goes on: verbatim from each of the next lines.
        citation: the referential's side, verbatim.
        strength: in [0, 1].
    """

    cv_line: int
    cv_quote: str
    citation: Citation
    strength: float
    cv_more: tuple[str, ...] = ()

    @property
    def cv_whole(self) -> str:
        """The whole statement on one line, to be shown; each of its pieces stands verbatim in its own line."""
        return " ".join((self.cv_quote, *self.cv_more))

    @property
    def cv_quotes(self) -> tuple[Quote, ...]:
        """Each of its lines."""
        return line_by_line(self.cv_line, (self.cv_quote, *self.cv_more))


def line_by_line(first: int, pieces: Sequence[str]) -> tuple[Quote, ...]:
    """A quote of each of the lines from `first` on, of which the pieces are verbatim."""
    return tuple(Quote(text, n, n) for n, text in enumerate(pieces, first))


@dataclass(frozen=True, slots=True)
class CompetenceMatch:
    """One competence, how far the CV shows it, by what, and what to ask where it does not."""

    number: str | None
    text: str
    transversal: bool
    state: State
    citation: Citation
    evidence: tuple[Evidence, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class BlockMatch:
    """One block: its competences, and the state and coverage that follow from them.

    Attributes:
        score: in [0, 1], comparable between the blocks of one match.
        coverage: share of the technical competences shown, partial ones counted half, in [0, 1].
    """

    source: str
    certification: str | None
    title: str
    block: int
    block_title: str
    state: State
    score: float
    coverage: float
    competences: tuple[CompetenceMatch, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All evidence of the block, strongest first."""
        found = [e for c in self.competences for e in c.evidence]
        return tuple(sorted(found, key=lambda e: -e.strength))


@dataclass(frozen=True, slots=True)
class Place:
    """A competence in a match: positions from 0, but for the block's official number."""

    source: str
    certification: str | None
    block: int
    competence: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement, by its place among the CV's statements, and a competence: somebody's idea, no evidence."""

    statement: int
    place: Place
