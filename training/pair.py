"""What the model learns from: two texts that mean the same, or of which one answers the other."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Literal

Style = Literal["label", "sentence"]

HELD_OUT_SHARE = 33  # one group in so many is never trained on, and makes the hold-out tasks


@dataclass(frozen=True, slots=True)
class Pair:
    """A query and a passage that belong together.

    Attributes:
        group: the concept that both speak of; pairs of one group are all trained on, or all held out.
        kind: which material it comes from, for the mixture and for the figures.
        weight: how often it is drawn in an epoch, compared with 1.
    """

    query: str
    passage: str
    group: str
    kind: str
    weight: float = 1.0


def held_out(group: str) -> bool:
    """True for the groups that are kept for measuring; depends on the name only, hence on no seed."""
    return zlib.crc32(group.encode()) % HELD_OUT_SHARE == 0
