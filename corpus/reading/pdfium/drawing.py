"""What a page draws besides its text: pictures, filled boxes, lines."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.document import Unseen
from corpus.reading.pdfium.view import View
from corpus.reading.sheet import Box

_PATH_POINTS = 20_000  # a map or a drawing beyond that: no table
_MOST_FILLS = 2_000  # of a page: more is a drawing
_SHEER = 200  # of 255: what is painted thinner lets the text under it be read
_ALIKE = 24  # of 255 a channel: colours nearer than that are not told apart
_THIN = 2.6  # points: a filled box no thicker is a drawn line


class Paint:
    """What a page paints in which order: pictures and filled boxes over its text, or of its text's colour."""

    def __init__(self, page: pdfium.PdfPage, view: View) -> None:
        self._order: dict[int, int] = {}
        self._fills: list[tuple[int, Box, tuple[int, ...] | None]] = []
        self.forms = False
        for place in range(raw.FPDFPage_CountObjects(page.raw)):
            item = raw.FPDFPage_GetObject(page.raw, place)
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self._order[address(item)] = place
            elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH) and len(self._fills) < _MOST_FILLS:
                self._fill(item, kind, place, view)
            self.forms = self.forms or kind == raw.FPDF_PAGEOBJ_FORM

    @property
    def pictures(self) -> list[Box]:
        return [box for _, box, colour in self._fills if colour is None]

    def _fill(self, item: raw.FPDF_PAGEOBJECT, kind: int, place: int, view: View) -> None:
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


def address(item: raw.FPDF_PAGEOBJECT) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def drawn(page: pdfium.PdfPage, view: View) -> tuple[list[Box], list[Box]]:
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


def _outlines(item: pdfium.PdfObject, view: View) -> Iterator[list[tuple[float, float]]]:
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
