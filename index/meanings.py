"""Rows by what they mean: a text that stands in many passages has one vector, held and compared once."""

from __future__ import annotations

from array import array
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.passages import Passage
from index.contract import Matrix
from index.dense import CODES, Dense, Let, Mask, Rows
from index.forms import meaning_key, short

Ints = NDArray[np.int32]
DENSE, OF_ROW, ROWS, MARKS = "dense.faiss", "meanings.npy", "rows.npy", "marks.npy"
FILES = (DENSE, CODES, OF_ROW, ROWS, MARKS)  # CODES only where there are many


class Meanings:
    """The meanings of rows, each one unit vector.

    Args:
        dense: the vectors, one a meaning.
        of_row: for each row the number of its meaning, shape (rows,).
        rows: all rows by their meaning: those of the first, in order, then of the second …
        marks: for each meaning what tells it from all others: its key in `short`.
    """

    def __init__(self, dense: Dense, of_row: Ints, rows: Ints, marks: NDArray[np.int64]) -> None:
        self.dense = dense
        self.of_row = of_row
        self.marks = marks
        self._rows = rows
        self._counts = np.bincount(of_row, minlength=len(dense))
        self._ends = np.cumsum(self._counts)

    def __len__(self) -> int:
        return len(self.of_row)

    @property
    def dim(self) -> int:
        return self.dense.dim

    @property
    def coded(self) -> bool:
        """True where rows are found by codes: there are many."""
        return self.dense.coded

    def vectors(self, rows: Rows) -> Matrix:
        """The unit rows of the given numbers, as exactly as they are held, shape (len(rows), dim)."""
        return self.dense.vectors(self.of_row[rows])

    def cosines(self, query: Matrix, rows: Rows) -> Matrix:
        """The cosine of one unit query, shape (dim,), to each of the given rows."""
        return self.dense.cosines(query, self.of_row[rows])

    def search(self, queries: Matrix, k: int, mask: Mask | None = None) -> tuple[Matrix, Rows]:
        """The rows nearest to each query among those that the mask lets through, best first; as `Dense.search`.

        Rows of one meaning come in their order; k may cut them.
        """
        k = min(k, len(self) if mask is None else int(np.count_nonzero(mask)))
        if self.coded and k:
            cosines, meanings = self.dense.by_codes(queries, k, None if mask is None else Meant(self, mask))
        else:
            cosines, meanings = self.dense.search(queries, k, None if mask is None else self._meant(mask))
        found = [self._standing(some, k, mask) for some in meanings]
        rows = np.array([rows for _, rows in found], dtype=np.int64).reshape(len(queries), k)
        return np.array([c[at] for c, (at, _) in zip(cosines, found, strict=True)]).reshape(rows.shape), rows

    def _meant(self, mask: Mask) -> Mask:
        """The meanings of the rows that a mask lets through."""
        meant = np.zeros(len(self.dense), dtype=np.bool_)
        meant[self.of_row[mask]] = True
        return meant

    def _standing(self, meanings: Rows, k: int, mask: Mask | None) -> tuple[Rows, Rows]:
        """The first k rows of some meanings, with the position of each one's meaning among these."""
        if mask is None:
            meanings = meanings[: np.searchsorted(np.cumsum(self._counts[meanings]), k) + 1]
        of, rows = self.standing(meanings)
        if mask is not None:
            of, rows = of[mask[rows]], rows[mask[rows]]
        return of[:k], rows[:k]

    def standing(self, meanings: Rows) -> tuple[Rows, Rows]:
        """All rows of some meanings, one meaning after the other, with the position of each one's among these."""
        counts = self._counts[meanings]
        of = np.repeat(np.arange(len(meanings)), counts)
        skipped = np.repeat(self._ends[meanings] - np.cumsum(counts), counts)
        return of, self._rows[np.arange(len(of)) + skipped]

    def save(self, folder: Path) -> None:
        """Write into an existing folder; raises OSError where the disk does not take it."""
        self.dense.save(folder / DENSE)
        for name, values in ((OF_ROW, self.of_row), (ROWS, self._rows), (MARKS, self.marks)):
            np.save(folder / name, values, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, rows: int, dim: int) -> Meanings:
        """Read what `save` wrote; raises OSError or ValueError where it is damaged or of another shape."""
        of_row, ordered, marks = (np.load(folder / name, allow_pickle=False) for name in (OF_ROW, ROWS, MARKS))
        if not len(of_row) == len(ordered) == rows:
            raise ValueError(f"meanings of {len(of_row)} rows, expected {rows}")
        return cls(Dense.load(folder / DENSE, len(marks), dim), of_row, ordered, marks)


class Meant(Let):
    """The meanings of the rows that a mask lets through; its count is that of the rows."""

    def __init__(self, meanings: Meanings, mask: Mask) -> None:
        super().__init__(mask)
        self._meanings = meanings

    def through(self, rows: Rows) -> Mask:
        of, standing = self._meanings.standing(rows.ravel())
        found = np.zeros(rows.size, dtype=np.bool_)
        found[of[self._mask[standing]]] = True
        return found.reshape(rows.shape)

    def rows(self) -> Rows:
        return np.unique(self._meanings.of_row[super().rows()])


class Gathering:
    """Meanings that are gathered row by row; those of earlier ones are taken over as they are held."""

    def __init__(self, dim: int, before: Meanings | None = None) -> None:
        self._before = before
        self._dense = Dense.building(dim, before.dense if before else None)
        self._old = {mark: number for number, mark in enumerate(before.marks.tolist())} if before else {}
        self._again = np.full(len(self._old), -1, dtype=np.int32)  # the numbers of earlier meanings from now on
        self._new: dict[int, int] = {}  # numbers of the others
        self._marks = array("q")
        self._of_row = array("i")

    def add(self, passage: Passage, vector: Matrix) -> None:
        """A row with its unit vector, shape (dim,)."""
        mark, count = short(meaning_key(passage)), len(self._marks)
        old = self._old.get(mark)
        if old is not None and self._again[old] < 0:
            self._meant(np.array([old]))
            return
        number = self._new.setdefault(mark, count) if old is None else int(self._again[old])
        self._of_row.append(number)
        if number == count:
            self._marks.append(mark)
            self._dense.add(vector)

    def again(self, rows: Rows) -> None:
        """Some rows more, of the same meanings as rows of those before."""
        self._meant(self._before.of_row[rows])

    def _meant(self, meanings: Rows) -> None:
        """Some rows more, by the earlier numbers of their meanings."""
        coming = meanings[self._again[meanings] < 0]
        fresh = coming[np.sort(np.unique(coming, return_index=True)[1])]  # each once, in their order
        self._again[fresh] = np.arange(len(self._marks), len(self._marks) + len(fresh))
        self._marks.frombytes(self._before.marks[fresh].tobytes())
        self._dense.again(fresh)
        self._of_row.frombytes(self._again[meanings].tobytes())

    def done(self) -> Meanings:
        marks, of_row = np.array(self._marks, dtype=np.int64), np.array(self._of_row, dtype=np.int32)
        return Meanings(self._dense.done(), of_row, np.argsort(of_row, kind="stable").astype(np.int32), marks)
