"""A CV against referentials: for each block its competences, each with its state and the lines on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.matching.clues import Clues, shipped_clues
from assistant.matching.copying import told_apart
from assistant.matching.evidence import BlockMatch, Pair, State
from assistant.matching.experiences import resume
from assistant.matching.fields import Fields, shipped
from assistant.matching.fitting import fits
from assistant.matching.ground import Ground, encode, prepare
from assistant.matching.judge import Bench, block_state, competences, coverage, owners
from assistant.matching.proposing import worth
from assistant.matching.similarity import similarity
from assistant.matching.statements import Kind, statements
from assistant.matching.trade import nearness
from assistant.matching.voice import Voiced, own_words, voice
from corpus.document import Document
from corpus.referential import Referential
from index.contract import Encoder, Matrix

SAYS = {Kind.TITLE: 1.2, Kind.ACTIVITY: 1.0, Kind.NAMED: 0.8, Kind.SKILL: 0.5, Kind.EDUCATION: 0.3}
MUTE = frozenset({Kind.LEISURE, Kind.EMPLOYER})  # of these nothing is evidence
USUAL = 0.6  # share of a statement's mean likeness to all blocks that tells none of them
PLAIN = 0.5  # what a likeness is worth in a block where its clues are hardly at home
KEPT = 400  # referentials whose grounds are kept: some 40 MB


class Matcher:
    """Holds CVs against referentials; keeps what it has made ready of each referential for the next CV.

    Making one costs nothing: clues and fields are read when the first CV comes. Nothing of a CV is kept.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._grounds: dict[tuple[str, str | None], tuple[Ground, NDArray[np.int64]]] = {}

    @cached_property
    def _clues(self) -> Clues:
        return shipped_clues()

    @cached_property
    def _fields(self) -> Fields:
        return shipped()

    @cached_property
    def _glosses(self) -> Matrix:
        return encode(self.encoder, [c.gloss for c in self._clues.all])

    def match(
        self, cv: Document, referentials: Sequence[Referential], pairs: Sequence[Pair] = ()
    ) -> tuple[BlockMatch, ...]:
        """All blocks, absent ones too, by source: the best source first, the best block first within each.

        Args:
            pairs: what somebody takes to belong together. Those that the rules find too are shown first among lines
                that show as much; a pair adds nothing and changes no state.
        """
        chosen = [r for r in referentials if r.blocks]
        said = told_apart(statements(resume(cv)), [self._ground(r)[0].runs for r in chosen])
        voiced = voice(said, self.encoder, self._clues, self._fields)
        by_source = [self._blocks(voiced, r, pairs) for r in chosen]
        by_source.sort(key=_rank_of_source)
        return tuple(block for blocks in by_source for block in blocks)

    def voiced(self, cv: Document) -> Voiced:
        """The CV's statements as they are compared."""
        return voice(statements(resume(cv)), self.encoder, self._clues, self._fields)

    def _blocks(self, cv: Voiced, referential: Referential, pairs: Sequence[Pair]) -> list[BlockMatch]:
        ground, speaks = self._ground(referential)
        cv = own_words(cv, [line.text for line in ground.lines])
        near = nearness(cv, ground.homes, self._fields, self._clues)
        kept = np.array([s.kind not in MUTE for s in cv.statements], np.float32)
        likeness = similarity(cv, ground, self._fields) * (near * kept)[:, None]
        if not fits(cv, likeness, near, ground, speaks):
            likeness = np.zeros_like(likeness)
        scores = block_scores(cv, ground, likeness)
        bench = Bench(cv.statements, ground, likeness, _favoured(referential, pairs))
        found = [self._block(bench, speaks, i, score) for i, score in enumerate(scores)]
        return sorted(found, key=_rank)

    @staticmethod
    def _block(bench: Bench, speaks: NDArray[np.int64], place: int, score: float) -> BlockMatch:
        referential = bench.ground.referential
        block = referential.blocks[place]
        found = competences(bench, place, speaks)
        return BlockMatch(referential.source, referential.code, referential.title, block.number, block.title,
                          block_state(found), score, coverage(found), found)  # fmt: skip

    def _ground(self, referential: Referential) -> tuple[Ground, NDArray[np.int64]]:
        place = (referential.source, referential.code)  # hashing a referential walks all of it
        held = self._grounds.get(place)
        if held is None or held[0].referential != referential:
            if len(self._grounds) >= KEPT:
                self._grounds.pop(next(iter(self._grounds)))
            ground = prepare(referential, self.encoder, self._clues, self._fields, self._glosses)
            held = self._grounds[place] = ground, owners(ground)
        return held


def match(cv: Document, referentials: Sequence[Referential], encoder: Encoder) -> tuple[BlockMatch, ...]:
    """The same for a single CV."""
    return Matcher(encoder).match(cv, referentials)


def block_scores(cv: Voiced, ground: Ground, likeness: Matrix) -> list[float]:
    """How much of the CV speaks for each block, in [0, 1].

    Each statement gives what it says of a block beyond what it says of all blocks of the certification: a block of
    many lines, or of few, has no advantage by their number.
    """
    number = len(ground.referential.blocks)
    if not cv.statements:
        return [0.0] * number
    best = np.stack([likeness[:, ground.rows(b)].max(axis=1, initial=0) for b in range(number)], axis=1)
    best *= PLAIN + (1 - PLAIN) * leaning(cv, ground)
    told = np.maximum(best - USUAL * best.mean(axis=1, keepdims=True), 0) ** 2
    says = np.array([SAYS.get(s.kind, 0.0) for s in cv.statements], np.float32)
    total = says @ told
    return [float(x) for x in total / (1 + total)]


def leaning(cv: Voiced, ground: Ground) -> Matrix:
    """To which blocks the clues of each statement belong most, whatever single line is likest: in [0, 1], best 1.

    Clues are added up, not averaged: the same block described by fewer lines never comes out ahead.
    """
    rows = [ground.rows(b) for b in range(len(ground.referential.blocks))]
    mass = np.stack([ground.clues[r].sum(axis=0) for r in rows], axis=1)
    shares = mass / np.maximum(mass.sum(axis=1, keepdims=True), 1e-6)
    leant = cv.clues @ shares
    return leant / np.maximum(leant.max(axis=1, keepdims=True), 1e-6)


def _favoured(referential: Referential, pairs: Sequence[Pair]) -> frozenset[tuple[int, int, int]]:
    numbers = {block.number: place for place, block in enumerate(referential.blocks)}
    own = [p for p in pairs if (p.place.source, p.place.certification) == (referential.source, referential.code)]
    return frozenset(
        (p.statement, numbers[p.place.block], p.place.competence) for p in own if p.place.block in numbers
    )


def _rank_of_source(blocks: Sequence[BlockMatch]) -> tuple[bool, float]:
    """The source of which a block is spoken for and shown comes first; scores alone favour sources of few lines."""
    return blocks[0].state is State.ABSENT, -worth(blocks)


def _rank(block: BlockMatch) -> tuple[bool, float, int]:
    return block.state is State.ABSENT, -block.score, block.block
