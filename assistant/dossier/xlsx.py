"""The matrix of a dossier as a workbook for staff: the only file that writes with openpyxl."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet as Sheet

from assistant.answer import Lang
from assistant.cells import Value, harmless
from assistant.dossier.chapters import counts
from assistant.dossier.dossier import Assessed, Assessment, Dossier, Route, Target
from assistant.dossier.pictures.heat import Heat, heat
from assistant.dossier.wording import Wording, wording

HEAD, WRAP = Font(bold=True), Alignment(wrap_text=True, vertical="top")
GREY = PatternFill("solid", fgColor="ECECEC")
MATRIX = (
    ("certification", 18), ("block", 7), ("block.title", 34), ("number", 8), ("competence", 50), ("kind", 13),
    ("proposed", 16), ("kept", 16), ("answer", 14), ("lines", 14), ("proofs", 60), ("interview", 40),
    ("remark", 40), ("question", 50), ("source", 60),
)  # fmt: skip
BLOCKS = (("certification", 18), ("block", 7), ("block.title", 50), ("aimed", 8))
JOBS = (("period", 28), ("months", 8), ("title", 36), ("employer", 36), ("page", 8), ("line", 8), ("used", 10))
Columns = Sequence[tuple[str, int]]  # names and widths in characters


def xlsx(dossier: Dossier, lang: Lang = "fr") -> bytes:
    """The file's bytes."""
    say = wording(lang)
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator, book.properties.description = say("title"), "Acquis", say("draft")
    book.properties.language = lang
    _sheet(book, say("sheet.competences"), _columns(MATRIX, say), _competences(dossier, say))
    counted = [(say(f"overview.{c}"), 16) for c in ("yes", "partly", "no", "coverage")]
    columns = [*_columns(BLOCKS, say), *counted, *_columns((("remark", 60),), say)]
    _sheet(book, say("sheet.blocks"), columns, _blocks(dossier, say))
    _sheet(book, say("sheet.jobs"), _columns(JOBS, say), _jobs(dossier, say))
    for number, target in enumerate(dossier.targets, 1):
        _crossed(book, say("sheet.crossed", n=number), heat(dossier, target), say)
    _sheet(book, say("sheet.sources"), _columns((("fact", 34), ("value", 90)), say), _facts(dossier, say))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table(name: str, columns: Columns, rows: Iterable[Sequence[Value]], lang: Lang = "fr") -> bytes:
    """Any table as a workbook of one sheet: its title, its columns, and rows of which no cell is a formula."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator, book.properties.language = name, "Acquis", lang
    _sheet(book, name, columns, rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _columns(keys: Columns, say: Wording) -> Columns:
    return [(say(f"jobs.{key}" if key == "period" else f"column.{key}"), width) for key, width in keys]


def _sheet(book: Workbook, name: str, columns: Columns, rows: Iterable[Sequence[Value]]) -> None:
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


def _competences(dossier: Dossier, say: Wording) -> Iterator[Sequence[Value]]:
    for target in dossier.targets:
        for block in target.blocks:
            yield from (_row(target, block, c, say) for c in block.competences)


def _row(target: Target, block: Assessment, found: Assessed, say: Wording) -> Sequence[Value]:
    lines = ", ".join(str(n) for n in sorted({q.first for p in found.shown for q in p.line.quotes}))
    proofs = "\n".join(say.line(p.line) for p in found.shown)
    kind = say("kind.transversal" if found.transversal else "kind.technical")
    own = say.named(found.own) if found.own is not None else None
    return (target.code or target.source, block.number, block.title, found.number, found.text, kind,
            say.named(found.proposed), own, say.official(found), lines, proofs, found.answer, found.comment,
            say.question(found), say.citations(found))  # fmt: skip


def _blocks(dossier: Dossier, say: Wording) -> Iterator[Sequence[Value]]:
    for target in dossier.targets:
        for block in target.blocks:
            yield (target.code or target.source, block.number, block.title, say("yes" if block.aimed else "no"),
                   *counts(block), round(block.coverage, 3), block.text)  # fmt: skip


def _jobs(dossier: Dossier, say: Wording) -> Iterator[Sequence[Value]]:
    for job in dossier.jobs:
        used = say("yes" if job.used else "no")
        yield say.period(job), job.months, job.title, job.employer, job.page, job.line, used


def _crossed(book: Workbook, name: str, found: Heat, say: Wording) -> None:
    columns = [(say("column.experience"), 50), *((say("block", n=n), 10) for n in found.blocks)]
    _sheet(book, name, columns, ((job or say("outside"), *row) for job, row in found.rows))


def _facts(dossier: Dossier, say: Wording) -> Iterator[Sequence[Value]]:
    yield say("fact.mention"), say("draft")
    yield say("fact.made"), say.day(dossier.day)
    yield say("fact.candidate"), dossier.candidate
    yield say("fact.cv"), dossier.cv
    yield say("fact.cv.digest"), dossier.cv_digest
    yield say("fact.hidden"), dossier.hidden
    for target in dossier.targets:
        yield say("fact.certification"), target.name
        yield say("fact.validity"), say.validity(target)
        yield from ((say("fact.prerequisites"), say.citation(c)) for c in target.prerequisites)
        yield from ((say("fact.access"), _route(r, say)) for r in target.access)
        yield say("fact.source"), target.source
        yield say("fact.digest"), target.digest


def _route(route: Route, say: Wording) -> str:
    said = say.citation(route.citation)
    return say("colon", before=said, after=route.value) if route.value else said
