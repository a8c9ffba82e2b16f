"""What a reader leaves out, counted by place and reason; the words themselves are not kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from corpus.document import Hidden, Unseen

# Joiners, directions, tags: https://www.unicode.org/reports/tr36/ (soft hyphens and byte order marks are no trick)
WIDTHLESS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\U000e0000-\U000e007f]")
_STRAY = 5  # characters of no width in a file that come from careless copying


class LeftOut:
    """A tally while a file is read."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[int, Unseen]] = Counter()

    def add(self, reason: Unseen, place: int, text: str) -> None:
        if count := len("".join(text.split())):
            self._counts[place, reason] += count

    @property
    def all(self) -> tuple[Hidden, ...]:
        """By place, then by reason."""
        return tuple(Hidden(reason, place, count) for (place, reason), count in sorted(self._counts.items()))


def widthless(lines: Iterable[str]) -> tuple[Hidden, ...]:
    """Lines with characters of no width, once there are more of these in the file than stray ones."""
    found = [(n, len(WIDTHLESS.findall(line))) for n, line in enumerate(lines, 1) if not line.isascii()]
    found = [(n, count) for n, count in found if count]
    if sum(count for _, count in found) <= _STRAY:
        return ()
    return tuple(Hidden(Unseen.WIDTHLESS, n, count) for n, count in found)
