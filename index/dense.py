"""Passages by their meaning: cosine similarity of unit vectors, the one door to FAISS."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.contract import Matrix

Rows = NDArray[np.int64]
BATCH = 16_384


class Building:
    """An index that is filled row by row: vectors are held twice for BATCH rows only."""

    def __init__(self, dim: int) -> None:
        self._engine = faiss.IndexFlatIP(dim)
        self._batch = np.zeros((BATCH, dim), dtype=np.float32)
        self._filled = 0

    def add(self, vector: Matrix) -> None:
        """One unit row, shape (dim,)."""
        self._batch[self._filled] = vector
        self._filled += 1
        if self._filled == BATCH:
            self._flush()

    def done(self) -> Dense:
        self._flush()
        return Dense(self._engine)

    def _flush(self) -> None:
        if self._filled:
            self._engine.add(self._batch[: self._filled])
        self._filled = 0


class Dense:
    """An exhaustive inner-product index of unit rows."""

    def __init__(self, engine: faiss.IndexFlatIP) -> None:
        self._engine = engine

    @classmethod
    def build(cls, vectors: Matrix) -> Dense:
        """Index unit rows, shape (rows, dim)."""
        building = cls.building(vectors.shape[1])
        for vector in vectors:
            building.add(vector)
        return building.done()

    @staticmethod
    def building(dim: int) -> Building:
        return Building(dim)

    def __len__(self) -> int:
        return self._engine.ntotal

    @property
    def dim(self) -> int:
        return self._engine.d

    def search(self, queries: Matrix, k: int, mask: NDArray[np.bool_] | None = None) -> tuple[Matrix, Rows]:
        """The rows nearest to each query among those that the mask lets through, best first.

        Args:
            queries: unit rows, shape (queries, dim).
            mask: shape (len(self),); None lets every row through.

        Returns:
            Cosines in [-1, 1] and row numbers, both of shape (queries, n), n the smaller of k and the rows let through.
        """
        k = min(k, len(self) if mask is None else int(mask.sum()))
        if k == 0:
            return np.zeros((len(queries), 0), dtype=np.float32), np.zeros((len(queries), 0), dtype=np.int64)
        options = None
        if mask is not None:
            bits = np.packbits(mask, bitorder="little")
            options = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(len(mask), faiss.swig_ptr(bits)))
        cosines, rows = self._engine.search(np.ascontiguousarray(queries, dtype=np.float32), k, params=options)
        return np.clip(cosines, -1.0, 1.0), rows

    def cosines(self, query: Matrix, rows: Rows) -> Matrix:
        """The cosine of one unit query, shape (dim,), to each of the given rows."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        return np.clip(self._engine.reconstruct_batch(np.ascontiguousarray(rows, dtype=np.int64)) @ query, -1.0, 1.0)

    def save(self, path: Path) -> None:
        faiss.write_index(self._engine, str(path))

    @classmethod
    def load(cls, path: Path, rows: int, dim: int) -> Dense:
        """Read what `save` wrote; raises ValueError where it is damaged or of another shape."""
        try:
            engine = faiss.read_index(str(path))
        except RuntimeError as error:
            raise ValueError(f"unreadable FAISS file {path}: {error}") from error
        if (engine.ntotal, engine.d) != (rows, dim):
            raise ValueError(f"FAISS file of shape {(engine.ntotal, engine.d)}, expected {(rows, dim)}")
        return cls(engine)
