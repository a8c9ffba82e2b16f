"""A CV's statements made ready for comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.matching.clues import Clues
from assistant.matching.fields import Fields
from assistant.matching.ground import encode
from assistant.matching.statements import Statement
from index.contract import Encoder, Matrix
from index.words import terms


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
