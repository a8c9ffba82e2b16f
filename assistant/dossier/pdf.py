"""The dossier as a PDF, the same pieces as the DOCX: the only file that writes with ReportLab.

Its fonts ship beside this file and are embedded, so every reader shows the same, without network. It has a title, a
language, bookmarks and real text; it is not tagged, which ReportLab cannot do: who needs tags takes the DOCX.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache, singledispatchmethod
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageTemplate, Spacer
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from assistant.dossier import wording as say
from assistant.dossier.chapters import TITLE, Coverage, Heading, Paragraph, Piece, Table, Tone, chapters
from assistant.dossier.dossier import Dossier
from assistant.dossier.pictures.coverage import Bar, bars
from assistant.dossier.pictures.shades import SHADES
from assistant.typography import clean, french

FONTS = Path(__file__).with_name("fonts")
REGULAR, BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"
MARGIN = 2 * cm
WIDTH = A4[0] - 2 * MARGIN
INK, QUIET, WARNING = HexColor("#1a1a1a"), HexColor("#555555"), HexColor("#8a1c00")
RULE, HEAD, PAPER = HexColor("#9a9a9a"), HexColor("#ececec"), HexColor("#ffffff")
NO_GLYPH = "\ufffd"
ROOM = 3.5 * cm  # left below a heading, or it goes to the next page
LETTERS = french("O : oui ; P : partiellement ; C : citée seulement ; N : non. Le nombre est celui des compétences.")


@cache
def _glyphs() -> frozenset[int]:
    """The characters that both fonts have; makes the fonts known to ReportLab."""
    fonts = [TTFont(name, str(FONTS / f"{name}.ttf")) for name in (REGULAR, BOLD)]
    for font in fonts:
        pdfmetrics.registerFont(font)
    return frozenset.intersection(*(frozenset(f.face.charToGlyph) for f in fonts))


def _style(name: str, size: float, **more: object) -> ParagraphStyle:
    return ParagraphStyle(
        name, fontName=REGULAR, fontSize=size, leading=size * 1.35, textColor=INK, spaceAfter=4, **more
    )


STYLES = {
    "title": _style("title", 17),
    1: _style("h1", 13, spaceBefore=12),
    2: _style("h2", 11, spaceBefore=10),
    3: _style("h3", 9.5, spaceBefore=6),
    Tone.PLAIN: _style("plain", 9.5),
    Tone.NOTICE: _style("notice", 9.5),
    Tone.QUIET: _style("quiet", 8.5),
    Tone.ITEM: _style("item", 9.5, leftIndent=12, bulletIndent=2),
    "cell": _style("cell", 8),
}
for _bold in ("title", 1, 2, 3, Tone.NOTICE):
    STYLES[_bold].fontName = BOLD
STYLES[Tone.NOTICE].textColor, STYLES[Tone.QUIET].textColor = WARNING, QUIET
GRID = [
    ("GRID", (0, 0), (-1, -1), 0.5, RULE),
    ("BACKGROUND", (0, 0), (-1, 0), HEAD),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    *((side, (0, 0), (-1, -1), 3) for side in ("TOPPADDING", "BOTTOMPADDING", "LEFTPADDING", "RIGHTPADDING")),
]


def pdf(dossier: Dossier) -> bytes:
    """The file's bytes."""
    _glyphs()
    out = io.BytesIO()
    _Pages(out, dossier).build(list(_flow(dossier)))
    return out.getvalue()


def _flow(dossier: Dossier) -> Iterator[Flowable]:
    yield Text(_set(TITLE), STYLES["title"])
    yield Text(f"Établi le {dossier.day:%d/%m/%Y}", STYLES[Tone.PLAIN])
    writer = _Writer()
    for piece in chapters(dossier):
        yield from writer.write(piece)


def _set(text: str) -> str:
    """A text as ReportLab reads it: nothing in it is markup, nothing lacks a glyph."""
    glyphs = _glyphs()
    shown = "".join(c if ord(c) in glyphs or c in "\t\n" else NO_GLYPH for c in clean(text))
    return escape(shown).replace("\n", "<br/>")


class _Heading(Text):
    """A heading that is also a bookmark."""

    def __init__(self, piece: Heading) -> None:
        super().__init__(_set(piece.text), STYLES[piece.level])
        self.piece = piece


class _Pages(BaseDocTemplate):
    """A4 pages with the mention above and the page's number below."""

    def __init__(self, out: io.BytesIO, dossier: Dossier) -> None:
        super().__init__(
            out, pagesize=A4, title=TITLE, author="Acquis", subject=say.DRAFT, lang="fr-FR", leftMargin=MARGIN,
            rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
        )  # fmt: skip
        self.day = f"Établi le {dossier.day:%d/%m/%Y}"
        self.bookmarks = 0
        frame = Frame(MARGIN, MARGIN, WIDTH, A4[1] - 2 * MARGIN, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate("page", [frame], onPage=self._edges))

    def _edges(self, canvas, _) -> None:
        canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.setFont(REGULAR, 8)
        canvas.setFillColor(QUIET)
        canvas.drawString(MARGIN, A4[1] - MARGIN / 2, say.DRAFT)
        canvas.drawRightString(A4[0] - MARGIN, MARGIN / 2, f"{self.day} – page {canvas.getPageNumber()}")

    def afterFlowable(self, flowable: Flowable) -> None:
        if isinstance(flowable, _Heading):
            self.bookmarks += 1
            key, piece = f"h{self.bookmarks}", flowable.piece
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(clean(piece.text), key, piece.level - 1, closed=piece.level > 1)


class _Writer:
    """Turns pieces into what ReportLab lays out."""

    @singledispatchmethod
    def write(self, piece: Piece) -> Iterator[Flowable]:
        raise TypeError(f"no way to write a {type(piece).__name__}")

    @write.register
    def _(self, piece: Heading) -> Iterator[Flowable]:
        yield CondPageBreak(ROOM)
        yield _Heading(piece)

    @write.register
    def _(self, piece: Paragraph) -> Iterator[Flowable]:
        yield Text(_set(piece.text), STYLES[piece.tone], bulletText="•" if piece.tone is Tone.ITEM else None)

    @write.register
    def _(self, piece: Table) -> Iterator[Flowable]:
        rows = [[self._cell(text, BOLD) for text in piece.headers]]
        rows += [[self._cell(text, REGULAR) for text in row] for row in piece.rows]
        widths = [WIDTH * share for share in piece.widths]
        yield Grid(rows, widths, repeatRows=1, splitInRow=1, style=GRID)
        yield Spacer(1, 8)

    @write.register
    def _(self, piece: Coverage) -> Iterator[Flowable]:
        drawn = [_drawn(bar) for bar in bars(piece.target)]
        yield CondPageBreak(sum(d.height for d in drawn) + ROOM)
        yield from drawn
        yield Text(_set(LETTERS), STYLES[Tone.QUIET])

    @staticmethod
    def _cell(text: str, font: str) -> list[Text]:
        style = STYLES["cell"].clone("cell", fontName=font, spaceAfter=1)
        return [Text(_set(line), style) for line in text.split("\n")]


def _drawn(bar: Bar) -> Drawing:
    """One block: its number, then a strip in which every state has its length, shade, hatching and count."""
    height, left = 14.0, 60.0
    drawing = Drawing(WIDTH, height + 4)
    drawing.add(String(0, 4, f"Bloc {bar.number}", fontName=REGULAR, fontSize=8, fillColor=INK))
    unit, x = (WIDTH - left) / max(1, bar.total), left
    for state, count in bar.counts:
        width = unit * count
        shade = SHADES[state]
        fill = HexColor(shade.fill) if shade.pattern in ("plain", "stripes") else PAPER
        drawing.add(Rect(x, 0, width, height, fillColor=fill, strokeColor=INK, strokeWidth=0.6))
        if shade.pattern == "stripes":
            for step in range(int(width // 7)):
                at = x + 7 * step
                drawing.add(Line(at, 0, at + 7, height, strokeColor=RULE, strokeWidth=0.5))
        drawing.add(Rect(x + 2, 3, 17, 9, fillColor=PAPER, strokeColor=None))
        drawing.add(String(x + 4, 4, f"{shade.letter} {count}", fontName=BOLD, fontSize=8, fillColor=INK))
        x += width
    return drawing
