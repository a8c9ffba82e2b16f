"""CVs set with ReportLab, one function a layout: other habits than those of the web pages."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from benchmarks.cvs.people import WORDS, Person

FONTS = Path(__file__).resolve().parents[2] / "assistant" / "dossier" / "fonts"
WIDTH, HEIGHT = A4
BODY = ParagraphStyle("body", fontName="Text", fontSize=9.5, leading=12)
BULLET = ParagraphStyle("bullet", BODY, leftIndent=10, bulletIndent=0)
STRONG = ParagraphStyle("strong", BODY, fontName="Strong", spaceBefore=5)
TITLE = ParagraphStyle("title", STRONG, fontSize=12, leading=15, spaceBefore=9, textColor=HexColor("#335577"))
NAME = ParagraphStyle("name", STRONG, fontSize=18, leading=22)


def file(person: Person) -> bytes:
    """The PDF of a person, in the layout that the person's file names."""
    for name, path in zip(
        ("Text", "Strong"), sorted(FONTS.glob("*.ttf"), key=lambda p: "Bold" in p.name), strict=False
    ):
        pdfmetrics.registerFont(TTFont(name, str(path)))
    return LAYOUTS[person.layout](person)


def _set(flow: list[Flowable], frames: list[Frame], later: list[Frame] | None = None, foot: str = "") -> bytes:
    out = io.BytesIO()

    def footed(canvas: Any, document: Any) -> None:
        if foot:
            canvas.setFont("Text", 8)
            canvas.drawCentredString(WIDTH / 2, 20, f"{foot} – page {document.page}")

    document = BaseDocTemplate(out, pagesize=A4)
    templates = [PageTemplate("first", frames, onPage=footed, autoNextPageTemplate="later" if later else None)]
    document.addPageTemplates(templates + ([PageTemplate("later", later, onPage=footed)] if later else []))
    document.build(flow)
    return out.getvalue()


def _lines(items: Iterable[str], style: ParagraphStyle = BODY, bullet: str | None = None) -> list[Flowable]:
    return [Paragraph(escape(item), style, bulletText=bullet) for item in items]


def _parts(person: Person, *keys: str) -> list[Flowable]:
    flow: list[Flowable] = []
    for key in keys:
        if items := getattr(person, key):
            flow += [Paragraph(WORDS[person.lang][key].upper(), TITLE), *_lines(items)]
    return flow


def _head(person: Person) -> list[Flowable]:
    return [Paragraph(escape(person.name), NAME), Paragraph(escape(person.headline), STRONG)]


def _work(person: Person) -> Paragraph:
    return Paragraph(WORDS[person.lang]["work"].upper(), TITLE)


def _frames(person: Person) -> bytes:
    """Work on the left, employer with its dates above the title; the rest in a narrow frame on the right."""
    flow = [*_head(person), Paragraph(escape(person.summary), BODY), _work(person)]
    for job in person.jobs:
        flow += _lines([f"{job.employer}, {job.place} ({job.dates})"], STRONG) + _lines([job.title])
        flow += _lines(job.tasks, BULLET, "▸")
    flow += [FrameBreak(), *_parts(person, "contact", "education", "skills", "languages", "leisure")]
    return _set(flow, [Frame(40, 40, 330, HEIGHT - 80), Frame(385, 40, 170, HEIGHT - 80)])


def _right_dates(person: Person) -> bytes:
    """Title in capitals with the dates in a column of their own on the right; what was done as prose."""
    flow = [*_head(person), *_lines(person.contact), _work(person)]
    for job in person.jobs:
        left = [*_lines([job.title.upper()], STRONG), *_lines([f"{job.employer} – {job.place}"])]
        flow.append(
            Table(
                [[left, Paragraph(job.dates, BODY)]], colWidths=[390, 115], style=[("VALIGN", (0, 0), (-1, -1), "TOP")]
            )
        )
        flow += _lines([". ".join(job.tasks) + "."])
    return _set(flow + _parts(person, "education", "skills", "languages", "leisure"), [Frame(40, 40, 515, HEIGHT - 80)])


def _zebra(person: Person) -> bytes:
    """A table of dates, jobs and employers; what was done in a row below that takes the whole width."""
    rows: list[list[Any]] = []
    style: list[tuple] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    for job in person.jobs:
        style += [
            ("BACKGROUND", (0, len(rows)), (-1, len(rows)), HexColor("#E4ECF4")),
            ("SPAN", (0, len(rows) + 1), (-1, len(rows) + 1)),
        ]
        rows.append([Paragraph(escape(x), STRONG) for x in (job.dates, job.title, f"{job.employer} ({job.place})")])
        rows.append([_lines(job.tasks, BULLET, "•"), "", ""])
    table = Table(rows, colWidths=[110, 180, 215], style=style)
    flow = [*_head(person), *_lines([" | ".join(person.contact), person.summary]), _work(person), table]
    return _set(flow + _parts(person, "education", "skills", "languages", "leisure"), [Frame(40, 40, 515, HEIGHT - 80)])


def _sentences(person: Person) -> bytes:
    """« Title at Employer, Place, since … », tasks as lines with dashes."""
    flow = [
        *_head(person),
        *_lines([" • ".join(person.contact), person.summary]),
        *_parts(person, "skills"),
        _work(person),
    ]
    for job in person.jobs:
        flow += _lines([f"{job.title} at {job.employer}, {job.place}, {job.dates}"], STRONG)
        flow += _lines(job.tasks, BULLET, "-")
    return _set(flow + _parts(person, "education", "languages", "leisure"), [Frame(60, 40, 475, HEIGHT - 80)])


def _numbered(person: Person) -> bytes:
    flow = [*_head(person), *_lines(person.contact), *_parts(person, "education"), _work(person)]
    for number, job in enumerate(person.jobs, 1):
        flow += _lines([f"{number}. {job.title}, {job.employer}, {job.place}"], STRONG)
        flow += _lines([job.dates]) + _lines(job.tasks, BULLET, "•")
    return _set(flow + _parts(person, "skills", "languages", "leisure"), [Frame(50, 40, 495, HEIGHT - 80)])


def _two_pages(person: Person) -> bytes:
    """Work that goes on over the page, with a narrow frame on the left of the first page and a footer on both."""
    flow = [*_parts(person, "contact", "skills", "languages", "leisure"), FrameBreak(), *_head(person)]
    flow += [*_lines([person.summary]), _work(person)]
    for job in person.jobs:
        flow += [*_lines([job.dates]), *_lines([f"{job.title} | {job.employer} | {job.place}"], STRONG)]
        flow += [*_lines(job.tasks, BULLET, "•"), Spacer(1, 120)]
    first = [Frame(30, 40, 150, HEIGHT - 80), Frame(200, 40, 365, HEIGHT / 2)]
    return _set(flow + _parts(person, "education"), first, [Frame(50, 40, 495, HEIGHT - 80)], person.name)


LAYOUTS: dict[str, Callable[[Person], bytes]] = {
    "frames": _frames,
    "right-dates": _right_dates,
    "zebra": _zebra,
    "sentences": _sentences,
    "numbered": _numbered,
    "two-pages": _two_pages,
}
