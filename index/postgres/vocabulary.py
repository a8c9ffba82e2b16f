"""The words of one generation, held in the memory of each process: which there are, and how rare each is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.lexical import K1, B
from index.postgres.database import Connection, meta_of
from index.postgres.holdings import generation_of
from index.postgres.schema import NAMES
from index.spelling import Speller
from index.store import Generation

OWN, ABOVE, PLACES = range(3)  # the three counts of `terms`
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """In how many passages, above how many, and in how many places each stem stands.

    Attributes:
        totals: passages, places, and the words of passages, above them, and of places.
        speller: knows the folded words.
    """

    generation: Generation
    terms: Mapping[str, tuple[int, int, int]]
    totals: Mapping[str, int]
    speller: Speller

    def knows(self, term: str) -> bool:
        found = self.terms.get(term)
        return found is not None and found[OWN] + found[ABOVE] > 0

    def rarity(self, term: str, kind: int) -> float:
        """BM25's weight of a term among passages, above them, or among places."""
        held = self.terms.get(term, (0, 0, 0))[kind]
        among = self.totals["places" if kind == PLACES else "rows"]
        return math.log(1 + (among - held + 0.5) / (held + 0.5)) if held else 0.0

    def share(self, kind: int, often: NDArray[np.integer], lengths: NDArray[np.integer]) -> Floats:
        """What BM25 multiplies the rarity of a term by that stands so often in a row of so many words, in [0, 1)."""
        damping = K1 * (1 - B + B * lengths / max(self._mean_length(kind), 1e-9))
        return often / (damping + often)

    def _mean_length(self, kind: int) -> float:
        words, among = (("own", "rows"), ("above", "rows"), ("words", "places"))[kind]
        return self.totals[words] / max(1, self.totals[among])


def vocabulary(connection: Connection) -> Vocabulary:
    """That of the generation that a connection sees: some hundred thousand words for the whole répertoire."""
    rows = connection.execute("SELECT term, own, above, places FROM terms", binary=True)
    terms = {term: tuple(counts) for term, *counts in rows}
    words = [word for (word,) in connection.execute("SELECT word FROM surfaces", binary=True)]
    meta = meta_of(connection)
    return Vocabulary(generation_of(connection), terms, {name: int(meta[name]) for name in NAMES}, Speller(words))
