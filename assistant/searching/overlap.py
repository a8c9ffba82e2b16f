"""How much of a query stands in each of many short names, and how much of each name in the query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Rows = NDArray[np.int32]
NONE = np.zeros(0, dtype=np.int32)


class Overlap:
    """Names as sets of stems, each stem as heavy as it is rare: ln(names / names with it) + 1."""

    def __init__(self, names: Iterable[Iterable[str]]) -> None:
        rows: dict[str, list[int]] = {}
        count = 0
        for count, terms in enumerate(names, 1):
            for term in dict.fromkeys(terms):
                rows.setdefault(term, []).append(count - 1)
        self._rows = {term: np.array(found, dtype=np.int32) for term, found in rows.items()}
        self._heaviest = float(np.log(max(count, 1))) + 1
        self._totals = np.zeros(count, dtype=np.float32)
        for term, found in self._rows.items():
            self._totals[found] += self.weight(term)

    def __len__(self) -> int:
        return len(self._totals)

    def __contains__(self, term: str) -> bool:
        return term in self._rows

    def rows(self, term: str) -> Rows:
        """The names that hold a stem."""
        return self._rows.get(term, NONE)

    def weight(self, term: str) -> float:
        """How heavy a stem is; one that no name holds is as heavy as the rarest."""
        found = self._rows.get(term)
        return self._heaviest if found is None else self._heaviest - float(np.log(len(found)))

    def scores(self, weights: Mapping[str, float], total: float, query: float, name: float) -> Scores:
        """Tversky's index of the query and each name (Psychological Review 84, 1977), in [0, 1], shape (len(self),).

        Args:
            weights: what each stem of the query counts, in (0, 1], with those of its translations and corrections.
            total: how heavy the query is by its own words.
            query, name: what of the query that is not in the name costs, and the other way round.
        """
        common = np.zeros(len(self), dtype=np.float32)
        for term, value in weights.items():
            common[self.rows(term)] += np.float32(value * self.weight(term))
        held = np.minimum(common, min(total, float("inf")))
        missing = query * (total - held) + name * np.maximum(self._totals - common, 0)
        return np.where(common > 0, held / np.maximum(held + missing, 1e-6), 0).astype(np.float32)
