"""Candidates by words: every place that holds any word of a query, scored by the lists of these words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.fusion import foremost
from index.postgres.allowed import Allowed
from index.postgres.lists import ENTRY
from index.postgres.packing import number
from index.postgres.vocabulary import ABOVE, OWN, PLACES, Vocabulary

Floats = NDArray[np.float32]
PARTED = 0.1  # what BM25 over all its words counts, beside the words that a place holds at all


@dataclass(frozen=True, slots=True)
class Worded:
    """What the words of a query find in each place; position n is the place of key n.

    Attributes:
        telling: the rarities of the words that stand in it or above it, added up.
        scores: BM25 of the words that stand in it.
    """

    telling: Floats
    scores: Floats

    @classmethod
    def of(cls, lists: Iterable[tuple[int, int, bytes]], known: Vocabulary, weights: Mapping[str, float]) -> Worded:
        """Read what `lists.asked` found for some stems and the weight of each."""
        terms = {number(term): term for term in weights}
        held = [(terms[term], np.frombuffer(data, dtype=ENTRY)) for term, _, data in lists]
        size = max((int(entries["place"].max()) + 1 for _, entries in held), default=0)
        telling, scores = np.zeros(size, dtype=np.float32), np.zeros(size, dtype=np.float32)
        for term, entries in held:
            places, often = entries["place"], entries["often"]
            rarities = known.rarity(term, OWN) * (often > 0) + known.rarity(term, ABOVE) * (entries["above"] > 0)
            share = known.share(PLACES, often, entries["length"])
            telling[places] += weights[term] * rarities  # no place twice in a list
            scores[places] += weights[term] * known.rarity(term, PLACES) * share
        return cls(telling, scores)

    def best(self, most: int, allowed: Allowed | None) -> list[int]:
        """The places that hold the most telling words, among those let through."""
        evidence = self.telling + PARTED * self.scores
        if allowed is not None:
            evidence *= allowed.mask(len(evidence))
        return foremost(evidence, most).tolist()

    def scores_of(self, places: NDArray[np.int64]) -> Floats:
        inside = places < len(self.scores)
        return np.where(inside, self.scores[np.where(inside, places, 0)] if len(self.scores) else 0, 0)
