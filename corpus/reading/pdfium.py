"""The one door to PDFium: what a page shows, in points from its top left corner as it is displayed."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.document import Unseen
from corpus.reading.refusals import Refused

_PATH_POINTS = 20_000  # a map or a drawing beyond that: no table
_MOST_FILLS = 2_000  # of a page: more is a drawing
_SHEER = 200  # of 255: what is painted thinner lets the text under it be read
_ALIKE = 24  # of 255 a channel: colours nearer than that are not told apart
_THIN = 2.6  # points: a filled box no thicker is a drawn line


class Glyph(NamedTuple):
    """A character as it stands on the page.

    Attributes:
        turn: quarter turns clockwise of its writing direction: 0 for ordinary text.
        unseen: why no reader of the page sees it: without ink, under 3 points or off the page; None where one may.
        doubt: why one may not: it is nearly white, or of its ground's colour, or something is drawn over it. The page
            as it is painted tells.
    """

    char: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    turn: int
    unseen: Unseen | None
    doubt: Unseen | None


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, point: tuple[float, float]) -> bool:
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom


class Sheet(NamedTuple):
    """A page: its glyphs in the order in which they are drawn (" " between words, "" where a line breaks).

    Attributes:
        pictures: boxes of its pictures.
        forms: whether a part of it is placed on it as a whole, text and all.
    """

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Box, ...]
    panels: tuple[Box, ...]
    pictures: tuple[Box, ...] = ()
    forms: bool = False

    def upright(self) -> Sheet:
        """The page turned so that most of its text runs from left to right."""
        turns = Counter(g.turn for g in self.glyphs if g.char.strip())
        sheet = self
        for _ in range(turns.most_common(1)[0][0] if turns else 0):
            sheet = sheet._turned()
        return sheet

    def _turned(self) -> Sheet:
        """The page a quarter turn counterclockwise."""
        width = self.width
        glyphs = tuple(
            g._replace(
                left=g.top, top=width - g.right, right=g.bottom, bottom=width - g.left,
                baseline=g.baseline if g.turn in (0, 2) else width - g.baseline, turn=(g.turn - 1) % 4,
            )
            for g in self.glyphs
        )  # fmt: skip
        rules, panels = (
            tuple(Box(b.top, width - b.right, b.bottom, width - b.left) for b in group)
            for group in (self.rules, self.panels)
        )
        return Sheet(self.height, width, glyphs, rules, panels)


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
            view = _View(page)
            paint = Paint(page, view)
            with closing(page.get_textpage()) as text:
                glyphs = tuple(_glyphs(text, view, paint))
            rules, panels = _drawn(page, view)
            return Sheet(
                view.width, view.height, glyphs, tuple(rules), tuple(panels), tuple(paint.pictures), paint.forms
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


class _View:
    """From a page's own coordinates to points from the top left corner as it is displayed."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        left, bottom, right, top = page.get_cropbox()
        self.quarter = page.get_rotation() // 90
        self.origin = ((left, top), (left, bottom), (right, bottom), (right, top))[self.quarter]
        self.width, self.height = page.get_size()

    def point(self, x: float, y: float) -> tuple[float, float]:
        dx, dy = x - self.origin[0], y - self.origin[1]
        return ((dx, -dy), (dy, dx), (-dx, dy), (-dy, -dx))[self.quarter]

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        if not self.quarter and x0 <= x1 and y0 <= y1:
            return Box(x0 - self.origin[0], self.origin[1] - y1, x1 - self.origin[0], self.origin[1] - y0)
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return Box(min(a, c), min(b, d), max(a, c), max(b, d))

    def sees(self, x: float, y: float) -> bool:
        return 0 <= x <= self.width and 0 <= y <= self.height


class _Style(NamedTuple):
    size: float
    turn: int
    unseen: Unseen | None
    pale: bool
    hiding: tuple[tuple[Box, Unseen], ...]


class Paint:
    """What a page paints in which order: pictures and filled boxes over its text, or of its text's colour."""

    def __init__(self, page: pdfium.PdfPage, view: _View) -> None:
        self._order: dict[int, int] = {}
        self._fills: list[tuple[int, Box, tuple[int, ...] | None]] = []
        self.forms = False
        for place in range(raw.FPDFPage_CountObjects(page.raw)):
            item = raw.FPDFPage_GetObject(page.raw, place)
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self._order[_address(item)] = place
            elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH) and len(self._fills) < _MOST_FILLS:
                self._fill(item, kind, place, view)
            self.forms = self.forms or kind == raw.FPDF_PAGEOBJ_FORM

    @property
    def pictures(self) -> list[Box]:
        return [box for _, box, colour in self._fills if colour is None]

    def _fill(self, item: raw.FPDF_PAGEOBJECT, kind: int, place: int, view: _View) -> None:
        colour = None
        if kind == raw.FPDF_PAGEOBJ_PATH:
            fill, stroke = ctypes.c_int(), ctypes.c_int()
            raw.FPDFPath_GetDrawMode(item, fill, stroke)
            red, green, blue, alpha = channels = [ctypes.c_uint() for _ in range(4)]
            if not fill.value or not raw.FPDFPageObj_GetFillColor(item, *channels) or alpha.value < _SHEER:
                return
            colour = (red.value, green.value, blue.value)
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            box = view.box(left.value, bottom.value, right.value, top.value)
            if min(box.right - box.left, box.bottom - box.top) > _THIN:
                self._fills.append((place, box, colour))

    def hiding(self, address: int, colour: tuple[int, ...]) -> tuple[tuple[Box, Unseen], ...]:
        """Boxes painted over a text, or under it in its colour."""
        own = self._order.get(address)
        if own is None:
            return ()
        over = [(box, Unseen.COVERED) for place, box, _ in self._fills if place > own]
        like = [(box, Unseen.PALE) for place, box, c in self._fills if c and place < own and _alike(c, colour)]
        return (*over, *like)


def _alike(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    return max(abs(x - y) for x, y in zip(a, b, strict=True)) < _ALIKE


def _address(item: raw.FPDF_PAGEOBJECT) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _glyphs(text: pdfium.PdfTextPage, view: _View, paint: Paint) -> Iterator[Glyph]:
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


def _style(handle: raw.FPDF_TEXTPAGE, index: int, view: _View, paint: Paint) -> _Style:
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
    hiding = paint.hiding(_address(raw.FPDFText_GetTextObject(handle, index)), (red, green, blue))
    return _Style(size, turn, unseen, min(red, green, blue) > 215 or alpha < 60, hiding)


def _drawn(page: pdfium.PdfPage, view: _View) -> tuple[list[Box], list[Box]]:
    """Straight lines along the page's edges, and filled boxes, of a page."""
    rules: list[Box] = []
    panels: list[Box] = []
    points = 0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        points += max(raw.FPDFPath_CountSegments(item), 0)
        if points > _PATH_POINTS:
            return [], []
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, fill, stroke)
        for outline in _outlines(item, view):
            if stroke.value:
                rules += _edges(outline)
            if fill.value:
                box = _around(outline)
                (rules if min(box.right - box.left, box.bottom - box.top) <= _THIN else panels).append(box)
    return rules, panels


def _outlines(item: pdfium.PdfObject, view: _View) -> Iterator[list[tuple[float, float]]]:
    """The corners of each outline of a path; a curve counts by its ends."""
    matrix, x, y = item.get_matrix(), ctypes.c_float(), ctypes.c_float()
    container = item.container
    while container is not None:
        matrix, container = matrix.multiply(container.get_matrix()), container.container
    outline: list[tuple[float, float]] = []
    for index in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and outline:
            yield outline
            outline = []
        outline.append(view.point(*matrix.on_point(x.value, y.value)))
        if raw.FPDFPathSegment_GetClose(segment):
            outline.append(outline[0])
    if outline:
        yield outline


def _edges(outline: list[tuple[float, float]]) -> Iterator[Box]:
    for (x0, y0), (x1, y1) in pairwise(outline):
        if abs(x0 - x1) <= 1 or abs(y0 - y1) <= 1:
            yield Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _around(outline: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    return Box(min(xs), min(ys), max(xs), max(ys))
