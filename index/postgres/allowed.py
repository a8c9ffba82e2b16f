"""What filters let through: how many passages, and the places that they stand in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.contract import Filters
from index.postgres.database import Connection
from index.postgres.filtering import condition
from index.postgres.lists import PART

LET_THROUGH = "SELECT id, first_place, last_place, passages FROM referentials r WHERE {condition} AND passages > 0"


@dataclass(frozen=True, slots=True)
class Allowed:
    """The places of the referentials that filters let through; those of a referential follow each other.

    Attributes:
        passages: how many there are.
        referentials: their keys.
        firsts, lasts: for each referential its first place and its last one.
    """

    passages: int
    referentials: NDArray[np.int64]
    firsts: NDArray[np.int64]
    lasts: NDArray[np.int64]

    @classmethod
    def of(cls, connection: Connection, filters: Filters) -> Allowed:
        where, values = condition(filters)
        rows = connection.execute(LET_THROUGH.format(condition=where), values, binary=True).fetchall()
        referentials, firsts, lasts, passages = np.array(rows, dtype=np.int64).reshape(-1, 4).T
        return cls(int(passages.sum()), referentials, firsts, lasts)

    @property
    def places(self) -> NDArray[np.int64]:
        """Their keys, in the order of the referentials."""
        return np.concatenate([np.arange(f, last + 1) for f, last in zip(self.firsts, self.lasts, strict=True)] or [[]])

    @property
    def parts(self) -> list[int]:
        """The parts of the lists in which the places stand."""
        return np.unique(np.concatenate([self.firsts >> PART, self.lasts >> PART])).tolist()

    def mask(self, places: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Which of some places, by their keys in ascending order, are let through."""
        steps = np.zeros(len(places) + 1, dtype=np.int64)
        np.add.at(steps, np.searchsorted(places, self.firsts), 1)
        np.add.at(steps, np.searchsorted(places, self.lasts, side="right"), -1)
        return np.cumsum(steps[:-1]) > 0
