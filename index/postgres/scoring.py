"""What ranking asks of a catalogue's members, worked out for the candidates of one query."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.contract import Matrix
from index.postgres.packing import number

Floats = NDArray[np.float32]


class Scored:
    """As a lexical index."""

    def __init__(self, scores: Floats) -> None:
        self._scores = scores

    def scores(self, _: object) -> Floats:
        return self._scores


class Measured:
    """As a dense index."""

    def __init__(self, cosines: Floats) -> None:
        self._cosines = cosines

    def cosines(self, _: Matrix, rows: NDArray[np.int64]) -> Floats:
        return self._cosines[rows]


class Called:
    """As a lexical index of few short rows: which of them hold a term, and how long they are.

    Args:
        rows: the terms of each as `packing.numbers` writes them.
    """

    def __init__(self, rows: Sequence[bytes]) -> None:
        self.lengths = np.array([len(row) // 4 for row in rows], dtype=np.int32)
        self._terms = np.frombuffer(b"".join(rows), dtype="<i4")
        self._rows = np.repeat(np.arange(len(rows)), self.lengths)

    def __len__(self) -> int:
        return len(self.lengths)

    def rows(self, term: str) -> NDArray[np.int64]:
        return self._rows[self._terms == number(term)]
