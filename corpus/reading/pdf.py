"""PDF: the text that a page shows, in reading order, page by page."""

from __future__ import annotations

from itertools import chain

from corpus.document import Page
from corpus.reading.order import lines
from corpus.reading.pdfium import Glyph, Pdf, Sheet
from corpus.reading.refusals import Refused
from corpus.reading.wire import Extract
from corpus.reading.words import words

_MOST = 2000  # pages
_CONTRAST = 20  # of 255 grey levels: what differs less from its ground is not seen
_SCALE = 1.5  # pixels a point, enough for letters of 3 points to leave a trace
_LARGEST = 4000  # pixels of a side: a poster is painted smaller


def read(data: bytes) -> Extract:
    pdf = Pdf(data)
    if pdf.pages > _MOST:
        raise Refused("pages", pages=pdf.pages, limit=_MOST)
    text: list[str] = []
    pages: list[Page] = []
    hidden = 0
    for number in range(1, pdf.pages + 1):
        sheet = pdf.sheet(number)
        unseen = unseen_glyphs(pdf, number, sheet)
        hidden += sum(bool(sheet.glyphs[i].char.strip()) for i in unseen)
        seen = sheet._replace(glyphs=tuple(g for i, g in enumerate(sheet.glyphs) if i not in unseen)).upright()
        page = lines(list(words(seen.glyphs)), seen.rules, seen.panels) or [""]
        pages.append(Page(number, len(text) + 1, len(text) + len(page)))
        text += page
    if not any(text):
        raise Refused("unseen" if hidden else "scanned", pages=pdf.pages)
    return Extract("pdf", tuple(text), tuple(pages), hidden=hidden)


def unseen_glyphs(pdf: Pdf, number: int, sheet: Sheet) -> set[int]:
    """Which glyphs of a page nobody can see; pale ones are looked up on the page as it is painted."""
    unseen = {i for i, g in enumerate(sheet.glyphs) if g.unseen}
    pale = [i for i, g in enumerate(sheet.glyphs) if g.pale and not g.unseen]
    if not pale:
        return unseen
    scale = min(_SCALE, _LARGEST / max(sheet.width, sheet.height))
    pixels, width, height, stride = pdf.pixels(number, scale)

    def seen(glyph: Glyph) -> bool:
        left, right = max(int(glyph.left * scale), 0), min(int(glyph.right * scale) + 1, width)
        top, bottom = max(int(glyph.top * scale), 0), min(int(glyph.bottom * scale) + 1, height)
        found = set(chain.from_iterable(pixels[y * stride + left : y * stride + right] for y in range(top, bottom)))
        return bool(found) and max(found) - min(found) >= _CONTRAST

    return unseen | {i for i in pale if not seen(sheet.glyphs[i])}
