"""A CV's statements made ready for comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.matching.clues import Clues
from assistant.matching.fields import Fields
from assistant.matching.ground import encode
from assistant.matching.statements import Kind, Statement
from index.contract import Encoder, Matrix
from index.words import fold, terms

COPIED = 30  # letters of a line of the referential from which it is no accident that a CV has them too


@dataclass(frozen=True, slots=True)
class Voiced:
    """n statements with all that comparing needs.

    Attributes:
        vectors: unit rows, shape (n, dim).
        clues: weights in [0, 1], shape (n, clues).
        stems: each statement's stems.
        odds: log-odds of each field of work after each statement, shape (n, fields).
    """

    statements: tuple[Statement, ...]
    vectors: Matrix
    clues: Matrix
    stems: tuple[frozenset[str], ...]
    odds: Matrix


def own_words(cv: Voiced, lines: Sequence[str]) -> Voiced:
    """The same, where a statement that repeats a line of the referential word for word is a claim, no activity."""
    copied = [c for line in lines if len(c := _letters(line)) >= COPIED]
    said = [_letters(s.read) for s in cv.statements]
    return replace(
        cv,
        statements=tuple(
            replace(s, kind=Kind.COPIED) if _repeats(letters, copied) else s
            for s, letters in zip(cv.statements, said, strict=True)
        ),
    )


def _repeats(said: str, lines: Sequence[str]) -> bool:
    return any(line in said or (len(said) >= COPIED and said in line) for line in lines)


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())


def voice(found: Sequence[Statement], encoder: Encoder, clues: Clues, fields: Fields) -> Voiced:
    texts = [s.read for s in found]
    hinted = [clues.find(t) for t in texts]
    weights = np.zeros((len(texts), len(clues.all)), np.float32)
    odds = np.zeros((len(texts), len(fields.names)), np.float32)
    for i, (text, hints) in enumerate(zip(texts, hinted, strict=True)):
        for clue, weight in clues.widened(hints).items():
            weights[i, clue] = weight
        odds[i] = fields.odds(text, clues.homes(hints))
    stems = tuple(frozenset(terms(t)) for t in texts)
    return Voiced(tuple(found), encode(encoder, texts), weights, stems, odds)
