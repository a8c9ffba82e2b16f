"""The last resort: any text, by its headings, and by blocks and numbered competences where they are plain to see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.document import Document, Quote
from corpus.layouts.dates import date_in
from corpus.layouts.headings import Stretch
from corpus.layouts.infinitives import opens_with_infinitive
from corpus.layouts.lines import Line, bare, items, numbered, paragraphs, part, quote
from corpus.layouts.nomenclatures import level_of
from corpus.referential import Activity, Assessment, Block, Competence, Facet, Fact, Referential, Section

BLOCK = re.compile(
    r"(?:rncp\d+)?\s*(?:bloc(?:\s+de\s+competences?)?|bc|activite(?:\s+type)?)\s*n?\s*[°o]?\s*(\d{1,2})\s*[:.–—-]?\s*"
)
COMPETENCE = re.compile(
    r"\W{0,3}(?:competence\s*|cp?\s?\.?\s?)?(\d{1,2}\.\d{1,2}|(?<=c)\d{1,2}|(?<=cp)\d{1,2})\.?\s*[:–—-]?\s+(?=\S)"
)
ASSESSED = re.compile(r"modalites?\s+d'evaluations?|evaluations?\b|epreuves?\b|criteres?\b")
UNTIL = re.compile(r"echeance|fin d'enregistrement|jusqu'au")
CODE = re.compile(r"\b(RNCP|RS)\s*(?:n\s*[°o]\s*)?(\d{2,6})(?!\d)")
FACETS = (
    (Facet.OBJECTIVES, r"objectif|contexte|resume|presentation"),
    (Facet.ACTIVITIES, r"activites?\b"),
    (Facet.COMPETENCES, r"competence|capacite"),
    (Facet.ASSESSMENT, r"modalites? d'evaluation|evaluation|epreuve"),
    (Facet.CRITERIA, r"critere"),
    (Facet.JURY, r"jury"),
    (Facet.PREREQUISITES, r"prerequis|pre-requis|conditions? d'(?:acces|admission|entree)"),
    (Facet.ACCESS, r"voies? d'acces|vae\b|modalites? d'acces"),
    (Facet.SECTORS, r"secteur"),
    (Facet.JOBS, r"emplois?|metiers?|debouches"),
    (Facet.STATISTICS, r"statistiques|taux"),
    (Facet.LEGAL, r"base legale|arrete|decret"),
    (Facet.VALIDITY, r"validite|duree|enregistrement"),
    (Facet.CONTACT, r"contact"),
)  # fmt: skip
HEAD = 25  # lines; a code or a level named further down may be another certification's
LONGEST_HEADING = 90  # characters; longer lines are sentences even without a full stop


def marks(document: Document) -> float:
    """Hardly any: whatever else recognises a document reads it better."""
    return 0.05


def parse(document: Document) -> tuple[Referential, ...]:
    lines = numbered(document)
    if not lines:
        return (Referential(document.name, "plain", document.name),)
    title = _title(lines)
    rest = lines[lines.index(title) + 1 :]
    blocks, others = _split(rest)
    head = " ".join(line.text for line in lines[:HEAD])
    code = CODE.search(head)
    stated = quote(document, [title])
    facts = (Fact(Facet.TITLE, "", title.text, stated),) if stated else ()
    facts += tuple(_dated(document, lines))
    return (
        Referential(
            source=document.name,
            layout="plain",
            title=title.text,
            code=f"{code[1]}{code[2]}" if code else None,
            level=level_of(head),
            blocks=tuple(b for cell in blocks if (b := _block(document, cell))),
            sections=tuple(_sections(document, others)),
            facts=facts,
        ),
    )


def _title(lines: Sequence[Line]) -> Line:
    """The first line with two words in it; the first line where there is none."""
    return next((line for line in lines[:40] if len(re.findall(r"[^\W\d_]{3,}", line.text)) >= 2), lines[0])


def is_heading(line: Line) -> bool:
    """A short line without a final stop, that opens with a capital or a number and is no list item."""
    text = line.text
    if len(text) > LONGEST_HEADING or len(text) < 3 or text[-1] in ".;,!?…" or text != items([line])[0].text:
        return False
    return text.endswith(":") or text[0].isupper() or bool(re.match(r"(?:[IVX]+|\d+(?:\.\d+)*)[.)]?\s+[A-ZÀ-Ý]", text))


@dataclass(slots=True)
class Cell:
    number: int
    title: Line
    lines: list[Line] = field(default_factory=list)


def _split(lines: Sequence[Line]) -> tuple[list[Cell], list[Line]]:
    """The blocks' lines by block, where blocks are numbered 1, 2, 3 … in headings; and all other lines."""
    found = [(i, int(m[1])) for i, line in enumerate(lines) if (m := BLOCK.match(bare(line.text))) and is_heading(line)]
    starts: list[tuple[int, int]] = []
    for at, number in found:
        if number == len(starts) + 1 and lines[at].text[BLOCK.match(bare(lines[at].text)).end() :].strip():
            starts.append((at, number))
    if len(starts) < 2:
        return [], list(lines)
    cells = []
    for (at, number), (end, _) in zip(starts, [*starts[1:], (len(lines), 0)], strict=True):
        cells.append(Cell(number, lines[at], list(lines[at + 1 : end])))
    return cells, list(lines[: starts[0][0]])


def _block(document: Document, cell: Cell) -> Block:
    mark = BLOCK.match(bare(cell.title.text))
    title = (cell.title.after(mark.end()) if mark else None) or cell.title
    heading = part(document, [title])
    competences: list[Competence] = []
    activities: list[Activity] = []
    assessments: list[Assessment] = []
    for assessing, lines in _turns(cell.lines):
        for group in paragraphs(lines):
            number, quotes = _numbered(document, group)
            if number or (not assessing and opens_with_infinitive(quotes[0].text)):
                competences.append(Competence(quotes, number=number))
            elif assessing:
                assessments.append(Assessment(quotes))
            else:
                activities.append(Activity(quotes))
    return Block(cell.number, heading.text, heading, None, tuple(activities), tuple(competences), tuple(assessments))


def _turns(lines: Sequence[Line]) -> list[tuple[bool, list[Line]]]:
    """A block's lines in stretches: a heading that speaks of assessment begins one, any other heading ends it."""
    turns: list[tuple[bool, list[Line]]] = [(False, [])]
    for line in lines:
        if is_heading(line) and ASSESSED.match(bare(line.text)):
            turns.append((True, []))
        elif is_heading(line) and line.text.endswith(":"):
            turns.append((False, []))
        turns[-1][1].append(line)
    return turns


def _numbered(document: Document, group: Sequence[Line]) -> tuple[str | None, tuple[Quote, ...]]:
    """A paragraph's number, if it opens with one, and its quotes without number or bullet."""
    mark = COMPETENCE.match(bare(group[0].text))
    own = group[0].after(mark.end()) if mark else None
    if mark and own:
        return mark[1], part(document, (own, *group[1:])).quotes
    return None, part(document, items(group)).quotes


def _sections(document: Document, lines: Sequence[Line]) -> list[Section]:
    stretches = [Stretch("", "", None)]
    for line in lines:
        if is_heading(line):
            stretches.append(Stretch("", line.text.rstrip(" :"), line))
        else:
            stretches[-1].lines.append(line)
    return [_section(document, s) for s in stretches if s.lines or s.heading]


def _section(document: Document, stretch: Stretch) -> Section:
    """A heading with nothing below it is its own text, so that nothing that was said is lost."""
    lines = stretch.lines or ([stretch.heading] if stretch.heading else [])
    parts = tuple(part(document, items(group)) for group in paragraphs(lines))
    return Section(_facet(stretch.title), stretch.title, parts)


def _facet(title: str) -> Facet:
    text = bare(title)
    return next((facet for facet, words in FACETS if re.search(words, text)), Facet.OTHER)


def _dated(document: Document, lines: Sequence[Line]) -> list[Fact]:
    """Lines that say until when the certification is registered."""
    found = [line for line in lines if UNTIL.search(bare(line.text))]
    return [
        Fact(Facet.VALIDITY, "", line.text, stated)
        for line in found
        if date_in(line.text) and (stated := quote(document, [line]))
    ]
