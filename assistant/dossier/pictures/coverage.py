"""Coverage by block: one bar a block, as long as it has competences, in parts by state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.dossier.dossier import Target
from assistant.dossier.pictures.shades import SHADES
from assistant.dossier.pictures.svg import drawn, pattern, rect, shade_fill, text
from assistant.matching.evidence import State

WIDTH, LEFT, STEP, HIGH, EACH = 640, 84, 34, 22, 7  # pixels; EACH for a character

Names = Callable[[State, int], str]


@dataclass(frozen=True, slots=True)
class Bar:
    """A block: its number and title, and how many of its competences have each state, states without any left out."""

    number: int
    title: str
    counts: tuple[tuple[State, int], ...]

    @property
    def total(self) -> int:
        return sum(n for _, n in self.counts)


def bars(target: Target) -> tuple[Bar, ...]:
    """The blocks of a certification that are aimed at, in official order."""
    return tuple(
        Bar(b.number, b.title, tuple((s, n) for s in State if (n := Counter(c.state for c in b.competences)[s])))
        for b in target.blocks
        if b.aimed
    )


def coverage_svg(found: Sequence[Bar], name: str, title: str, desc: str, block: str, states: Names) -> str:
    """The picture.

    Args:
        name: tells this picture's patterns from those of others on the same page.
        block: how a block is named, with a hole "{n}".
        states: a state's name for so many competences.
    """
    unit = (WIDTH - LEFT) / max((1, *(b.total for b in found)))
    body = "".join(pattern(name, state, shade) for state, shade in SHADES.items())
    for row, bar in enumerate(found):
        body += _bar(bar, row * STEP + 6, unit, name, block, states)
    return drawn(WIDTH + 2, len(found) * STEP + 6, name, title, desc, body)


def _bar(bar: Bar, y: float, unit: float, name: str, block: str, states: Names) -> str:
    body, x = text(0, y + HIGH - 6, block.format(n=bar.number)), float(LEFT)
    for state, count in bar.counts:
        width = unit * count
        body += rect(x, y, width, HIGH, shade_fill(name, state), f"{states(state, count)} : {count}")
        label = f"{count} {states(state, count)}"
        label = label if width >= EACH * (len(label) + 2) else str(count)
        room = EACH * len(label) + 8
        body += rect(x + (width - room) / 2, y + 3, room, HIGH - 6, "var(--sheet, #fff)", line=False)
        body += text(x + width / 2, y + HIGH - 6, label, middle=True)
        x += width
    return body
