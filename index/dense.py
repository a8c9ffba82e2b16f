"""Passages by their meaning: cosine similarity of unit vectors, the one door to FAISS."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.contract import Matrix

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
faiss.omp_set_num_threads(1)  # a query is too short to be shared: on a busy machine threads wait for each other
LARGE = 65_536  # rows above which codes are scanned instead of vectors; the first so many teach them
BATCH = 16_384  # rows handed to FAISS at once
CODES = "codes.faiss"
PER_CODE = 2  # dimensions in one code of 4 bits
FEW = 16_384  # rows let through by a filter up to which each of them is compared
SPARE = 1.3  # times the rows that a filter should let through are looked at
WIDER, LEAST = 1.5, 1024  # times the rows wanted, or so many, are taken by their codes, then ranked by their vectors


class Building:
    """An index that is filled row by row, without ever holding all vectors besides itself.

    Rows of an index before are taken over as they are coded there.
    """

    def __init__(self, dim: int, before: Dense | None = None) -> None:
        self._dim = dim
        self._before = before
        self._engine: faiss.Index | None = None
        self._codes: faiss.IndexPQ | None = None
        self._waiting: list[Matrix] = []
        if before is not None and before.coded:
            self._engine, self._codes = before.untold()
            self._bytes, self._parts = before.bytes_and_parts()
            self._engine.codes.resize(self._bytes.size)  # makes room at once: growing, it would be held twice
            self._engine.codes.clear()

    def add(self, vector: Matrix) -> None:
        """One unit row, shape (dim,)."""
        self._waiting.append(vector)
        if self._engine is None and len(self._waiting) > LARGE:
            self._learn()
        elif self._engine is not None and len(self._waiting) == BATCH:
            self._flush()

    def again(self, rows: Rows) -> None:
        """Some rows more, the same as rows of the index before."""
        if self._before.coded and len(rows):
            self._flush()
            self._engine.add_sa_codes(self._bytes[rows])
            self._codes.add_sa_codes(self._parts[rows])
        elif len(rows):
            for vector in self._before.vectors(rows):
                self.add(vector)

    def done(self) -> Dense:
        if self._engine is None:
            self._engine = faiss.IndexFlatIP(self._dim)
        self._flush()
        return Dense(self._engine, None if self._codes is None else faiss.IndexPQFastScan(self._codes))

    def _learn(self) -> None:
        """Go over to 8 bits a dimension, and to codes for scanning."""
        rows = np.vstack(self._waiting)
        self._engine = _scalar(self._dim)
        self._engine.sq.rangestat_arg = 0.1  # later rows may lie a little beyond the first ones
        self._engine.train(rows)
        self._codes = _scanned(self._dim)
        self._codes.train(rows[::4])
        self._flush()

    def _flush(self) -> None:
        if self._waiting:
            rows = np.vstack(self._waiting)
            self._engine.add(rows)
            if self._codes is not None:
                self._codes.add(rows)
        self._waiting = []


class Let:
    """The rows that a mask lets through.

    Attributes:
        count: how many they are, or a little more; at least 1.
        share: about what share of all rows they are.
    """

    def __init__(self, mask: Mask) -> None:
        self.count = max(1, int(np.count_nonzero(mask)))
        self.share = self.count / len(mask)
        self._mask = mask

    def through(self, rows: Rows) -> Mask:
        """Which of some rows are let through, in their shape."""
        return self._mask[rows]

    def rows(self) -> Rows:
        return np.flatnonzero(self._mask)


def _scalar(dim: int) -> faiss.IndexScalarQuantizer:
    return faiss.IndexScalarQuantizer(dim, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)


def _scanned(dim: int) -> faiss.IndexPQ:
    """Codes in the order of their rows; for scanning they are laid out anew."""
    parts = dim // PER_CODE if dim % PER_CODE == 0 else dim
    return faiss.IndexPQ(dim, parts, 4, faiss.METRIC_INNER_PRODUCT)


class Dense:
    """An inner-product index of unit rows: exhaustive and exact where they are few, by codes where they are many.

    With more than LARGE rows the vectors are held in 8 bits a dimension; what is wanted is picked out by codes of 4
    bits for two dimensions, scanned in the processor's registers (André and others, 2015), then ranked by the vectors.
    """

    def __init__(self, engine: faiss.Index, codes: faiss.Index | None = None) -> None:
        self._engine = engine
        self._codes = codes
        self._bytes = None
        if isinstance(engine, faiss.IndexScalarQuantizer):
            count = engine.ntotal * engine.d
            self._bytes = faiss.rev_swig_ptr(engine.codes.data(), count).reshape(engine.ntotal, engine.d)
            trained = faiss.vector_to_array(engine.sq.trained)  # for each dimension its least value, then its range
            self._steps = trained[engine.d :] / 255
            self._least = trained[: engine.d] + self._steps / 2

    @classmethod
    def build(cls, vectors: Matrix) -> Dense:
        """Index unit rows, shape (rows, dim)."""
        building = cls.building(vectors.shape[1])
        for vector in vectors:
            building.add(vector)
        return building.done()

    @staticmethod
    def building(dim: int, before: Dense | None = None) -> Building:
        """An empty index to fill; what `before` has learnt of its vectors, where they are many, is not learnt again."""
        return Building(dim, before)

    @property
    def coded(self) -> bool:
        return self._codes is not None

    def untold(self) -> tuple[faiss.Index, faiss.IndexPQ]:
        """Engines that have learnt what these have, without any row."""
        engine, codes = _scalar(self.dim), _scanned(self.dim)
        engine.sq, codes.pq = self._engine.sq, self._codes.pq
        engine.is_trained = codes.is_trained = True
        return engine, codes

    def bytes_and_parts(self) -> tuple[Bytes, Bytes]:
        """How all rows are coded, for ranking and for scanning, shapes (rows, dim) and (rows, bytes of a code)."""
        packer = self._codes.get_CodePacker()
        laid_out = faiss.rev_swig_ptr(self._codes.codes.get(), self._codes.codes.size())
        blocks = laid_out.reshape(-1, packer.block_size)
        parts = np.empty((len(blocks), packer.nvec, packer.code_size), dtype=np.uint8)
        for block, rows in zip(blocks, parts, strict=True):
            packer.unpack_all(faiss.swig_ptr(block), faiss.swig_ptr(rows))
        return self._bytes, parts.reshape(-1, packer.code_size)[: len(self)]

    def vectors(self, rows: Rows) -> Matrix:
        """The unit rows of the given numbers, as exactly as they are held, shape (len(rows), dim)."""
        return self._engine.reconstruct_batch(np.ascontiguousarray(rows, dtype=np.int64))

    def __len__(self) -> int:
        return self._engine.ntotal

    @property
    def dim(self) -> int:
        return self._engine.d

    def search(self, queries: Matrix, k: int, mask: Mask | None = None) -> tuple[Matrix, Rows]:
        """The rows nearest to each query among those that the mask lets through, best first.

        Args:
            queries: unit rows, shape (queries, dim).
            mask: shape (len(self),); None lets every row through.

        Returns:
            Cosines in [-1, 1] and row numbers, both of shape (queries, n), n the smaller of k and the rows let through.
        """
        if self.coded:
            return self.by_codes(queries, k, None if mask is None else Let(mask))
        k = min(k, len(self) if mask is None else int(np.count_nonzero(mask)))
        if k == 0:
            return np.zeros((len(queries), 0), dtype=np.float32), np.zeros((len(queries), 0), dtype=np.int64)
        options = None
        if mask is not None:
            bits = np.packbits(mask, bitorder="little")
            options = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(len(mask), faiss.swig_ptr(bits)))
        cosines, rows = self._engine.search(np.ascontiguousarray(queries, dtype=np.float32), k, params=options)
        return np.clip(cosines, -1.0, 1.0), rows

    def by_codes(self, queries: Matrix, k: int, let: Let | None = None) -> tuple[Matrix, Rows]:
        """As `search` where there are codes; which rows are let through is asked for candidates alone."""
        wanted = min(len(self), max(LEAST, round(WIDER * k)))
        queries = np.ascontiguousarray(queries, dtype=np.float32)
        if let is None:
            near = list(self._codes.search(queries, wanted)[1])
        elif let.count <= max(FEW, wanted):
            near = [let.rows()] * len(queries)
        else:
            near = self._among(queries, k, wanted, let)
        found = [self._best(query, rows, k) for query, rows in zip(queries, near, strict=True)]
        return np.vstack([f[0] for f in found]), np.vstack([f[1] for f in found])

    def _among(self, queries: Matrix, k: int, wanted: int, let: Let) -> list[Rows]:
        """For each query about `wanted` rows that are let through, at least k, the nearest by their codes."""
        many = wanted / let.share
        while True:
            many = min(len(self), round(SPARE * many))
            rows = self._codes.search(queries, many)[1]
            through = let.through(rows)
            if many == len(self) or through.sum(axis=1).min() >= k:
                return [near[may][:wanted] for near, may in zip(rows, through, strict=True)]

    def _best(self, query: Matrix, rows: Rows, k: int) -> tuple[Matrix, Rows]:
        cosines = self.cosines(query, rows)
        best = np.argsort(-cosines, kind="stable")[:k]
        return cosines[best], rows[best]

    def cosines(self, query: Matrix, rows: Rows) -> Matrix:
        """The cosine of one unit query, shape (dim,), to each of the given rows."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        if self._bytes is None:
            return np.clip(self._engine.reconstruct_batch(np.ascontiguousarray(rows, np.int64)) @ query, -1.0, 1.0)
        # The query is scaled, not the rows: ten times as fast as decoding them. vecdot keeps to one thread, where a
        # product of matrices wakes up threads that take longer to wait for each other than the work takes.
        scaled, least = query * self._steps, float(query @ self._least)
        found = np.empty(len(rows), dtype=np.float32)
        for first in range(0, len(rows), BATCH):
            part = slice(first, first + BATCH)
            found[part] = np.vecdot(self._bytes.take(rows[part], axis=0).astype(np.float32), scaled)
        return np.clip(found + least, -1.0, 1.0)

    def save(self, path: Path) -> None:
        """Write one file or, where there are codes, two; raises OSError where the disk does not take them."""
        try:
            faiss.write_index(self._engine, str(path))
            if self._codes is not None:
                faiss.write_index(self._codes, str(path.with_name(CODES)))
        except RuntimeError as error:
            raise OSError(str(error)) from error

    @classmethod
    def load(cls, path: Path, rows: int, dim: int) -> Dense:
        """Read what `save` wrote; raises ValueError where it is damaged or of another shape."""
        coded = path.with_name(CODES)
        return cls(_read(path, rows, dim), _read(coded, rows, dim) if coded.exists() else None)


def _read(path: Path, rows: int, dim: int) -> faiss.Index:
    try:
        engine = faiss.read_index(str(path))
    except RuntimeError as error:
        raise ValueError(f"unreadable FAISS file {path}: {error}") from error
    if (engine.ntotal, engine.d) != (rows, dim):
        raise ValueError(f"FAISS file of shape {(engine.ntotal, engine.d)}, expected {(rows, dim)}")
    return engine
