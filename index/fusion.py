"""Scores of several kinds made comparable and added up, and the evidence of a place's passages taken together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Ints = NDArray[np.int64]
STRIDE = 64


def spread(scores: Scores) -> Scores:
    """Scores of one query moved to [0, 1], the best 1, the worst 0; all 0 where they are equal (min-max)."""
    if not len(scores):
        return scores
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def share_of_best(scores: Scores) -> Scores:
    """Scores that cannot be negative divided by the best one, so that 0 stays 0."""
    high = scores.max(initial=0.0)
    return scores / high if high > 0 else scores


def foremost(scores: Scores, count: int, mask: NDArray[np.bool_] | None = None) -> Ints:
    """Where the `count` greatest of the scores above 0 stand that the mask lets through, in no order.

    A sample tells about how great they are, so that few of a million scores are looked at twice.
    """
    sample = scores[::STRIDE] if mask is None else scores[::STRIDE][mask[::STRIDE]]
    sample = sample[sample > 0]  # most are 0, and ties are slow to part
    likely = 2 * count // STRIDE + STRIDE
    floor = float(np.partition(sample, -likely)[-likely]) if likely < len(sample) else 0.0
    found = _above(scores, floor, mask)
    if len(found) < count and floor:
        found = _above(scores, 0.0, mask)
    return found[np.argpartition(-scores[found], count)[:count]] if len(found) > count else found


def _above(scores: Scores, floor: float, mask: NDArray[np.bool_] | None) -> Ints:
    found = np.flatnonzero(scores > floor)
    return found if mask is None else found[mask[found]]


class Groups:
    """Scores parted by the group that each belongs to.

    Args:
        scores: shape (n,).
        groups: the group of each score, at least 0, shape (n,).

    Attributes:
        groups: those that have a score, ascending.
        best: for each of them where its greatest score stands, the first one of equals.
    """

    def __init__(self, scores: Scores, groups: Ints) -> None:
        order = np.lexsort((-scores, groups))
        ordered = groups[order]
        self._ordered = scores[order]
        self._firsts = np.flatnonzero(np.diff(ordered, prepend=-1))
        self._sizes = np.diff(self._firsts, append=len(ordered))
        self.groups = ordered[self._firsts]
        self.best = order[self._firsts]

    def gathered(self, shares: tuple[float, ...]) -> Scores:
        """For each group the sum of shares[0] times its greatest score, shares[1] times the next …"""
        totals = np.zeros(len(self.groups), dtype=np.float32)
        for rank, share in enumerate(shares):
            having = self._sizes > rank
            totals[having] += np.float32(share) * self._ordered[self._firsts[having] + rank]
        return totals
