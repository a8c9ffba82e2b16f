"""What an advisor changes: each change returns a new dossier, and a history takes them back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.dossier.dossier import Assessed, Assessment, Dossier, Line, Place, Proof
from assistant.matching.evidence import State
from corpus.document import Document, Quote
from corpus.errors import UsageError

LONGEST = 5_000  # characters of a comment or an answer
KEPT = 200  # steps that can be taken back
BULLET = re.compile(r"^[-–—•▪◦*·]\s+")


def with_candidate(dossier: Dossier, candidate: str) -> Dossier:
    return replace(dossier, candidate=_bounded(candidate))


def with_state(dossier: Dossier, at: Place, state: State | None) -> Dossier:
    """The advisor's state of a competence; None returns to the proposal."""
    return _changed(dossier, at, lambda c: replace(c, own=None if state is c.proposed else state))


def with_comment(dossier: Dossier, at: Place, comment: str) -> Dossier:
    return _changed(dossier, at, lambda c: replace(c, comment=_bounded(comment)))


def with_answer(dossier: Dossier, at: Place, answer: str) -> Dossier:
    """What the candidate said of a competence in the interview."""
    return _changed(dossier, at, lambda c: replace(c, answer=_bounded(answer)))


def with_lines(dossier: Dossier, at: Place, lines: tuple[Line, ...] | None) -> Dossier:
    """Other lines of the CV for a competence, beside its wording in the referential; None returns to the proposal."""

    def change(competence: Assessed) -> Assessed:
        if lines is None or lines == tuple(p.line for p in competence.proofs):
            return replace(competence, chosen=None)
        known = {p.line: p for p in competence.proofs}
        return replace(competence, chosen=tuple(known.get(x) or Proof(x, competence.citation) for x in lines))

    return _changed(dossier, at, change)


def with_text(dossier: Dossier, target: int, block: int, text: str) -> Dossier:
    """The advisor's comment on a block."""
    return _block_changed(dossier, target, block, lambda b: replace(b, text=_bounded(text)))


def with_aim(dossier: Dossier, target: int, block: int, aimed: bool) -> Dossier:
    """Whether the candidate asks for a block."""
    return _block_changed(dossier, target, block, lambda b: replace(b, aimed=aimed))


def with_job(dossier: Dossier, job: int, used: bool) -> Dossier:
    """Whether an experience is part of the dossier."""
    jobs = dossier.jobs
    return replace(dossier, jobs=(*jobs[:job], replace(jobs[job], used=used), *jobs[job + 1 :]))


def line_of(cv: Document, number: int) -> Line:
    """A line of the CV as evidence, without its bullet; UsageError where there is none or it is blank."""
    text = BULLET.sub("", " ".join(cv.lines[number - 1].split())) if 1 <= number <= len(cv.lines) else ""
    if not text or not cv.holds(Quote(text, number, number)):
        raise UsageError(
            f"line {number} of a CV of {len(cv.lines)} lines, expected one with text",
            f"Le CV n’a pas de texte à la ligne {number} : choisissez une ligne de 1 à {len(cv.lines)}.",
            f"The CV has no text on line {number}: choose a line from 1 to {len(cv.lines)}.",
        )
    return Line(number, text, cv.page_of(number))


def _changed(dossier: Dossier, at: Place, change: Callable[[Assessed], Assessed]) -> Dossier:
    def on_block(block: Assessment) -> Assessment:
        found = block.competences
        changed = (*found[: at.competence], change(found[at.competence]), *found[at.competence + 1 :])
        return replace(block, competences=changed)

    return _block_changed(dossier, at.target, at.block, on_block)


def _block_changed(dossier: Dossier, target: int, block: int, change: Callable[[Assessment], Assessment]) -> Dossier:
    targets, blocks = dossier.targets, dossier.targets[target].blocks
    changed = replace(targets[target], blocks=(*blocks[:block], change(blocks[block]), *blocks[block + 1 :]))
    return replace(dossier, targets=(*targets[:target], changed, *targets[target + 1 :]))


def _bounded(text: str) -> str:
    text = text.strip()
    if len(text) > LONGEST:
        raise UsageError(
            f"text of {len(text)} characters, expected at most {LONGEST}",
            f"Ce texte est trop long : {LONGEST} caractères au plus.",
            f"This text is too long: {LONGEST} characters at most.",
        )
    return text


@dataclass(frozen=True, slots=True)
class History:
    """A dossier with the ones before it, and those that were taken back, nearest last in both.

    Attributes:
        kept: as it is on its owner's disk, or can be made again; None where it is nowhere.
    """

    now: Dossier
    before: tuple[Dossier, ...] = ()
    undone: tuple[Dossier, ...] = ()
    kept: Dossier | None = None

    @property
    def unsaved(self) -> bool:
        """True where something would be lost with it."""
        return self.now != self.kept

    def then(self, dossier: Dossier) -> History:
        """The history with a new step; what was taken back is forgotten. The same dossier is no step."""
        return self if dossier == self.now else History(dossier, (*self.before, self.now)[-KEPT:], (), self.kept)

    def undo(self) -> History:
        """One step back; the same history where there is none."""
        if not self.before:
            return self
        return History(self.before[-1], self.before[:-1], (*self.undone, self.now), self.kept)

    def redo(self) -> History:
        """One step forward again; the same history where there is none."""
        if not self.undone:
            return self
        return History(self.undone[-1], (*self.before, self.now), self.undone[:-1], self.kept)

    def saved(self) -> History:
        """The same, with nothing to lose."""
        return replace(self, kept=self.now)
