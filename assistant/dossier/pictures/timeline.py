"""Experiences in time, each in the colour of the block that most of its lines speak for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from assistant.dossier.dossier import Dossier, Job, Target
from assistant.dossier.pictures.heat import name_of, shared, shortened
from assistant.dossier.pictures.svg import drawn, rect, rule, text

WIDTH, LEFT, STEP, HIGH, ROOM = 720, 260, 32, 22, 34  # pixels; ROOM for a block's number
COLOURS = ("#8fb8de", "#f2c27b", "#a8d5a2", "#d7a9d9", "#e0a9a0", "#9fd3d1", "#cfcf8a", "#bdb6e0")
TICKS = 8  # years written along the axis at most
NONE = "var(--sheet, #fff)"


@dataclass(frozen=True, slots=True)
class Span:
    """An experience with a date.

    Attributes:
        first, last: in years, fractions for months: March 2015 starts at 2015 + 2/12.
        current: True where it goes on.
        blocks: numbers of the blocks that its lines stand for, most lines first.
    """

    name: str
    first: float
    last: float
    current: bool
    blocks: tuple[int, ...]


def spans(dossier: Dossier, target: Target) -> tuple[Span, ...]:
    """The experiences that are used and dated, earliest first."""
    found = [_span(j, target, dossier) for j in dossier.jobs if j.used and j.first is not None]
    return tuple(sorted(found, key=lambda s: (s.first, s.last)))


def _span(job: Job, target: Target, dossier: Dossier) -> Span:
    lines = {b.number: len(shared(job, b)) for b in target.blocks if b.aimed}
    blocks = tuple(sorted((n for n, k in lines.items() if k), key=lambda n: (-lines[n], n)))
    today = dossier.day.year + (dossier.day.month - 1) / 12
    first = job.first.year + ((job.first.month or 1) - 1) / 12 if job.first else today
    last = job.last.year + (job.last.month or 12) / 12 if job.last else today
    return Span(name_of(job), first, max(last, first + 1 / 12), job.last is None, blocks)


def timeline_svg(found: Sequence[Span], name: str, title: str, desc: str, block: str) -> str:
    """The picture; `block` is how a block is named, with a hole "{n}"."""
    if not found:
        return ""
    start, end = floor(min(s.first for s in found)), ceil(max(s.last for s in found))
    unit = (WIDTH - LEFT - 24) / max(1, end - start)
    bottom = STEP * len(found) + 8
    body = _axis(start, end, unit, bottom)
    for row, span in enumerate(found):
        y = row * STEP + 6
        body += text(0, y + HIGH - 6, shortened(span.name)) + _box(
            span, LEFT + (span.first - start) * unit, y, unit, block
        )
    return drawn(WIDTH, bottom + 22, name, title, desc, body)


def _axis(start: int, end: int, unit: float, bottom: float) -> str:
    step = max(1, ceil((end - start) / TICKS))
    return "".join(
        rule(LEFT + (year - start) * unit, 0, LEFT + (year - start) * unit, bottom)
        + text(LEFT + (year - start) * unit, bottom + 16, str(year), middle=True)
        for year in range(start, end + 1, step)
    )


def _box(span: Span, x: float, y: float, unit: float, block: str) -> str:
    width = max(3.0, (span.last - span.first) * unit)
    named = ", ".join(block.format(n=n) for n in span.blocks)
    fill = COLOURS[(span.blocks[0] - 1) % len(COLOURS)] if span.blocks else NONE
    body = rect(x, y, width, HIGH, fill, named)
    if span.blocks:
        said = "+".join(map(str, span.blocks)) + (" →" if span.current else "")
        at = x + width / 2 if width >= ROOM else max(LEFT + 4.0, x - 14)
        body += text(at, y + HIGH - 6, said, middle=True, fill="#1a1a1a" if width >= ROOM else "var(--ink, #1a1a1a)")
    return body
