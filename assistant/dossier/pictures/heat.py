"""Experiences against blocks: how many lines of each experience stand as evidence in each block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.dossier.dossier import Assessment, Dossier, Job, Target
from assistant.dossier.pictures.svg import drawn, rect, text

LEFT, HEAD, CELL, HIGH = 260, 30, 72, 30  # pixels
NAMED = 34  # characters of an experience's name that fit
DEPTH = 0.75  # of the fullest cell's colour


@dataclass(frozen=True, slots=True)
class Heat:
    """Attributes:
    blocks: numbers of the blocks, in official order.
    rows: for each experience its name and, for each block, its lines in evidence; the last row, without a name, is
        what the CV says outside experiences.
    """

    blocks: tuple[int, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def most(self) -> int:
        return max((n for _, row in self.rows for n in row), default=0)

    def abreast(self, count: int) -> Iterator[Heat]:
        """The same, so many blocks at a time."""
        for first in range(0, len(self.blocks), count):
            part = slice(first, first + count)
            yield Heat(self.blocks[part], tuple((job, row[part]) for job, row in self.rows))


def heat(dossier: Dossier, target: Target) -> Heat:
    """The figures of a certification's blocks that are aimed at."""
    blocks = [b for b in target.blocks if b.aimed]
    jobs = [j for j in dossier.jobs if j.used]
    rows = [(name_of(j), tuple(len(shared(j, b)) for b in blocks)) for j in jobs]
    within = {line for j in dossier.jobs for line in j.lines}
    rows.append(("", tuple(len(_lines(b) - within) for b in blocks)))
    return Heat(tuple(b.number for b in blocks), tuple(rows))


def shared(job: Job, block: Assessment) -> set[int]:
    """The lines of an experience that stand as evidence in a block."""
    return set(job.lines) & _lines(block)


def name_of(job: Job) -> str:
    return ", ".join(x for x in (job.title, job.employer) if x) or "…"


def _lines(block: Assessment) -> set[int]:
    return {p.line.number for c in block.competences for p in c.shown}


def heat_svg(found: Heat, name: str, title: str, desc: str, block: str, outside: str) -> str:
    """The picture.

    Args:
        block: how a block is named, with a hole "{n}".
        outside: the name of the last row.
    """
    body = "".join(
        text(LEFT + CELL * (i + 0.5), HEAD - 10, block.format(n=n), middle=True) for i, n in enumerate(found.blocks)
    )
    for place, (job, counts) in enumerate(found.rows):
        y = HEAD + place * HIGH
        body += text(0, y + HIGH - 10, shortened(job or outside)) + _cells(counts, y, found.most)
    return drawn(LEFT + CELL * len(found.blocks) + 2, HEAD + HIGH * len(found.rows) + 2, name, title, desc, body)


def _cells(counts: Sequence[int], y: float, most: int) -> str:
    body = ""
    for place, count in enumerate(counts):
        x, depth = LEFT + CELL * place, DEPTH * count / max(1, most)
        body += rect(x, y, CELL, HIGH, "var(--sheet, #fff)")
        body += f'<g opacity="{depth:.2f}">{rect(x, y, CELL, HIGH, "var(--state-partial, #4f9a70)", line=False)}</g>'
        body += text(x + CELL / 2, y + HIGH - 10, str(count) if count else "–", middle=True)
    return body


def shortened(name: str) -> str:
    return name if len(name) <= NAMED else name[: NAMED - 1].rstrip(" ,") + "…"
