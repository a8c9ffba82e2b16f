"""The words of many rows as numbers: 4 bytes a word, however many rows there are."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Bag:
    """Rows of words, repetitions included, in order.

    Attributes:
        vocabulary: each word once; its position is its number.
        ids: the numbers of all rows' words, strung together.
        lengths: of each row, in words.
    """

    vocabulary: tuple[str, ...]
    ids: Ints
    lengths: Ints

    def mapped(self, form: Callable[[str], str]) -> Bag:
        """The same rows with each word in another form; forms that fall together get one number."""
        numbers: dict[str, int] = {}
        of_word = np.array([numbers.setdefault(form(w), len(numbers)) for w in self.vocabulary], dtype=np.int32)
        return Bag(tuple(numbers), of_word[self.ids] if len(of_word) else self.ids, self.lengths)


def trimmed(*bags: Bag) -> tuple[Bag, ...]:
    """Bags of one vocabulary without the words that no row of any of them has."""
    words = bags[0].vocabulary
    used = np.zeros(len(words), dtype=bool)
    for bag in bags:
        used[bag.ids] = True
    numbers = np.cumsum(used, dtype=np.int32) - 1
    kept = tuple(word for word, use in zip(words, used, strict=True) if use)
    return tuple(Bag(kept, numbers[bag.ids] if len(words) else bag.ids, bag.lengths) for bag in bags)


class Filling:
    """A bag that is filled row by row, by words or with rows of an earlier one.

    Args:
        numbers: the vocabulary, which grows; bags that share it share their numbers.
        before: the bag from which rows may be taken; the vocabulary begins with its own.
    """

    def __init__(self, numbers: dict[str, int], before: Bag | None = None) -> None:
        self._numbers = numbers
        self._before = before
        self._ends = np.cumsum(before.lengths, dtype=np.int64) if before else np.zeros(0, np.int64)
        self._ids = array("i")
        self._lengths = array("i")

    def add(self, words: Iterable[str]) -> None:
        numbers, first = self._numbers, len(self._ids)
        self._ids.extend([numbers.setdefault(w, len(numbers)) for w in words])
        self._lengths.append(len(self._ids) - first)

    def again(self, rows: NDArray[np.int64]) -> None:
        """Some rows more, the same as rows of the bag before."""
        lengths = self._before.lengths[rows]
        skipped = np.repeat(self._ends[rows] - np.cumsum(lengths), lengths)
        self._ids.frombytes(self._before.ids[np.arange(len(skipped)) + skipped].tobytes())
        self._lengths.frombytes(lengths.tobytes())

    def done(self) -> Bag:
        return Bag(tuple(self._numbers), np.array(self._ids, dtype=np.int32), np.array(self._lengths, dtype=np.int32))
