"""A PDF as PDFium opens it."""

from __future__ import annotations

from contextlib import closing
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.reading.pdfium.drawing import Paint, drawn
from corpus.reading.pdfium.glyphs import glyphs
from corpus.reading.pdfium.view import View
from corpus.reading.refusals import Refused
from corpus.reading.sheet import Sheet


class Pixels(NamedTuple):
    """A picture in 255 levels of grey, row by row, `stride` bytes a row."""

    grey: bytes
    width: int
    height: int
    stride: int


class Pdf:
    """An open PDF.

    Raises:
        Refused: if it is encrypted, or damaged beyond opening.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._pdf = pdfium.PdfDocument(data)
            self.pages = len(self._pdf)
        except pdfium.PdfiumError as error:
            locked = error.err_code == raw.FPDF_ERR_PASSWORD
            raise Refused("encrypted" if locked else "broken", kind="pdf") from None
        if not self.pages:
            raise Refused("broken", kind="pdf")

    def sheet(self, number: int) -> Sheet:
        """A page, from 1; an empty one where the page is damaged."""
        try:
            page = self._pdf[number - 1]
        except pdfium.PdfiumError:
            return Sheet(0, 0, (), (), ())
        with closing(page):
            view = View(page)
            paint = Paint(page, view)
            with closing(page.get_textpage()) as text:
                written = tuple(glyphs(text, view, paint))
            rules, panels = drawn(page, view)
            return Sheet(
                view.width, view.height, written, tuple(rules), tuple(panels), tuple(paint.pictures), paint.forms
            )

    def pixels(self, number: int, scale: float, text: bool = True) -> Pixels:
        """A page as it looks, in grey; `scale` in pixels a point.

        Args:
            text: False leaves out what the page itself writes; forms placed on it keep their text.
        """
        with closing(self._pdf[number - 1]) as page:
            if not text:
                _without_text(page)
            with closing(page.render(scale=scale, grayscale=True)) as bitmap:
                return Pixels(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)

    def colours(self, number: int, scale: float) -> tuple[bytearray, int, int]:
        """A page as it looks: red, green and blue bytes row by row, width, height."""
        with closing(self._pdf[number - 1]) as page, closing(page.render(scale=scale, rev_byteorder=True)) as bitmap:
            step, width = bitmap.n_channels, bitmap.width
            buffer = bytes(bitmap.buffer)
            rgb = bytearray(3 * width * bitmap.height)
            for channel in range(3):
                rows = (
                    buffer[y * bitmap.stride + channel : y * bitmap.stride + width * step : step]
                    for y in range(bitmap.height)
                )
                rgb[channel::3] = b"".join(rows)
            return rgb, width, bitmap.height


def _without_text(page: pdfium.PdfPage) -> None:
    for place in reversed(range(raw.FPDFPage_CountObjects(page.raw))):
        item = raw.FPDFPage_GetObject(page.raw, place)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT and raw.FPDFPage_RemoveObject(page.raw, item):
            raw.FPDFPageObj_Destroy(item)
