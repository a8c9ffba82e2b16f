"""How a state is drawn: a colour, a pattern and a letter, each of which is enough by itself."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.matching.evidence import State


@dataclass(frozen=True, slots=True)
class Shade:
    """Attributes:
    fill: on paper; a page's own colour takes precedence where its style sheet names one.
    pattern: "plain", "stripes", "dots" or "none".
    letter: stands in the drawing.
    """

    fill: str
    pattern: str
    letter: str


SHADES = {
    State.PROVEN: Shade("#1d6b42", "plain", "O"),
    State.PARTIAL: Shade("#4f9a70", "stripes", "P"),
    State.CLAIMED: Shade("#c98a1b", "dots", "C"),
    State.ABSENT: Shade("#a9aca8", "none", "N"),
}
