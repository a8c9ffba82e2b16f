"""A conversation as a DOCX with headings and quotes of the named styles, which can be edited and read aloud."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document as new_docx
from docx.oxml.ns import qn
from docx.shared import Cm, RGBColor

from assistant.answer import Lang
from assistant.dossier.docx import LOCALE, in_french
from assistant.typography import clean
from assistant.web.transcript.pieces import Kind, Piece

STYLES = {
    Kind.TITLE: "Title",
    Kind.QUESTION: "Heading 1",
    Kind.HEADING: "Heading 2",
    Kind.ITEM: "List Bullet",
    Kind.QUOTE: "Quote",
}
GREY = RGBColor(0x55, 0x55, 0x55)


def docx(pieces: Sequence[Piece], lang: Lang) -> bytes:
    """The file's bytes; its first piece is its title."""
    written = new_docx()
    section = written.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    written.core_properties.title = clean(pieces[0].text)[:255]
    written.core_properties.author, written.core_properties.language = "Acquis", LOCALE[lang]
    defaults = written.styles["Normal"].element.get_or_add_rPr()
    spoken = defaults.find(qn("w:lang"))
    if spoken is None:
        spoken = defaults.makeelement(qn("w:lang"), {})
        defaults.append(spoken)
    spoken.set(qn("w:val"), LOCALE[lang])
    for piece in pieces:
        paragraph = written.add_paragraph(style=STYLES.get(piece.kind))
        run = paragraph.add_run(clean(piece.text))
        if piece.kind is Kind.QUOTE:
            in_french(run)
        if piece.kind is Kind.PLACE:
            paragraph.paragraph_format.left_indent = Cm(1)
        if piece.kind in (Kind.PLACE, Kind.QUIET):
            run.font.color.rgb = GREY
        paragraph.paragraph_format.keep_with_next = piece.kind in (Kind.QUESTION, Kind.HEADING, Kind.QUOTE)
    out = io.BytesIO()
    written.save(out)
    return out.getvalue()
