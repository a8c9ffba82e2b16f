"""PDF: the text that a page shows, in reading order, page by page; of scanned pages what Tesseract recognises."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from corpus.document import Page, Unseen
from corpus.reading.leaving import LeftOut
from corpus.reading.order import lines
from corpus.reading.pdfium import Pdf
from corpus.reading.recognition import Recogniser, program
from corpus.reading.refusals import Refused
from corpus.reading.sheet import Glyph, Sheet
from corpus.reading.wire import Extract
from corpus.reading.words import Piece, words
from corpus.reading.wrapping import Torn

_MOST = 2000  # pages
_CONTRAST = 20  # of 255 grey levels: what differs less from its ground is not seen
_SCALE = 1.5  # pixels a point, enough for letters of 3 points to leave a trace
_LARGEST = 4000  # pixels of a side: a poster is painted smaller
_SCAN = 0.5  # of a page that pictures cover, from which it may be scanned
_FEW = 100  # letters that a scanned page may show besides: a stamp, a page number
_LAYER = 0.25  # of the words of a scan's text layer that recognition may read otherwise


def read(data: bytes) -> Extract:
    pdf = Pdf(data)
    if pdf.pages > _MOST:
        raise Refused("pages", pages=pdf.pages, limit=_MOST)
    reader = _Reader(pdf)
    for number in range(1, pdf.pages + 1):
        reader.read(number)
    return reader.extract()


class _Reader:
    """Reads the pages of a PDF in order."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._recogniser = Recogniser(pdf)
        self._left = LeftOut()
        self._text: list[str] = []
        self._pages: list[Page] = []
        self._recognised: list[int] = []
        self._unread = 0

    def extract(self) -> Extract:
        """What was read; raises Refused where that is nothing."""
        if not any(self._text):
            reason = "unseen" if self._left.all else "scanned" if program() or not self._unread else "unrecognised"
            raise Refused("unseen_scan" if reason == "unseen" and self._unread else reason, pages=self._pdf.pages)
        torn = tuple(n for n, line in enumerate(self._text, 1) if isinstance(line, Torn))
        recognised = tuple(self._recognised)
        return Extract("pdf", tuple(self._text), tuple(self._pages), (), self._left.all, torn, recognised)

    def read(self, number: int) -> None:
        sheet = self._pdf.sheet(number)
        unseen = unseen_glyphs(self._pdf, number, sheet)
        seen = sheet._replace(glyphs=tuple(g for i, g in enumerate(sheet.glyphs) if i not in unseen))
        scanned = _scanned(sheet, seen.glyphs)
        if scanned and program():
            page = self._recognise(number, sheet, unseen)
        else:
            self._unread += scanned
            self._leave_out(number, sheet, unseen)
            upright = seen.upright()
            page = lines(list(words(upright.glyphs)), upright.rules, upright.panels)
        page = page or [""]
        self._pages.append(Page(number, len(self._text) + 1, len(self._text) + len(page)))
        self._text += page

    def _recognise(self, number: int, sheet: Sheet, unseen: dict[int, Unseen]) -> list[str]:
        """The lines of a scanned page; nothing is taken of a layer of text, and what the picture lacks is told."""
        pieces = self._recogniser.pieces(number, sheet.width, sheet.height)
        said = {_letters(word) for piece in pieces for word in piece.lines}
        layer = list(words([g for i, g in enumerate(sheet.glyphs) if i in unseen]))
        strange = [piece for piece in layer if not said & {_letters(word) for word in piece.lines}]
        if len(strange) > _LAYER * len(layer):
            self._tell(number, strange, unseen)
        if pieces:
            self._recognised.append(number)
        return lines(pieces, (), ())

    def _tell(self, number: int, strange: Sequence[Piece], unseen: dict[int, Unseen]) -> None:
        reason = next(iter(unseen.values()), Unseen.TRANSPARENT)
        for piece in strange:
            self._left.add(reason, number, "".join(piece.lines))

    def _leave_out(self, number: int, sheet: Sheet, unseen: dict[int, Unseen]) -> None:
        for i, reason in unseen.items():
            self._left.add(reason, number, sheet.glyphs[i].char)


def _letters(word: str) -> str:
    return "".join(c for c in word.casefold() if c.isalnum())


def _scanned(sheet: Sheet, seen: Sequence[Glyph]) -> bool:
    """True for a page that is as good as all picture."""
    largest = max(((p.right - p.left) * (p.bottom - p.top) for p in sheet.pictures), default=0.0)
    return largest >= _SCAN * sheet.width * sheet.height > 0 and sum(g.char.isalnum() for g in seen) < _FEW


def unseen_glyphs(pdf: Pdf, number: int, sheet: Sheet) -> dict[int, Unseen]:
    """Which glyphs of a page nobody can see, and why.

    Doubtful ones are looked up on the page, painted with and without its text.
    """
    unseen = {i: g.unseen for i, g in enumerate(sheet.glyphs) if g.unseen}
    doubtful = [i for i, g in enumerate(sheet.glyphs) if g.doubt and not g.unseen]
    if not doubtful:
        return unseen
    scale = min(_SCALE, _LARGEST / max(sheet.width, sheet.height))
    shown, bare = pdf.pixels(number, scale), pdf.pixels(number, scale, text=False)

    def seen(glyph: Glyph) -> bool:
        left, right = max(int(glyph.left * scale), 0), min(int(glyph.right * scale) + 1, shown.width)
        top, bottom = max(int(glyph.top * scale), 0), min(int(glyph.bottom * scale) + 1, shown.height)
        rows = [slice(y * shown.stride + left, y * shown.stride + right) for y in range(top, bottom)]
        if sheet.forms and glyph.doubt is Unseen.PALE:  # the text of a form is in both pictures
            found = set(chain.from_iterable(shown.grey[row] for row in rows))
            return bool(found) and max(found) - min(found) >= _CONTRAST
        pairs = chain.from_iterable(zip(shown.grey[row], bare.grey[row], strict=True) for row in rows)
        return any(abs(a - b) >= _CONTRAST for a, b in pairs)

    return unseen | {i: doubt for i in doubtful if (doubt := sheet.glyphs[i].doubt) and not seen(sheet.glyphs[i])}
