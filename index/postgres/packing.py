"""What a search must know of a place's passages, as bytes: fetched place by place, read for all of them at once."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]
LONGEST = 65_535
LOW = 0xFFFF  # bits of a number that are looked at first
HEAD = struct.Struct("<II")  # bytes of the passages, and of their own stems
ROW = np.dtype(
    [("id", "<i8"), ("vector", "<i8"), ("prior", "<f4"), ("own", "<u2"), ("above", "<u2"), ("heading", "<u4")]
)


@dataclass(frozen=True, slots=True)
class Line:
    """A passage as it is packed.

    Attributes:
        id, vector: its key, and that of its vector.
        own, above: its stems and those of the titles above it, with repetitions.
    """

    id: int
    vector: int
    prior: float
    own: Sequence[str]
    above: Sequence[str]


@lru_cache(maxsize=200_000)
def number(term: str) -> int:
    """What a stem is in a list of numbers: CRC-32, signed; of 500,000 stems some 30 pairs fall together."""
    return int.from_bytes(zlib.crc32(term.encode()).to_bytes(4, "little"), "little", signed=True)


def numbers(terms: Iterable[str]) -> bytes:
    return np.array([number(term) for term in terms], dtype="<i4").tobytes()


def pack(lines: Sequence[Line]) -> bytes:
    """A place: HEAD, its passages, their own stems one after the other, the stems above them, each heading's once."""
    headings: dict[tuple[str, ...], int] = {}
    rows = np.zeros(len(lines), dtype=ROW)
    for at, line in enumerate(lines):
        heading = headings.setdefault(tuple(line.above[:LONGEST]), len(headings))
        own, above = min(len(line.own), LONGEST), min(len(line.above), LONGEST)
        rows[at] = (line.id, line.vector, line.prior, own, above, heading)
    own = numbers(term for line in lines for term in line.own[:LONGEST])
    above = numbers(term for heading in headings for term in heading)
    return HEAD.pack(rows.nbytes, len(own)) + rows.tobytes() + own + above


@dataclass(frozen=True, slots=True)
class Packed:
    """The passages of some places.

    Attributes:
        rows: of type ROW, but headings are numbered through.
        place_of: for each row the position of its place, shape (len(rows),).
        own, own_of: stems, and the row of each.
        above, above_of: stems, and the heading of each.
        leading: the first row under each heading.
    """

    rows: NDArray[np.void]
    place_of: Ints
    own: Numbers
    own_of: Ints
    above: Numbers
    above_of: Ints
    leading: Ints

    @classmethod
    def of(cls, places: Sequence[bytes]) -> Packed:
        """What `pack` made of each place; every place has passages."""
        parts = [_parted(place) for place in places]
        rows = np.frombuffer(bytearray().join(p[0] for p in parts), dtype=ROW)
        sizes = np.array([len(p[0]) // ROW.itemsize for p in parts], dtype=np.int64)
        starts = np.cumsum(sizes) - sizes
        many = np.maximum.reduceat(rows["heading"], starts).astype(np.int64) + 1 if parts else sizes
        rows["heading"] += np.repeat(np.cumsum(many) - many, sizes).astype(np.uint32)
        leading = np.flatnonzero(np.diff(np.maximum.accumulate(rows["heading"].astype(np.int64)), prepend=-1))
        own, above = (np.frombuffer(b"".join(p[n] for p in parts), dtype="<i4") for n in (1, 2))
        own_of = np.repeat(np.arange(len(rows)), rows["own"])
        above_of = np.repeat(np.arange(len(leading)), rows["above"][leading])
        return cls(rows, np.repeat(np.arange(len(parts)), sizes), own, own_of, above, above_of, leading)

    def counts(self, terms: Numbers) -> tuple[Ints, Ints]:
        """How often each of some stems stands in each row, and above it; both of shape (len(rows), len(terms))."""
        own = _counted(self.own, self.own_of, len(self.rows), terms)
        return own, _counted(self.above, self.above_of, len(self.leading), terms)[self.rows["heading"]]


def _parted(place: bytes) -> tuple[bytes, bytes, bytes]:
    rows, own = (HEAD.size + end for end in accumulate(HEAD.unpack_from(place)))
    return place[HEAD.size : rows], place[rows:own], place[own:]


def _counted(held: Numbers, holder: Ints, holders: int, terms: Numbers) -> Ints:
    """How often each holder has each term.

    A table of the lowest bits tells nearly all that is none of the terms, so that few are compared.
    """
    counts = np.zeros((holders, len(terms)), dtype=np.int64)
    table = np.zeros(LOW + 1, dtype=np.bool_)
    table[terms & LOW] = True
    likely = np.flatnonzero(table[held & LOW])
    at, which = np.nonzero(held[likely].reshape(-1, 1) == terms)
    np.add.at(counts, (holder[likely[at]], which), 1)
    return counts
