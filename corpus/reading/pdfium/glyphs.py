"""The characters of a page, and which of them nobody sees."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.document import Unseen
from corpus.reading.pdfium.drawing import Paint, address
from corpus.reading.pdfium.view import View
from corpus.reading.sheet import Box, Glyph


class _Style(NamedTuple):
    size: float
    turn: int
    unseen: Unseen | None
    pale: bool
    hiding: tuple[tuple[Box, Unseen], ...]


def glyphs(text: pdfium.PdfTextPage, view: View, paint: Paint) -> Iterator[Glyph]:
    handle, box, x, y = text.raw, raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    styles: dict[int, _Style] = {}
    last: tuple[int, Box, str] | None = None
    for index in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(handle, index))
        if char in "\r\n" or raw.FPDFText_IsGenerated(handle, index) == 1:
            yield Glyph(" " if char == " " else "", 0, 0, 0, 0, 0, 0, 0, None, None)
            continue
        key = ctypes.c_void_p.from_buffer(raw.FPDFText_GetTextObject(handle, index)).value or -index
        if (style := styles.get(key)) is None:
            style = styles[key] = _style(handle, index, view, paint)
        raw.FPDFText_GetLooseCharBox(handle, index, box)
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        shown = view.box(box.left, box.bottom, box.right, box.top)
        ligated = last is not None and last[:2] == (key, shown) and (char != last[2] or char in "ft")
        last = (key, shown, char)
        if ligated and style.turn == 0:  # the second letter of "fi", which PDFium lays over the first
            shown = shown._replace(left=shown.right)
        start = view.point(x.value, y.value)
        middle = (shown.left + shown.right) / 2, (shown.top + shown.bottom) / 2
        unseen = style.unseen or (None if view.sees(*middle) else Unseen.OUTSIDE)
        doubt = Unseen.PALE if style.pale else next((why for b, why in style.hiding if b.holds(middle)), None)
        baseline = start[1] if style.turn in (0, 2) else start[0]
        yield Glyph(char, *shown, baseline, style.size, style.turn, unseen, doubt)


def _style(handle: raw.FPDF_TEXTPAGE, index: int, view: View, paint: Paint) -> _Style:
    matrix, colour = raw.FS_MATRIX(), [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetMatrix(handle, index, matrix)
    (x0, y0), (x1, y1) = view.point(0, 0), view.point(matrix.a, matrix.b)
    turn = round(math.atan2(y1 - y0, x1 - x0) / (math.pi / 2)) % 4
    size = raw.FPDFText_GetFontSize(handle, index) * math.hypot(matrix.c, matrix.d)
    mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(handle, index))
    stroked = mode in (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP)
    (raw.FPDFText_GetStrokeColor if stroked else raw.FPDFText_GetFillColor)(handle, index, *colour)
    red, green, blue, alpha = (c.value for c in colour)
    invisible = mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP) or alpha < 20
    unseen = Unseen.TRANSPARENT if invisible else Unseen.TINY if size < 3 else None
    hiding = paint.hiding(address(raw.FPDFText_GetTextObject(handle, index)), (red, green, blue))
    return _Style(size, turn, unseen, min(red, green, blue) > 215 or alpha < 60, hiding)
