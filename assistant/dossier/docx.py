"""The dossier as a DOCX that can be edited."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import singledispatch

from docx import Document as new_docx
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as DocxTable
from docx.table import _Cell as Cell
from docx.text.run import Run as DocxRun

from assistant.answer import Lang
from assistant.dossier.chapters import Heading, Paragraph, Table, Tone, chapters
from assistant.dossier.dossier import Dossier
from assistant.dossier.pictures.printed import Picture
from assistant.dossier.tongues import Tongue, runs
from assistant.dossier.typesetting import png
from assistant.dossier.wording import Wording, wording
from assistant.typography import clean

MARGIN, WIDTH = Cm(2), Cm(17)  # of an A4 page
WARNING = RGBColor(0x8A, 0x1C, 0x00)
QUIET = RGBColor(0x55, 0x55, 0x55)
LOCALE = {"fr": "fr-FR", "en": "en-GB"}


def docx(dossier: Dossier, lang: Lang = "fr") -> bytes:
    """The file's bytes."""
    say = wording(lang)
    written = new_docx()
    _prepared(written, dossier, say)
    written.add_heading(say("title"), 0)
    written.add_paragraph(say("made", day=say.day(dossier.day)))
    for piece in chapters(dossier, say):
        _write(piece, written)
    out = io.BytesIO()
    written.save(out)
    return out.getvalue()


@singledispatch
def _write(piece: object, written: Docx) -> None:
    raise TypeError(f"no way to write a {type(piece).__name__}")


@_write.register
def _(piece: Heading, written: Docx) -> None:
    written.add_heading(clean(piece.text), piece.level)


@_write.register
def _(piece: Paragraph, written: Docx) -> None:
    paragraph = written.add_paragraph(style="List Bullet" if piece.tone is Tone.ITEM else None)
    run = paragraph.add_run(clean(piece.text))
    if piece.tone is Tone.NOTICE:
        run.bold = True
        run.font.color.rgb = WARNING
    elif piece.tone is Tone.QUIET:
        run.font.color.rgb = QUIET


@_write.register
def _(piece: Picture, written: Docx) -> None:
    """An image, which every reader of DOCX shows alike; Word draws the patterns of an SVG in its own way."""
    _caption(piece.caption, written)
    shape = written.add_picture(io.BytesIO(png(piece.svg)), int(WIDTH * piece.width))
    told = shape._inline.docPr
    told.set("descr", clean(piece.alt))
    told.set("title", clean(piece.caption))


@_write.register
def _(piece: Table, written: Docx) -> None:
    _caption(piece.caption, written)
    table = written.add_table(rows=1, cols=len(piece.headers), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _describe(table, piece.caption)
    widths = [int(WIDTH * share) for share in piece.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _fill(table.rows[0].cells, piece.headers, widths, (), bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # repeated on each page, read out as heads
    for row in piece.rows:
        _fill(table.add_row().cells, row, widths, piece.tongues)
    written.add_paragraph()


def _caption(text: str, written: Docx) -> None:
    written.add_paragraph(clean(text), "Caption").paragraph_format.keep_with_next = True


def _fill(
    cells: Sequence[Cell], texts: Sequence[str], widths: Sequence[int], tongues: Sequence[Tongue], bold: bool = False
) -> None:
    """Texts into a row; Word looks at the width of each cell, LibreOffice at that of the column."""
    for cell, text, width, tongue in zip(cells, texts, widths, tongues or [Tongue.OURS] * len(cells), strict=True):
        cell.width = width
        for n, line in enumerate(clean(text).split("\n")):
            paragraph = cell.add_paragraph() if n else cell.paragraphs[0]
            for run in runs(line, tongue):
                written = paragraph.add_run(run.text)
                written.bold = bold or None
                if run.french:
                    in_french(written)


def in_french(run: DocxRun) -> None:
    """Let a run be read aloud, and its spelling checked, as French."""
    told = OxmlElement("w:lang")
    told.set(qn("w:val"), LOCALE["fr"])
    run._r.get_or_add_rPr().append(told)


def _describe(table: DocxTable, caption: str) -> None:
    told = OxmlElement("w:tblCaption")
    told.set(qn("w:val"), caption)
    table._tbl.tblPr.append(told)


def _prepared(written: Docx, dossier: Dossier, say: Wording) -> None:
    properties = written.core_properties
    properties.title, properties.author, properties.comments = say("title"), "Acquis", say("draft")
    properties.language = LOCALE[say.lang]
    _styled(written, say)
    section = written.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.header.paragraphs[0].text = say("draft")
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{say('made', day=say.day(dossier.day))} – {say('page')} ")
    _field(footer, "PAGE")
    footer.add_run(f" {say('of')} ")
    _field(footer, "NUMPAGES")


def _styled(written: Docx, say: Wording) -> None:
    """Sizes for a printed page, and the language in which a screen reader reads it."""
    style, caption = written.styles["Normal"], written.styles["Caption"]
    style.font.size, caption.font.size = Pt(10), Pt(9)
    caption.font.color.rgb = RGBColor(0, 0, 0)
    style.paragraph_format.space_after = Pt(4)
    for language in written.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LOCALE[say.lang])


def _field(paragraph, name: str) -> None:
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, name), ("separate", None), ("end", None)):
        part = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            part.text = text
        else:
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)
