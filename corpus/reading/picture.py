"""The image of a PDF's page with a quote marked on it."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.document import squeeze
from corpus.reading.pdf import unseen_glyphs
from corpus.reading.pdfium import Pdf
from corpus.reading.refusals import Refused
from corpus.reading.sheet import Box, Glyph
from corpus.reading.words import Piece, spelled, words

_DOTS = 110 / 72  # pixels a point
_LARGEST = 4000  # pixels of a side: a poster is drawn smaller
_SHORTEST = 12  # letters: a shorter stretch may stand anywhere by chance
_MARK = (255, 224, 70)  # what white paper becomes under the marker; ink stays


class Picture(NamedTuple):
    """A page drawn: PNG of so many pixels, and where its first mark begins, from the left and the top, in pixels."""

    png: bytes
    width: int
    height: int
    mark: tuple[int, int] | None


def picture(data: bytes, page: int, quote: str) -> Picture:
    """The page, from 1, at 110 dots an inch.

    Raises:
        Refused: if there is no such page.
    """
    pdf = Pdf(data)
    if not 1 <= page <= pdf.pages:
        raise Refused("no_page", page=page, pages=pdf.pages)
    sheet = pdf.sheet(page)
    unseen = unseen_glyphs(pdf, page, sheet)
    shown = [g for i, g in enumerate(sheet.glyphs) if i not in unseen]
    scale = min(_DOTS, _LARGEST / max(sheet.width, sheet.height, 1))
    rgb, width, height = pdf.colours(page, scale)
    marks = [_mark(rgb, width, height, box, scale) for box in boxes(shown, quote)]
    first = min(marks, key=lambda mark: mark[1], default=None)
    return Picture(_encoded(rgb, width, height), width, height, first)


def boxes(glyphs: Sequence[Glyph], quote: str) -> list[Box]:
    """Where a quote stands on a page, a box a word.

    The page is searched in the order in which it draws its text, which may not be that in which it is read, and a
    quote may go on from another page: each of its longest stretches of words that the page has is marked.
    """
    text, owners = "", []
    for piece in words(glyphs):
        letters = squeeze("".join(piece.lines))
        text += letters
        owners += [piece] * len(letters)
    edges = {i for i, (last, piece) in enumerate(pairwise([None, *owners, None])) if last is not piece}
    found = {owners[i].place: owners[i] for start, end in _stretches(text, edges, quote) for i in range(start, end)}
    return [_box(piece) for piece in found.values()]


def _stretches(text: str, edges: Container[int], quote: str) -> Iterator[tuple[int, int]]:
    """Where the longest stretches of a quote's words stand in a text without white space."""
    parts = [squeeze(spelled(word)) for word in quote.split()]
    whole = "".join(parts)
    if whole and (at := text.find(whole)) >= 0:
        yield at, at + len(whole)
        return
    start = after = 0
    while start < len(parts):
        end, at = _longest(text, edges, parts, start, after)
        length = len("".join(parts[start:end]))
        if length >= _SHORTEST:
            after = at + length
            yield at, after
        start = max(end, start + 1)


def _longest(text: str, edges: Container[int], parts: Sequence[str], start: int, after: int) -> tuple[int, int]:
    """The end of the longest run of whole words from a start that stands in the text, and where: best further on."""
    low, high = start, len(parts)
    while low < high:
        middle = (low + high + 1) // 2
        if "".join(parts[start:middle]) in text:
            low = middle
        else:
            high = middle - 1
    for end in range(low, start, -1):
        wanted = "".join(parts[start:end])
        places = [m.start() for m in re.finditer(f"(?={re.escape(wanted)})", text)]
        whole = [at for at in places if at in edges and at + len(wanted) in edges]
        if whole:
            return end, next((at for at in whole if at >= after), whole[0])
    return start, 0


def _box(piece: Piece) -> Box:
    return Box(piece.left - 1, piece.top - 1, piece.right + 1, piece.bottom + 1)


def _mark(rgb: bytearray, width: int, height: int, box: Box, scale: float) -> tuple[int, int]:
    """Lay a translucent marker over a box: white becomes its colour, black stays black; its left and top pixel."""
    left, right = max(int(box.left * scale), 0), min(int(box.right * scale) + 1, width)
    top, bottom = max(int(box.top * scale), 0), min(int(box.bottom * scale) + 1, height)
    for y in range(top, bottom):
        for channel, most in enumerate(_MARK):
            row = slice(3 * (y * width + left) + channel, 3 * (y * width + right), 3)
            rgb[row] = bytes(min(value, most) for value in rgb[row])
    return left, top


def _encoded(rgb: bytes, width: int, height: int) -> bytes:
    """PNG (ISO/IEC 15948), 8 bits of red, green and blue, no interlace."""
    rows = b"".join(b"\0" + rgb[3 * width * y : 3 * width * (y + 1)] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
