"""Which field of work a text speaks of, after the words that the job directory ROME uses for each field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

from index.words import terms

SHIPPED = Path(__file__).resolve().parent / "fields.safetensors"
CLUE_ODDS = 5.0  # what a clue adds to the log-odds of the fields in which its activity is at home
LOUDEST = 6.0  # log-odds that a single line may bring
TEMPER = 3.0  # lines of a job are not independent: their odds are divided by this
ENOUGH = 8  # lines from which more of them make nothing surer
KIN, STRANGE = 6.0, 0.08  # two fields are near by KIN times the share of moves between them beyond STRANGE, at most 1
Vector = NDArray[np.float32]


class Fields:
    """The words of the 110 fields of ROME (see training/fields.py).

    Attributes:
        names: the fields' codes ("M18"), in the order of every vector.
        near: how near two fields are, in [0, 1], symmetric, 1 on the diagonal, shape (fields, fields).
    """

    def __init__(self, path: Path = SHIPPED) -> None:
        with safe_open(path, framework="numpy") as file:
            about = file.metadata()
            self.names: tuple[str, ...] = tuple(about["fields"].split())
            self._odds = file.get_tensor("odds").astype(np.float32) * float(about["step"])
            weight, moves = file.get_tensor("weight"), file.get_tensor("moves")
        self._row = {stem: i for i, stem in enumerate(about["stems"].split(" "))}
        self._place = {name: i for i, name in enumerate(self.names)}
        self._idf = np.log(1 + weight.sum() / (weight + 1)).astype(np.float32)
        self._unseen = float(self._idf.max())
        self.near = np.clip(KIN * (np.maximum(moves, moves.T) - STRANGE), 0, 1)
        np.fill_diagonal(self.near, 1)

    def odds(self, text: str, clues: Iterable[tuple[Sequence[str], float]] = ()) -> Vector:
        """Log-odds of each field after one line, shape (fields,).

        Args:
            clues: for each clue of the line the fields in which it is at home, and its weight.
        """
        rows = sorted({self._row[s] for s in terms(text) if s in self._row})
        odds = np.clip(self._odds[rows].sum(axis=0), -LOUDEST, LOUDEST)
        for homes, weight in clues:
            odds[[self._place[h] for h in homes]] += CLUE_ODDS * weight
        return odds

    def shares(self, odds: NDArray[np.float32], weights: Sequence[float] | None = None) -> Vector:
        """How likely each field is after several lines, shape (fields,), sum 1; even where no word is known.

        Args:
            odds: one row a line, shape (n, fields).
        """
        lines = np.asarray(odds, np.float32).reshape(-1, len(self.names))
        if not len(lines):
            return np.full(len(self.names), 1 / len(self.names), np.float32)
        mean = np.average(lines, axis=0, weights=weights)
        raised = np.exp((mean - mean.max()) * min(len(lines), ENOUGH) / TEMPER)
        return (raised / raised.sum()).astype(np.float32)

    def declared(self, codes: Iterable[str]) -> Vector | None:
        """The fields of job codes ("M1805"), evenly; None where no code is known."""
        places = [self._place[c[:3]] for c in codes if c[:3] in self._place]
        if not places:
            return None
        shares = np.zeros(len(self.names), np.float32)
        np.add.at(shares, places, 1 / len(places))
        return shares

    def kinship(self, shares: Vector, homes: Vector) -> float:
        """How near what is likely is to the nearest of several homes, in [0, 1].

        Args:
            shares: how likely each field is, sum 1.
            homes: how far each field is a home, in [0, 1].
        """
        return float(shares @ (self.near * homes).max(axis=1))

    def weight(self, stem: str) -> float:
        """How much a stem tells: its inverse frequency over all fields, in nats."""
        row = self._row.get(stem)
        return self._unseen if row is None else float(self._idf[row])


@cache
def shipped() -> Fields:
    """The statistics that ship, loaded once a process."""
    return Fields()
