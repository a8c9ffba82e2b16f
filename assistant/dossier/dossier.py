"""What an advisor makes of a match: the proposal as it was, and beside it the person's own states, lines and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.answer import Citation
from assistant.matching.evidence import Evidence, State, line_by_line
from assistant.matching.gaps import question
from assistant.matching.judge import coverage
from assistant.matching.periods import Month
from corpus.document import Quote


class Official(StrEnum):
    """What the feasibility file of France VAE asks of each competence (decree of 3 July 2025, annexes II and III)."""

    YES = "oui"
    PARTLY = "partiellement"
    NO = "non"


OFFICIAL = {
    State.PROVEN: Official.YES,
    State.PARTIAL: Official.PARTLY,
    State.CLAIMED: Official.NO,
    State.ABSENT: Official.NO,
}
"""The file wants the candidate's experience held against the referential: work done, not words named. A competence that
a CV only lists is therefore "non" until an interview tells where it was practised; it is shown as named, with the
question that would settle it, so that "non" is never mistaken for "cannot"."""


@dataclass(frozen=True, slots=True)
class Line:
    """A verbatim stretch of one line of the CV.

    Attributes:
        number: of the line, from 1.
        page: None where the CV has no pages.
        more: where the line only breaks the sentence, how it goes on: verbatim from each of the next lines.
    """

    number: int
    text: str
    page: int | None = None
    more: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """What stands on all its lines, to be shown on one."""
        return " ".join((self.text, *self.more))

    @property
    def last(self) -> int:
        return self.number + len(self.more)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        return line_by_line(self.number, (self.text, *self.more))


@dataclass(frozen=True, slots=True)
class Proof:
    """A line of the CV beside a quote of the referential."""

    line: Line
    citation: Citation


@dataclass(frozen=True, slots=True)
class Assessed:
    """One competence: what was proposed, and what the advisor made of it.

    Attributes:
        proposed, proofs: the match's state and evidence, strongest first; never changed.
        own: the advisor's state, None where the proposal stands.
        chosen: the advisor's lines, None where the proposed ones stand.
        answer: what the candidate said in the interview, as the advisor typed it. It is evidence of its own kind and
            never mixed with the CV's; by itself it changes no state.
    """

    number: str | None
    text: str
    transversal: bool
    citation: Citation
    proposed: State
    proofs: tuple[Proof, ...] = ()
    asked: str = ""
    own: State | None = None
    chosen: tuple[Proof, ...] | None = None
    comment: str = ""
    answer: str = ""

    @property
    def state(self) -> State:
        return self.proposed if self.own is None else self.own

    @property
    def official(self) -> Official:
        return OFFICIAL[self.state]

    @property
    def shown(self) -> tuple[Proof, ...]:
        """The lines that stand for the competence."""
        return self.proofs if self.chosen is None else self.chosen

    @property
    def question(self) -> str:
        """What is left to ask; nothing where the competence is proven or the candidate has answered."""
        if self.state is State.PROVEN or self.answer:
            return ""
        if self.own is None and self.chosen is None:
            return self.asked
        said = tuple(Evidence(p.line.number, p.line.text, p.citation, 1.0, p.line.more) for p in self.shown)
        return question(self.text, self.state, said)


@dataclass(frozen=True, slots=True)
class Assessment:
    """One block: its competences, and what the advisor writes of it as a whole.

    Attributes:
        text: the advisor's comment on the block, empty where there is none.
        aimed: False where the candidate does not ask for this block.
    """

    number: int
    title: str
    code: str | None
    competences: tuple[Assessed, ...]
    text: str = ""
    aimed: bool = True

    @property
    def coverage(self) -> float:
        """Share of the technical competences shown, as in a match, after the advisor's corrections."""
        return coverage(self.competences)


@dataclass(frozen=True, slots=True)
class Route:
    """A way to a certification: what the referential calls it, and whether it is open, as the source's facts say."""

    value: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Target:
    """A certification that is aimed at, in the version of its source that was read.

    Attributes:
        source, digest: the file's name and the SHA-256 of its bytes.
        prerequisites: what the referential asks for beforehand, verbatim.
        access: the ways to it that the referential names.
    """

    source: str
    digest: str
    code: str | None
    title: str
    blocks: tuple[Assessment, ...]
    level: int | None = None
    until: date | None = None
    expired: bool = False
    prerequisites: tuple[Citation, ...] = ()
    access: tuple[Route, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.code}, {self.title}" if self.code else self.title


@dataclass(frozen=True, slots=True)
class Job:
    """An experience that the CV tells.

    Attributes:
        line: where it starts, from 1.
        lines: all its lines, tasks included, in order.
        first, last: its period; `first` is None where the CV gives no date, `last` where it goes on.
        months: how long it lasted, None where the CV gives no date.
        used: False where the advisor leaves it out.
    """

    line: int
    lines: tuple[int, ...]
    title: str
    employer: str
    first: Month | None = None
    last: Month | None = None
    months: int | None = None
    page: int | None = None
    used: bool = True


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that is handed in, saved and reopened.

    Attributes:
        candidate: how the advisor refers to the person; may be empty.
        cv, cv_digest: the CV's name and the SHA-256 of its bytes.
        hidden: how many characters of the CV were left out because nobody who looks at it can see them.
    """

    candidate: str
    day: date
    cv: str
    cv_digest: str
    jobs: tuple[Job, ...]
    targets: tuple[Target, ...]
    hidden: int = 0

    def __getitem__(self, at: Place) -> Assessed:
        return self.targets[at.target].blocks[at.block].competences[at.competence]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a competence is in a dossier: positions from 0."""

    target: int
    block: int
    competence: int


def places(dossier: Dossier) -> tuple[Place, ...]:
    """All competences, in order."""
    return tuple(
        Place(t, b, c)
        for t, target in enumerate(dossier.targets)
        for b, block in enumerate(target.blocks)
        for c in range(len(block.competences))
    )
