"""Which field of work a text speaks of, after the words that the job directory ROME uses for each field."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

from index.words import terms

SHIPPED = Path(__file__).resolve().parent / "fields.safetensors"
TEMPER = 1.5  # words of a line are not independent: their odds are divided by this
Vector = NDArray[np.float32]


class Fields:
    """The words of the 110 fields of ROME (see training/fields.py).

    Attributes:
        names: the fields' codes ("M18"), in the order of every vector.
    """

    def __init__(self, path: Path = SHIPPED) -> None:
        with safe_open(path, framework="numpy") as file:
            about = file.metadata()
            self.names: tuple[str, ...] = tuple(about["fields"].split())
            self._odds = file.get_tensor("odds").astype(np.float32) * float(about["step"])
            weight = file.get_tensor("weight")
        self._row = {stem: i for i, stem in enumerate(about["stems"].split(" "))}
        self._idf = np.log(1 + weight.sum() / (weight + 1)).astype(np.float32)
        self._unseen = float(self._idf.max())

    def of(self, text: str, glosses: Iterable[tuple[str, float]] = ()) -> Vector:
        """How likely each field is, shape (fields,), sum 1; even where no word is known.

        Args:
            glosses: other wordings of the text, with their weights.
        """
        odds = self._sum(text)
        for gloss, weight in glosses:
            odds = odds + weight * self._sum(gloss)
        shares = np.exp((odds - odds.max()) / TEMPER)
        return (shares / shares.sum()).astype(np.float32)

    def weight(self, stem: str) -> float:
        """How much a stem tells: its inverse frequency over all fields."""
        row = self._row.get(stem)
        return self._unseen if row is None else float(self._idf[row])

    def _sum(self, text: str) -> Vector:
        rows = sorted({self._row[s] for s in terms(text) if s in self._row})
        return self._odds[rows].sum(axis=0) if rows else np.zeros(len(self.names), np.float32)


@cache
def shipped() -> Fields:
    """The statistics that ship, loaded once a process."""
    return Fields()
