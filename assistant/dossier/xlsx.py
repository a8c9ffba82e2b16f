"""The matrix of a dossier as a workbook for staff: the only file that writes with openpyxl."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet as Sheet

from assistant.dossier import wording as say
from assistant.dossier.chapters import TITLE
from assistant.dossier.dossier import Assessed, Assessment, Dossier, Target
from assistant.dossier.pictures.heat import heat
from assistant.typography import clean

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # a cell, or a CSV made of it, that starts so may be run
LONGEST = 32_000  # characters of a cell; the format takes 32,767
HEAD, WRAP = Font(bold=True), Alignment(wrap_text=True, vertical="top")
GREY = PatternFill("solid", fgColor="ECECEC")
MATRIX = (
    ("Certification", 18), ("Bloc", 7), ("Intitulé du bloc", 34), ("N°", 8), ("Compétence", 50), ("Type", 13),
    ("Proposé", 16), ("Retenu", 16), ("Réponse", 14), ("Lignes du CV", 14), ("Preuves", 60), ("Entretien", 40),
    ("Observation", 40), ("À demander", 50), ("Référentiel", 60),
)  # fmt: skip
Value = str | int | float | None


def xlsx(dossier: Dossier) -> bytes:
    """The file's bytes."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator, book.properties.description = TITLE, "Acquis", say.DRAFT
    book.properties.language = "fr-FR"
    _sheet(book, "Compétences", MATRIX, _competences(dossier))
    _sheet(book, "Blocs", (("Certification", 18), ("Bloc", 7), ("Intitulé", 50), ("Visé", 8), ("Oui", 8),
           ("Partiellement", 14), ("Non", 8), ("Couverture", 12), ("Observation", 60)), _blocks(dossier))  # fmt: skip
    _sheet(book, "Expériences", (("Période", 28), ("Mois", 8), ("Fonction", 36), ("Employeur", 36), ("Ligne", 8),
           ("Retenue", 10)), _jobs(dossier))  # fmt: skip
    for number, target in enumerate(dossier.targets, 1):
        _crossed(book, f"Expériences × blocs {number}", dossier, target)
    _sheet(book, "Sources", (("Document", 24), ("Valeur", 70)), _facts(dossier))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Workbook, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Value]]) -> None:
    sheet: Sheet = book.create_sheet(name)
    for place, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.append([_head(sheet, title) for title, _ in columns])
    count = 1
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"


def _cell(sheet: Sheet, value: Value) -> WriteOnlyCell:
    """A number, or a text that no spreadsheet takes for a formula."""
    cell = WriteOnlyCell(sheet, harmless(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
    cell.alignment = WRAP
    return cell


def _head(sheet: Sheet, title: str) -> WriteOnlyCell:
    cell = _cell(sheet, title)
    cell.font, cell.fill = HEAD, GREY
    return cell


def harmless(text: str) -> str:
    """The text with an apostrophe before what would start a formula, as OWASP advises against CSV injection."""
    text = clean(text)[:LONGEST]
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA[:4]) else text


def _competences(dossier: Dossier) -> Iterator[Sequence[Value]]:
    for target in dossier.targets:
        for block in target.blocks:
            yield from (_row(target, block, c) for c in block.competences)


def _row(target: Target, block: Assessment, found: Assessed) -> Sequence[Value]:
    lines = ", ".join(str(n) for n in sorted({p.line.number for p in found.shown}))
    proofs = "\n".join(say.line(p.line) for p in found.shown)
    kind = "transversale" if found.transversal else "technique"
    own = say.STATE[found.own] if found.own is not None else None
    return (target.code or target.source, block.number, block.title, found.number, found.text, kind,
            say.STATE[found.proposed], own, str(found.official), lines, proofs, found.answer, found.comment,
            found.question, say.citations(found))  # fmt: skip


def _blocks(dossier: Dossier) -> Iterator[Sequence[Value]]:
    for target in dossier.targets:
        for block in target.blocks:
            states = [c.official for c in block.competences]
            counts = (states.count("oui"), states.count("partiellement"), states.count("non"))
            yield (target.code or target.source, block.number, block.title, "oui" if block.aimed else "non", *counts,
                   round(block.coverage, 3), block.text)  # fmt: skip


def _jobs(dossier: Dossier) -> Iterator[Sequence[Value]]:
    for job in dossier.jobs:
        yield say.period(job), job.months, job.title, job.employer, job.line, "oui" if job.used else "non"


def _crossed(book: Workbook, name: str, dossier: Dossier, target: Target) -> None:
    found = heat(dossier, target)
    columns = [("Expérience", 50), *((f"Bloc {n}", 10) for n in found.blocks)]
    _sheet(book, name, columns, ((job or "Hors expériences", *counts) for job, counts in found.rows))


def _facts(dossier: Dossier) -> Iterator[Sequence[Value]]:
    yield "Mention", say.DRAFT
    yield "Établi le", f"{dossier.day:%d/%m/%Y}"
    yield "Candidat", dossier.candidate
    yield "CV", dossier.cv
    yield "CV, empreinte SHA-256", dossier.cv_digest
    for target in dossier.targets:
        yield "Certification", target.name
        yield "Référentiel", target.source
        yield "Référentiel, empreinte SHA-256", target.digest
