"""From likeness to states: what the lines of a CV prove, show in part, claim, or leave out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Citation
from assistant.matching.evidence import CompetenceMatch, Evidence, State
from assistant.matching.gaps import question
from assistant.matching.ground import Ground, Line
from assistant.matching.statements import Kind, Statement
from corpus.document import Quote, squeeze
from corpus.referential import Block, Part, Referential
from index.contract import Matrix
from index.words import terms

STRONG = 0.72  # likeness from which a line does what the competence says
FAIR = 0.5  # from which it does a part of it
FAINT = 0.47  # from which a list, a title or a diploma names it
SHOWN = 3  # lines quoted for a competence at most
LEAST = 8  # characters of a quote worth showing
DOES = frozenset({Kind.ACTIVITY})
PARTLY = frozenset({Kind.ACTIVITY, Kind.NAMED})
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything that the judge looks at.

    Attributes:
        likeness: of each statement to each line, in [0, 1], already lowered for jobs of another trade.
        favoured: places of a statement, a block and a competence, from 0: shown first among what is as good, no more.
    """

    statements: tuple[Statement, ...]
    ground: Ground
    likeness: Matrix
    favoured: frozenset[tuple[int, int, int]] = frozenset()


def competences(bench: Bench, place: int, owners: NDArray[np.int64]) -> tuple[CompetenceMatch, ...]:
    """The state of each competence of a block, with its evidence.

    Args:
        place: of the block in the referential, from 0.
        owners: for each line of the ground the place of the competence that it speaks for, -1 for none.
    """
    block = bench.ground.referential.blocks[place]
    here = np.array([line.block == place for line in bench.ground.lines])
    return tuple(
        _competence(bench, place, number, np.flatnonzero(here & (owners == number)))
        for number in range(len(block.competences))
    )


def _competence(bench: Bench, place: int, number: int, rows: NDArray[np.int64]) -> CompetenceMatch:
    block = bench.ground.referential.blocks[place]
    competence = block.competences[number]
    found = _pairs(bench, rows, {s for s, b, c in bench.favoured if (b, c) == (place, number)})
    own = [bench.ground.lines[row].competence is not None for _, row, _ in found]
    state = _state([(bench.statements[s], likeness) for s, _, likeness in found], own)
    evidence = tuple(_evidence(bench, block, *pair) for pair in found[:SHOWN]) if state is not State.ABSENT else ()
    text = competence.text
    return CompetenceMatch(competence.number, text, competence.transversal, state,
                           citation(bench.ground.referential, block, competence, ""), evidence,
                           question(text, state, evidence))  # fmt: skip


def _pairs(bench: Bench, rows: NDArray[np.int64], favoured: Collection[int]) -> list[tuple[int, int, float]]:
    """Statements that speak of these lines, each with its best line and their likeness, best first."""
    if not len(rows) or not bench.statements:
        return []
    part = bench.likeness[:, rows]
    best = part.argmax(axis=1)
    pairs = [(s, int(rows[r]), float(part[s, r])) for s, r in enumerate(best)]
    shown = [p for p in pairs if p[2] >= (FAIR if bench.statements[p[0]].kind in PARTLY else FAINT)]
    doing = [bench.statements[p[0]].kind in DOES for p in shown]


    def rank(i: int) -> tuple[bool, bool, float, int]:
        statement, _, likeness = shown[i]
        return not (likeness >= FAIR and doing[i]), statement not in favoured, -likeness, statement

    return [shown[i] for i in sorted(range(len(shown)), key=rank)]


def _state(found: Sequence[tuple[Statement, float]], own: Sequence[bool]) -> State:
    """A list, a title or a diploma claims; a job's line shows in part; an activity with context or result proves.

    Args:
        own: for each pair whether the line is the competence's, not one of the block as a whole, which proves nothing.
    """
    strong = [s for (s, likeness), its in zip(found, own, strict=True) if its and s.kind in DOES and likeness >= STRONG]
    shown = [s for s, likeness in found if s.kind in PARTLY and likeness >= FAIR]
    if any(s.context for s in strong) or len({s.line for s in strong}) > 1:
        return State.PROVEN
    if shown:
        return State.PARTIAL
    return State.CLAIMED if found else State.ABSENT


def _evidence(bench: Bench, block: Block, statement: int, row: int, likeness: float) -> Evidence:
    said, line = bench.statements[statement], bench.ground.lines[row]
    return Evidence(said.line, said.text, citation(bench.ground.referential, block, line.part, said.read), likeness,
                    said.more)  # fmt: skip


def citation(referential: Referential, block: Block, part: Part, said: str) -> Citation:
    """A part's quote; where the page tears it apart, the piece that says most of what the statement says."""
    return Citation(referential.source, referential.code, referential.title, block.number or None, _quote(part, said))


def _quote(part: Part, said: str) -> Quote:
    if len(part.quotes) == 1:
        return part.quotes[0]
    wanted = set(terms(said))
    fit = [q for q in part.quotes if len(squeeze(q.text)) >= LEAST] or list(part.quotes)
    return max(fit, key=lambda q: (len(wanted & set(terms(q.text))), len(q.text)))


def owners(ground: Ground) -> NDArray[np.int64]:
    """For each line the competence that it speaks for, by its place in the block; a block's own lines go to the
    competence that they are nearest to; -1 for titles, and where the block has no competence."""
    speaks = np.array([-1 if x.competence is None else x.competence for x in ground.lines], np.int64)
    for row, line in enumerate(ground.lines):
        if line.competence is None and line.role != "title":
            speaks[row] = _nearest(ground, line, row)
    return speaks


def _nearest(ground: Ground, line: Line, row: int) -> int:
    rows = [i for i, x in enumerate(ground.lines) if x.block == line.block and x.competence is not None]
    if not rows:
        return -1
    shared = ground.clues[rows] @ ground.clues[row]
    likeness = ground.vectors[rows] @ ground.vectors[row] + HALF * np.minimum(1, shared)
    return int(ground.lines[rows[int(likeness.argmax())]].competence or 0)


def block_state(found: Sequence[CompetenceMatch]) -> State:
    """A block's state follows from its competences: proven where half of the technical ones are shown, one proven."""
    states = [c.state for c in found]
    if State.PROVEN in states and coverage(found) >= HALF:
        return State.PROVEN
    if State.PROVEN in states or State.PARTIAL in states:
        return State.PARTIAL
    return State.CLAIMED if State.CLAIMED in states else State.ABSENT


def coverage(found: Sequence[CompetenceMatch]) -> float:
    """Share of the technical competences shown, partial ones counted half; of all where none is technical."""
    counted = [c for c in found if not c.transversal] or list(found)
    worth = {State.PROVEN: 1.0, State.PARTIAL: HALF}
    return sum(worth.get(c.state, 0.0) for c in counted) / len(counted) if counted else 0.0
