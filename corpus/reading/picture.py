"""The image of a PDF's page with a quote marked on it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence

from corpus.document import squeeze
from corpus.reading.pdf import unseen_glyphs
from corpus.reading.pdfium import Box, Glyph, Pdf
from corpus.reading.refusals import Refused
from corpus.reading.words import Piece, spelled, words

_DOTS = 110 / 72  # pixels a point
_LARGEST = 4000  # pixels of a side: a poster is drawn smaller
_MARK = (255, 224, 70)  # what white paper becomes under the marker; ink stays


def png(data: bytes, page: int, quote: str) -> bytes:
    """The page, from 1, as PNG at 110 dots an inch.

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
    for box in boxes(shown, quote):
        _mark(rgb, width, height, box, scale)
    return _encoded(rgb, width, height)


def boxes(glyphs: Sequence[Glyph], quote: str) -> list[Box]:
    """Where a quote stands on a page, a box a word: as one run of the page's text, else piece by piece.

    Reading order and drawing order may differ, and a quote may go on from another page: what is found of its
    longest stretches of words is marked.
    """
    pieces = list(words(glyphs))
    text, owners = "", []
    for piece in pieces:
        letters = squeeze("".join(piece.lines))
        text += letters
        owners += [piece] * len(letters)
    found = {owners[i].place: owners[i] for start, end in _stretches(text, quote) for i in range(start, end)}
    return [_box(piece) for piece in found.values()]


def _stretches(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Where the longest stretches of a quote's words stand in a text without white space."""
    parts = [squeeze(spelled(word)) for word in quote.split()]
    start = after = 0
    while start < len(parts):
        end = _longest(text, parts, start)
        wanted = "".join(parts[start:end])
        if end > start and (len(wanted) >= 12 or end - start == len(parts)):
            at = text.find(wanted, after)
            at = at if at >= 0 else text.find(wanted)
            after = at + len(wanted)
            yield at, after
        start = max(end, start + 1)


def _longest(text: str, parts: Sequence[str], start: int) -> int:
    """The end of the longest run of words from a start that stands in the text."""
    low, high = start, len(parts)
    while low < high:
        middle = (low + high + 1) // 2
        if "".join(parts[start:middle]) in text:
            low = middle
        else:
            high = middle - 1
    return low


def _box(piece: Piece) -> Box:
    return Box(piece.left - 1, piece.top - 1, piece.right + 1, piece.bottom + 1)


def _mark(rgb: bytearray, width: int, height: int, box: Box, scale: float) -> None:
    """Lay a translucent marker over a box: white becomes its colour, black stays black."""
    left, right = max(int(box.left * scale), 0), min(int(box.right * scale) + 1, width)
    top, bottom = max(int(box.top * scale), 0), min(int(box.bottom * scale) + 1, height)
    for y in range(top, bottom):
        for channel, most in enumerate(_MARK):
            row = slice(3 * (y * width + left) + channel, 3 * (y * width + right), 3)
            rgb[row] = bytes(min(value, most) for value in rgb[row])


def _encoded(rgb: bytes, width: int, height: int) -> bytes:
    """PNG (ISO/IEC 15948), 8 bits of red, green and blue, no interlace."""
    rows = b"".join(b"\0" + rgb[3 * width * y : 3 * width * (y + 1)] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
