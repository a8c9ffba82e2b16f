"""Which certifications of a large store a CV is held against line by line: those near to what its lines say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest

import numpy as np

from assistant.matching.statements import Kind
from assistant.matching.voice import Voiced
from index.contract import Matrix

ALL = 60  # certifications up to which a CV is held against every one of them
MOST = 80  # certifications that are matched line by line where there are more
TELLING = frozenset({Kind.TITLE, Kind.ACTIVITY, Kind.NAMED, Kind.SKILL})
LINES = 24  # of one job that are looked up: more of them find the same sources
Nearest = Callable[[Matrix, int], Sequence[tuple[str, float]]]


def shortlist(cv: Voiced, nearest: Nearest, most: int = MOST) -> tuple[str, ...]:
    """The names of the sources worth a closer look, likeliest first.

    Each job is looked up alone, and so is the whole CV: who drove a lorry for ten years before writing software is
    near to both trades, and to neither on average.

    Args:
        nearest: the sources nearest to unit vectors of shape (n, dim), best first, and at most how many.
    """
    found = [[source for source, _ in nearest(vectors, most)] for vectors in _lookups(cv)]
    return tuple(dict.fromkeys(_in_turn(found)))[:most]


def _lookups(cv: Voiced) -> Iterator[Matrix]:
    telling = [i for i, s in enumerate(cv.statements) if s.kind in TELLING]
    jobs = dict.fromkeys(cv.statements[i].job for i in telling)
    for job in jobs:
        yield cv.vectors[[i for i in telling if cv.statements[i].job == job][:LINES]]
    if len(jobs) > 1:
        yield cv.vectors[_spread(telling)]


def _spread(rows: Sequence[int]) -> Sequence[int]:
    """At most LINES of them, evenly."""
    places = np.unique(np.linspace(0, len(rows) - 1, min(LINES, len(rows))).round().astype(int))
    return [rows[i] for i in places]


def _in_turn(lists: Sequence[Sequence[str]]) -> Iterable[str]:
    """The first of each, then the second of each."""
    return (name for names in zip_longest(*lists) for name in names if name is not None)
