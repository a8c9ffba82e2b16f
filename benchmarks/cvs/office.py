"""CVs as Word files, one function a layout; one of them is printed by LibreOffice."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt

from benchmarks.cvs.people import WORDS, Person

PRINTED = {"office-tabs"}  # layouts that are made as DOCX and kept as PDF
BOX = """<w:r %s xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape style="position:absolute;width:150pt;
height:420pt"><v:textbox><w:txbxContent>%s</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"""


def file(person: Person) -> bytes:
    """The DOCX of a person, in the layout that the person's file names."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(10)
    LAYOUTS[person.layout](document, person)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _part(document: Any, person: Person, *keys: str) -> None:
    for key in keys:
        document.add_heading(WORDS[person.lang][key], 2)
        for item in getattr(person, key):
            document.add_paragraph(item)


def _plain(document: Any, person: Person) -> None:
    document.add_heading(person.name, 0)
    document.add_paragraph(f"{person.headline}\n" + "\n".join(person.contact))
    document.add_heading(WORDS[person.lang]["work"], 2)
    for job in person.jobs:
        document.add_paragraph().add_run(f"{job.title} – {job.employer}, {job.place} ({job.dates})").bold = True
        for task in job.tasks:
            document.add_paragraph(task, style="List Bullet")
    _part(document, person, "education", "skills", "languages", "leisure")


def _table(document: Any, person: Person) -> None:
    document.add_heading(person.name, 0)
    document.add_paragraph(person.headline)
    for line in person.contact:
        document.add_paragraph(line)
    document.add_heading("EXPÉRIENCE", 1)
    table = document.add_table(0, 2)
    for job in person.jobs:
        left, right = table.add_row().cells
        left.text = job.dates
        right.text = job.title
        right.paragraphs[0].runs[0].bold = True
        for line in (f"{job.employer} ({job.place})", *(f"• {task}" for task in job.tasks)):
            right.add_paragraph(line)
    _part(document, person, "education", "skills", "languages", "leisure")


def _boxes(document: Any, person: Person) -> None:
    """Contact, skills and languages in a text box of the first paragraph; employer, then title, then dates."""
    side = [person.name, person.headline, *person.contact]
    for key in ("skills", "languages", "leisure"):
        side += [WORDS[person.lang][key].upper(), *getattr(person, key)]
    inside = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in side)
    document.add_paragraph()._p.append(parse_xml(BOX % (nsdecls("w"), inside)))
    document.add_paragraph(person.summary)
    document.add_heading("PARCOURS PROFESSIONNEL", 1)
    for job in person.jobs:
        document.add_paragraph(f"{job.employer.upper()} – {job.place}")
        document.add_paragraph(job.title)
        document.add_paragraph(job.dates)
        for task in job.tasks:
            document.add_paragraph(f"- {task}")
    document.add_heading("DIPLÔMES", 1)
    for item in person.education:
        document.add_paragraph(item)


def _tabs(document: Any, person: Person) -> None:
    document.add_heading(person.name, 0)
    document.add_paragraph(" | ".join([person.headline, *person.contact]))
    document.add_paragraph(person.summary)
    document.add_heading(WORDS[person.lang]["work"].upper(), 2)
    for job in person.jobs:
        head = document.add_paragraph()
        head.paragraph_format.tab_stops.add_tab_stop(Cm(15.2), WD_TAB_ALIGNMENT.RIGHT)
        head.add_run(f"{job.employer}, {job.place}\t{job.dates}").bold = True
        document.add_paragraph().add_run(job.title).italic = True
        for task in job.tasks:
            document.add_paragraph(task, style="List Bullet")
    _part(document, person, "education", "skills", "languages", "leisure")


LAYOUTS: dict[str, Callable[[Any, Person], None]] = {
    "docx-plain": _plain,
    "docx-table": _table,
    "docx-boxes": _boxes,
    "office-tabs": _tabs,
}
