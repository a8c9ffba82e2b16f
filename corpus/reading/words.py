"""Glyphs become words; what nobody can see on the page is counted and left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from corpus.reading.sheet import Glyph

_SPLIT = 0.22  # a gap of that many letter heights parts two words
_BACK = 0.6  # a step back of that many: the writing has begun anew elsewhere
# Wingdings and Symbol hide in a private area: their bullets and boxes by what they look like.
_PRIVATE = {0xB7: "•", 0xA7: "▪", 0x6E: "■", 0xD8: "➢", 0xFC: "✓", 0xFE: "☑", 0xA8: "☐", 0x6F: "☐", 0xE0: "→"} | {
    0xA3: "☐", 0x54: "☒",
}  # fmt: skip
_SIGNS = {0xF000 + code: sign for code, sign in _PRIVATE.items()} | {0x02: "-", 0xAD: "-", 0xA0: " "}
_ICON = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]+")  # of a font of pictures: each has signs of its own
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_DROPPED = dict.fromkeys([*range(0x00, 0x02), *range(0x03, 0x20), 0x7F, 0x200B, 0xFEFF, 0xFFFE, 0xFFFF])
_TRANSLATION = {**_DROPPED, **_SIGNS, **_LIGATURES}


class Piece(NamedTuple):
    """Text that stays together, and where it stands: a word, or a whole table or panel with its lines.

    Attributes:
        place: its rank in the order in which the page draws its text.
        whole: True for a table or panel, which no neighbour is joined to.
    """

    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    place: int
    lines: tuple[str, ...]
    whole: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def words(glyphs: Iterable[Glyph]) -> Iterator[Piece]:
    """The words of a page in the order in which it draws them; text that runs up or down comes as whole pieces."""
    upright: list[list[Glyph]] = []
    turned: list[list[Glyph]] = []
    for run in _runs(glyphs):
        (turned if run[0].turn in (1, 3) else upright).append(run)
    yield from _unspaced([piece for place, run in enumerate(upright) if (piece := _word(run, place))])
    yield from _turned(turned, len(upright))


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    run: list[Glyph] = []
    for glyph in glyphs:
        if not glyph.char.strip():
            if run:
                yield run
            run = []
        elif run and not _continues(run[-1], glyph):
            yield run
            run = [glyph]
        elif not (run and _doubled(run[-1], glyph)):
            run.append(glyph)
    if run:
        yield run


def _along(glyph: Glyph) -> tuple[float, float]:
    """Where a glyph begins and ends along its line, in its writing direction."""
    if glyph.turn == 0:
        return glyph.left, glyph.right
    if glyph.turn == 1:
        return glyph.top, glyph.bottom
    return (-glyph.right, -glyph.left) if glyph.turn == 2 else (-glyph.bottom, -glyph.top)


def _continues(last: Glyph, glyph: Glyph) -> bool:
    if glyph.turn != last.turn:
        return False
    size = max(last.size, glyph.size)
    gap = _along(glyph)[0] - _along(last)[1]
    return abs(glyph.baseline - last.baseline) <= 0.5 * size and -_BACK * size < gap < _SPLIT * size


def _doubled(last: Glyph, glyph: Glyph) -> bool:
    """True for the second stroke of a letter drawn twice to look bold."""
    near = abs(_along(glyph)[0] - _along(last)[0]) + abs(glyph.baseline - last.baseline)
    return glyph.char == last.char and near < 0.1 * glyph.size


def _word(run: Sequence[Glyph], place: int) -> Piece | None:
    text = spelled("".join(g.char for g in run))
    if not text:
        return None
    first = max(run, key=lambda g: g.size)  # not a raised "er" or a footnote's number
    size, base = first.size, first.baseline
    left, right = min(g.left for g in run), max(g.right for g in run)
    return Piece(left, base - 0.75 * size, right, base + 0.2 * size, base, size, place, (text,))


def _unspaced(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, with the letters of s p a c e d   w o r d s joined: four or more with the same gap between them."""
    run: list[Piece] = []
    for piece in [*pieces, None]:
        if run and (piece is None or not _letter(piece) or not _follows(run[-1], piece)):
            yield from _closed(run)
            run = []
        if piece is not None and _letter(piece):
            run.append(piece)
        elif piece is not None:
            yield piece


def _letter(piece: Piece) -> bool:
    return len(piece.lines[0]) == 1 and piece.lines[0].isalpha()


def _follows(last: Piece, piece: Piece) -> bool:
    return abs(piece.baseline - last.baseline) < 1 and 0 < piece.left - last.right < 1.5 * last.size


def _closed(run: Sequence[Piece]) -> Iterator[Piece]:
    if len(run) < 4:
        yield from run
        return
    usual = median(b.left - a.right for a, b in pairwise(run))
    word = run[0]
    for last, piece in pairwise(run):
        if piece.left - last.right < 1.5 * usual:
            word = word._replace(right=piece.right, lines=(word.lines[0] + piece.lines[0],))
        else:
            yield word
            word = piece
    yield word


def spelled(text: str) -> str:
    """A text with its ligatures and private signs as ordinary letters, composed; pictures before it as a bullet."""
    text = text.translate(_TRANSLATION)
    if icon := _ICON.match(text):
        text = "•" + text[icon.end() :]
    return unicodedata.normalize("NFC", text).strip()


def symbol(code: str) -> str:
    """What a character of a font of symbols looks like; `code` is hexadecimal, raises ValueError where it is not."""
    number = int(code, 16)
    return spelled(chr(0xF000 | number if number < 0x100 else number))


def _turned(runs: Sequence[Sequence[Glyph]], place: int) -> Iterator[Piece]:
    """Vertical text: neighbouring words of a line joined, line after line, each group as one whole piece."""
    group: list[Sequence[Glyph]] = []
    for last, run in pairwise([None, *runs, None]):
        if last is not None:
            group.append(last)
        if group and (run is None or not _near(group[-1], run)):
            if piece := _upended(group, place):
                yield piece
            group, place = [], place + 1


def _near(last: Sequence[Glyph], run: Sequence[Glyph]) -> bool:
    size = last[-1].size
    beside = abs(run[0].baseline - last[-1].baseline) < 1.6 * size
    overlap = _along(run[0])[0] - size < _along(last[-1])[1] and _along(last[0])[0] - size < _along(run[-1])[1]
    return run[0].turn == last[-1].turn and beside and overlap


def _upended(group: Sequence[Sequence[Glyph]], place: int) -> Piece | None:
    lines: list[str] = []
    for last, run in pairwise([None, *group]):
        text = spelled("".join(g.char for g in run))
        if last is not None and abs(run[0].baseline - last[-1].baseline) < 0.4 * run[0].size:
            lines[-1] += f" {text}"
        else:
            lines.append(text)
    glyphs = [g for run in group for g in run]
    box = (
        min(g.left for g in glyphs), min(g.top for g in glyphs),
        max(g.right for g in glyphs), max(g.bottom for g in glyphs),
    )  # fmt: skip
    kept = tuple(line for line in lines if line)
    return Piece(*box, box[1] + 0.75 * glyphs[0].size, glyphs[0].size, place, kept, True) if kept else None
