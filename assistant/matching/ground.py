"""A referential made ready for comparison: its lines, their vectors, their clues, the fields of work it speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from assistant.matching.clues import Clues
from assistant.matching.copying import Runs, runs
from assistant.matching.fields import Fields
from corpus.referential import Block, Part, Referential
from index.contract import Encoder, Matrix
from index.words import terms

ASIDE = 0.6  # what a clue is worth that stands behind the first clause: means and purposes, not the activity itself
CLAUSE = re.compile(
    r"[,(]|\bafin\b|\ben [a-zéè]+ant\b|\bpar le biais\b|\bselon\b|\bà l.aide\b|"
    r"\bbasée?s? sur\b|\btel(?:le)?s? que\b|\bin order to\b|\bsuch as\b",
    re.IGNORECASE,
)
HOME = 0.12  # share of what is heard and named from which a field is fully one of the certification's
PAIR = re.compile(r"(?=\b([a-zà-ÿœ]{4,} (?:d[eu] |des |de la |d['’]|de l['’])?[a-zà-ÿœ]{5,})\b)")
FEW = 3  # blocks from which a refrain can be told
OVERALL, OFTEN = 0.75, 0.2  # share of the blocks, and of the lines, in which a refrain stands
HEAD = 25  # characters: a first clause is at least that long


class Role(StrEnum):
    COMPETENCE = "competence"
    DETAIL = "detail"
    CRITERION = "criterion"
    ACTIVITY = "activity"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Line:
    """A text of the referential that a statement can be held against.

    Attributes:
        block: place of its block in the referential, from 0.
        competence: place of its competence in the block, from 0; None for what belongs to the block as a whole.
    """

    block: int
    competence: int | None
    role: Role
    part: Part

    @property
    def text(self) -> str:
        return self.part.text


@dataclass(frozen=True, slots=True)
class Ground:
    """A referential's lines with all that comparing needs; made once, used for every CV.

    Attributes:
        lines: n lines, block by block.
        vectors: unit rows, shape (n, dim).
        clues: weights in [0, 1], shape (n, clues).
        likeness: similarity of each clue's gloss to each line, cosines, shape (clues, n).
        subject: the clues of its title and of its refrains, what it is all about, in [0, 1], shape (clues,).
        stems: each line's stems.
        homes: how far each field of work is one of the certification's, in [0, 1], shape (fields,).
        runs: the runs of words of its lines, by which a copy is told.
    """

    referential: Referential
    lines: tuple[Line, ...]
    vectors: Matrix
    clues: Matrix
    likeness: Matrix
    subject: NDArray[np.float32]
    stems: tuple[frozenset[str], ...]
    homes: NDArray[np.float32]
    runs: Runs

    def rows(self, block: int, competence: int | None = None) -> NDArray[np.int64]:
        """The lines of a block, or of one of its competences."""
        chosen = [i for i, x in enumerate(self.lines) if x.block == block and competence in (None, x.competence)]
        return np.array(chosen, np.int64)


def prepare(referential: Referential, encoder: Encoder, clues: Clues, fields: Fields, glosses: Matrix) -> Ground:
    """The ground of a referential.

    Args:
        glosses: unit vectors of the clues' glosses, shape (clues, dim).
    """
    lines = tuple(_lines(referential))
    texts = [x.text for x in lines]
    vectors = encode(encoder, texts)
    hints = [clues.find(t) for t in texts]
    found = np.zeros((len(lines), len(clues.all)), np.float32)
    refrains = refrains_of(lines)
    for i, text in enumerate(texts):
        for clue, weight in _weighed(clues, text, hints[i], refrains).items():
            found[i, clue] = weight
    homes = _homes(fields, clues, referential, texts, hints)
    subject = _subject(clues, referential, hints)
    stems = tuple(frozenset(terms(t)) for t in texts)
    return Ground(referential, lines, vectors, found, glosses @ vectors.T, subject, stems, homes, runs(texts))


def encode(encoder: Encoder, texts: Sequence[str]) -> Matrix:
    """Unit rows, shape (len(texts), dim); each distinct text is encoded once."""
    distinct = list(dict.fromkeys(texts))
    if not distinct:
        return np.zeros((0, encoder.dim), np.float32)
    place = {t: i for i, t in enumerate(distinct)}
    return encoder.encode_passages(distinct)[[place[t] for t in texts]]


def _lines(referential: Referential) -> Iterator[Line]:
    for number, block in enumerate(referential.blocks):
        yield Line(number, None, Role.TITLE, block.heading)
        yield from (Line(number, None, Role.ACTIVITY, a) for a in block.activities if a.quotes)
        yield from (Line(number, None, Role.CRITERION, c) for c in block.criteria if c.quotes)
        yield from _of_competences(number, block)


def _of_competences(number: int, block: Block) -> Iterator[Line]:
    for place, competence in enumerate(block.competences):
        yield Line(number, place, Role.COMPETENCE, competence)
        yield from (Line(number, place, Role.DETAIL, d) for d in competence.details if d.quotes)
        yield from (Line(number, place, Role.CRITERION, c) for c in competence.criteria if c.quotes)


def _weighed(
    clues: Clues, text: str, hints: Mapping[int, float], refrains: re.Pattern[str] | None
) -> dict[int, float]:
    """A line's clues without the certification's refrains: those of its first clause in full, the others less.

    Args:
        hints: the clues of the line with its refrains.
    """
    bare = refrains.sub(" … ", text) if refrains else text
    hints = hints if bare == text else clues.find(bare)
    cut = next((m.start() for m in CLAUSE.finditer(bare) if m.start() >= HEAD), len(bare))
    first = hints if cut == len(bare) else clues.find(bare[:cut])
    return clues.activities({clue: weight * ASIDE for clue, weight in hints.items()} | dict(first))


def refrains_of(lines: Sequence[Line]) -> re.Pattern[str] | None:
    """Pairs of words that a certification repeats from block to block, "développement logiciel": they name its subject
    and tell none of its blocks. None where it has none."""
    blocks = {line.block for line in lines}
    places: dict[str, set[int]] = {}
    times: Counter[str] = Counter()
    for line in lines:
        for pair in set(PAIR.findall(line.text.lower())):
            places.setdefault(pair, set()).add(line.block)
            times[pair] += 1
    repeated = [
        pair
        for pair, where in places.items()
        if len(blocks) >= FEW and len(where) >= OVERALL * len(blocks) and times[pair] >= OFTEN * len(lines)
    ]
    return re.compile("|".join(map(re.escape, sorted(repeated))), re.IGNORECASE) if repeated else None


def _subject(clues: Clues, referential: Referential, hints: Sequence[Mapping[int, float]]) -> NDArray[np.float32]:
    subject = np.zeros(len(clues.all), np.float32)
    for found in hints:
        for clue, weight in clues.widened(found).items():
            subject[clue] += weight
    subject = (subject >= OFTEN * len(hints)).astype(np.float32)
    for clue, weight in clues.activities(clues.find(referential.title)).items():
        subject[clue] = max(subject[clue], weight)
    return subject


def _homes(
    fields: Fields, clues: Clues, referential: Referential, texts: Sequence[str], hints: Sequence[Mapping[int, float]]
) -> NDArray[np.float32]:
    """What its words say, and, where it names job codes, what they say: a certification may lead to several trades."""
    heard = fields.shares([fields.odds(t, clues.homes(h)) for t, h in zip(texts, hints, strict=True)])
    named = fields.declared(c.code for c in referential.rome)
    said = heard if named is None else (heard + named) / 2
    return np.minimum(1, said / HOME).astype(np.float32)
