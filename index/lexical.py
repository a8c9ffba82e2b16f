"""Passages by their words: BM25 over stems, the one door to bm25s."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.bags import Bag, Filling

Scores = NDArray[np.float32]
K1, B = 1.2, 0.75
LENGTHS = "lengths.npy"
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
    # Takes 0.2 s to import, and only who builds an index counts.
    from scipy.sparse import coo_array  # noqa: PLC0415

    once = np.ones(len(ids), dtype=np.int32)
    counts = coo_array((once, (rows, ids)), shape=(len(lengths), terms)).tocsc()  # what stands twice is added up
    holding = np.diff(counts.indptr)
    rarity = np.log(1 + (len(lengths) - holding + 0.5) / (holding + 0.5))
    norms = K1 * (1 - B + B * lengths / lengths.mean())
    scores = counts.data / (norms[counts.indices] + counts.data)
    scores *= np.repeat(rarity, holding)
    indices, starts = counts.indices.astype(np.int32), counts.indptr.astype(np.int64)
    return {"data": scores.astype(np.float32), "indices": indices, "indptr": starts, "num_docs": len(lengths)}
