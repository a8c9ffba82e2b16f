"""Passages by their words: BM25 over stems, the one door to bm25s."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.bags import Bag, Filling

Scores = NDArray[np.float32]
K1, B = 1.2, 0.75
LENGTHS = "lengths.npy"
STEPS = 8  # in which the terms of an index are counted
ROW_BITS = 32  # of a term and a row in one number
logging.getLogger("bm25s").setLevel(logging.WARNING)  # it logs every step at DEBUG, whatever the program asks for


class Lexical:
    """BM25 scores of every row for a weighted set of terms (Lucene's variant, k1 1.2, b 0.75)."""

    def __init__(self, engine: bm25s.BM25 | None, lengths: NDArray[np.int32]) -> None:
        self._engine = engine
        self.lengths = lengths  # in terms, repetitions included

    @classmethod
    def build(cls, texts: Iterable[Iterable[str]]) -> Lexical:
        """Index rows given as their terms, in order; a row may be empty."""
        filling = Filling({})
        for terms in texts:
            filling.add(terms)
        return cls.of(filling.done())

    @classmethod
    def of(cls, bag: Bag, groups: NDArray[np.int64] | None = None) -> Lexical:
        """Index the rows of a bag, or the groups that they stand in: for each row the number of its group, from 0."""
        rows = np.arange(len(bag.lengths)) if groups is None else groups
        lengths = np.bincount(rows, bag.lengths, int(rows.max()) + 1 if len(rows) else 0).astype(np.int32)
        if not bag.vocabulary:
            return cls(None, lengths)
        engine = bm25s.BM25(k1=K1, b=B, method="lucene")
        engine.scores = _scores(np.repeat(rows.astype(np.int32), bag.lengths), bag.ids, lengths, len(bag.vocabulary))
        engine.vocab_dict = {word: number for number, word in enumerate(bag.vocabulary)}
        engine.nonoccurrence_array = None
        return cls(engine, lengths)

    def __len__(self) -> int:
        return len(self.lengths)

    def __contains__(self, term: str) -> bool:
        return self._engine is not None and term in self._engine.vocab_dict and term != ""

    @property
    def vocabulary(self) -> Iterable[str]:
        return () if self._engine is None else (t for t in self._engine.vocab_dict if t)

    def rows(self, term: str) -> NDArray[np.int32]:
        """The rows that hold a term."""
        if term not in self:
            return np.zeros(0, dtype=np.int32)
        first, last = self._span(term)
        return self._engine.scores["indices"][first:last]

    def scores(self, weights: Mapping[str, float]) -> Scores:
        """The BM25 score of each row, each term's share multiplied by its weight; shape (len(self),)."""
        totals = np.zeros(len(self), dtype=np.float32)
        for term, weight in weights.items():
            if term not in self:
                continue
            first, last = self._span(term)
            rows = self._engine.scores["indices"][first:last]
            totals[rows] += np.float32(weight) * self._engine.scores["data"][first:last]
        return totals

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / LENGTHS, self.lengths, allow_pickle=False)
        if self._engine is not None:
            self._engine.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path, rows: int) -> Lexical:
        """Read what `save` wrote; raises OSError, ValueError or KeyError where it is damaged."""
        lengths = np.load(folder / LENGTHS, allow_pickle=False)
        if len(lengths) != rows:
            raise ValueError(f"lexical index of {len(lengths)} rows, expected {rows}")
        if not lengths.any():
            return cls(None, lengths)
        return cls(bm25s.BM25.load(folder, show_progress=False), lengths)

    def _span(self, term: str) -> tuple[int, int]:
        token = self._engine.vocab_dict[term]
        starts = self._engine.scores["indptr"]
        return int(starts[token]), int(starts[token + 1])


def _scores(
    rows: NDArray[np.int32], ids: NDArray[np.int32], lengths: NDArray[np.int32], terms: int
) -> dict[str, NDArray[np.generic] | int]:
    """What bm25s would score, by term: it takes twenty times as long and a list of Python numbers for each row.

    Args:
        rows, ids: for each occurrence of a term its row and its number.

    Returns:
        The columns of the sparse matrix of scores: bm25s's own form.
    """
    found = ids.astype(np.int64)
    found <<= ROW_BITS
    found |= rows
    found.sort(kind="stable")  # twice as fast where whole stretches are in order, as here
    ends = np.concatenate([[0], np.cumsum(np.bincount(ids, minlength=terms))])
    bounds = np.unique([*np.searchsorted(ends, np.linspace(0, len(ids), STEPS + 1)), terms]).tolist()
    norms = K1 * (1 - B + B * lengths / lengths.mean())
    parts = [_scored(found[ends[first] : ends[last]], norms, first, last) for first, last in pairwise(bounds)]
    return {
        "data": np.concatenate([part[0] for part in parts]),
        "indices": np.concatenate([part[1] for part in parts]),
        "indptr": np.concatenate([[0], np.cumsum(np.concatenate([part[2] for part in parts]))]).astype(np.int64),
        "num_docs": len(lengths),
    }


def _scored(
    found: NDArray[np.int64], norms: NDArray[np.float64], first: int, last: int
) -> tuple[Scores, NDArray[np.int32], NDArray[np.int64]]:
    """The terms first..last-1, their rows in order: scores, rows, and how many rows each term has.

    Some neighbouring terms at a time: all of them at once would take half a gigabyte more.

    Args:
        found: for each occurrence of one of these terms its number and its row in one, in ascending order.
        norms: for each row what its length adds to how often a term must stand in it.
    """
    firsts = np.flatnonzero(np.concatenate([[True], found[1:] != found[:-1]])[: len(found)])
    counts = np.diff(firsts, append=len(found))
    columns = (found[firsts] >> ROW_BITS) - first
    indices = (found[firsts] & ((1 << ROW_BITS) - 1)).astype(np.int32)
    holding = np.bincount(columns, minlength=last - first)
    rarity = np.log(1 + (len(norms) - holding + 0.5) / (holding + 0.5))
    share = counts / (norms[indices] + counts)
    return (rarity[columns] * share).astype(np.float32), indices, holding
