"""Lines that end only because their column does: what the page's writer meant as one goes on in the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from corpus.reading.words import Piece

MARKER = re.compile(r"[•●○◦▪■□☐☑✓➢➤❖►▶→–—*·o-]|(?:\d{1,2}|[a-zA-Z])[.)]|\d{1,2}(?:\.\d{1,2})+\.?")
_LINKS = (
    "a à au aux avec chez d dans de des du en et l la le les ou par pour sans sous sur un une vers and at by for from "
    "in of on or the to with"
)
_OPEN = re.compile(rf"[-–—,/(&+'’]$|(?:^|[\s'’])(?:{'|'.join(_LINKS.split())})$", re.IGNORECASE)
_CLOSED = re.compile(r"[.;!?:]$")
_LEADING = 1.9  # letter heights between the baselines of a paragraph's lines, at most
_INDENT = 3.0  # letter heights that a line may stand to the right of the one it goes on from
_SENTENCE = 30  # letters: a shorter line before a capital is an item of a list, however close they stand
_TIGHTER = 0.9  # of the usual leading: lines nearer than that to one another are of one paragraph


class Torn(str):
    """A line that the next one goes on."""

    __slots__ = ()


def wrapped(rows: Sequence[Sequence[Piece]], told: Callable[[Sequence[Piece]], list[str]]) -> list[str]:
    """The lines of a column's rows, in order, those that the next goes on as `Torn`.

    Args:
        told: makes the lines of a row.
    """
    text: list[str] = []
    edge = max((p.right for row in rows for p in row), default=0.0)
    tight = _TIGHTER * _usual(rows)
    for row, after in pairwise([*rows, ()]):
        lines = told(row)
        whole = any(p.whole for p in (*row, *after))
        if after and len(after) == 1 and not whole and _goes_on(row[-1], after[0], edge, tight, len(row) == 1):
            lines[-1] = Torn(lines[-1])
        text += lines
    return text


def head(text: str, cells: Sequence[Sequence[Piece]]) -> str:
    """The first line of a row of cells, told as `text`; torn where its only longer cell goes on below."""
    longer = [cell for cell in cells if len(cell) > 1 and not any(p.whole for p in cell[:2])]
    if len(longer) != 1 or longer[0] is not cells[-1]:
        return text
    cell = longer[0]
    goes_on = _goes_on(cell[0], cell[1], max(p.right for p in cell), _TIGHTER * _usual([[p] for p in cell]), True)
    return Torn(text) if goes_on else text


def _usual(rows: Sequence[Sequence[Piece]]) -> float:
    """The widest of the leadings that come often: between paragraphs, where they are set apart."""
    steps = sorted(b[0].baseline - a[0].baseline for a, b in pairwise(rows) if a[0].size == b[0].size)
    return steps[len(steps) * 2 // 3] if len(steps) > 2 else 0.0


def _goes_on(line: Piece, after: Piece, edge: float, tight: float, alone: bool) -> bool:
    """True where the first word of `after` would not have fitted at the end of `line`, and it reads on.

    Args:
        tight: leading below which even a capital goes on; 0 for none.
        alone: whether `line` has its row to itself, so that `after` must stand below its start.
    """
    words, first = after.lines[0].split(), line.lines[-1]
    step = after.baseline - line.baseline
    if not words or MARKER.fullmatch(words[0]) or _CLOSED.search(first) or not 0 < step < _LEADING * line.size:
        return False
    indent = after.left - line.left
    if abs(after.size - line.size) > 0.1 * line.size or (alone and not -1 <= indent <= _INDENT * line.size):
        return False
    width = (after.right - after.left) * len(words[0]) / max(len(after.lines[0]), 1)
    if line.right + 0.2 * line.size + width <= edge:
        return False
    return words[0][0].islower() or _OPEN.search(first) is not None or (step < tight and len(first) >= _SENTENCE)
