"""What stands on a page, in points from its top left corner as it is displayed."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from corpus.document import Unseen


class Glyph(NamedTuple):
    """A character as it stands on the page.

    Attributes:
        turn: quarter turns clockwise of its writing direction: 0 for ordinary text.
        unseen: why no reader of the page sees it: without ink, under 3 points or off the page; None where one may.
        doubt: why one may not: it is nearly white, or of its ground's colour, or something is drawn over it. The page
            as it is painted tells.
    """

    char: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    turn: int
    unseen: Unseen | None
    doubt: Unseen | None


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, point: tuple[float, float]) -> bool:
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom


class Sheet(NamedTuple):
    """A page: its glyphs in the order in which they are drawn (" " between words, "" where a line breaks).

    Attributes:
        pictures: boxes of its pictures.
        forms: whether a part of it is placed on it as a whole, text and all.
    """

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Box, ...]
    panels: tuple[Box, ...]
    pictures: tuple[Box, ...] = ()
    forms: bool = False

    def upright(self) -> Sheet:
        """The page turned so that most of its text runs from left to right."""
        turns = Counter(g.turn for g in self.glyphs if g.char.strip())
        sheet = self
        for _ in range(turns.most_common(1)[0][0] if turns else 0):
            sheet = sheet._turned()
        return sheet

    def _turned(self) -> Sheet:
        """The page a quarter turn counterclockwise."""
        width = self.width
        glyphs = tuple(
            g._replace(
                left=g.top, top=width - g.right, right=g.bottom, bottom=width - g.left,
                baseline=g.baseline if g.turn in (0, 2) else width - g.baseline, turn=(g.turn - 1) % 4,
            )
            for g in self.glyphs
        )  # fmt: skip
        rules, panels = (
            tuple(Box(b.top, width - b.right, b.bottom, width - b.left) for b in group)
            for group in (self.rules, self.panels)
        )
        return Sheet(self.height, width, glyphs, rules, panels)
