"""The characters that the fonts of the documents have: whatever they lack is shown as "�", never dropped."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

from assistant.typography import clean

FONTS = Path(__file__).with_name("fonts")
NO_GLYPH = "\ufffd"
PRIVATE = range(0xE000, 0xF900)  # a character of one's own means nothing to a reader
SEGMENTS = 12  # the format of a font's table of all Unicode: groups of first and last character, and first glyph


def drawable(text: str) -> str:
    """A text of which the fonts have every character."""
    known = _known()
    return "".join(c if ord(c) in known or c in "\t\n" else NO_GLYPH for c in clean(text))


@cache
def _known() -> frozenset[int]:
    """The characters that every font has and every reader knows."""
    return frozenset.intersection(*(_characters(f.read_bytes()) for f in sorted(FONTS.glob("*.ttf")))) - set(PRIVATE)


def _characters(font: bytes) -> frozenset[int]:
    """The characters of a TrueType font's `cmap` table of format 12; ValueError where it has none."""
    at = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, at + 2)
    for place in range(at + 4, at + 4 + 8 * count, 8):
        start = at + struct.unpack_from(">HHI", font, place)[2]
        if struct.unpack_from(">H", font, start)[0] == SEGMENTS:
            (groups,) = struct.unpack_from(">I", font, start + 12)
            spans = [struct.unpack_from(">III", font, start + 16 + 12 * n) for n in range(groups)]
            return frozenset(c for first, last, glyph in spans for c in range(first, last + 1) if glyph)
    raise ValueError("expected a font with a character table of format 12")


def _table(font: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    rows = [struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(count)]
    return next(offset for tag, _, offset, _ in rows if tag == name)
