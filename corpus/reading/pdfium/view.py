"""Where things are on a page."""

from __future__ import annotations

import pypdfium2 as pdfium

from corpus.reading.sheet import Box


class View:
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
