"""The blocks of a CNCP fiche: a two-column table printed as one column, cell after cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.document import Document
from corpus.layouts.competences import numbered_text
from corpus.layouts.infinitives import opens_with_infinitive
from corpus.layouts.lines import Line, bare, paragraphs, part, unbulleted
from corpus.referential import Activity, Assessment, Block, Competence

OPENING = re.compile(r"bloc\s+de\s+competences?\s+n\s*[°o]\s*(\d+)\s+de")
OPENING_TAIL = re.compile(r"(?:bloc\s+de\s+competences?\s+n\s*[°o]\s*\d+\s+de\s+)?la\s+fiche\s+n\s*[°o]\s*\w+\s*-?")
DESCRIPTION = re.compile(r"descriptif\s*:?\s*")
ASSESSMENT = re.compile(r"modalites?\s+d'evaluations?\s*:?\s*")
LEAD_IN = re.compile(r"\bcandidate?s?\b|\bcandidat/\w+|\btitulaire\b|\bstagiaire\b")
MUST = re.compile(r"\b(?:doit|doivent|devra|devront)\b\s*:?\s*")
LEAD_IN_ALONE = re.compile(r"(?:le|la|les|l[ea]/l[ea])\s+\S+\s+(?:doit|doivent|devra|devront)\s*:?$")
SENTENCE = re.compile(r"(?<=[.!?:])\s+")


@dataclass(slots=True)
class Cell:
    """One block as it is printed: its title's lines, what stands under "Descriptif", what under "Modalités"."""

    number: int
    title: list[Line] = field(default_factory=list)
    described: list[Line] = field(default_factory=list)
    assessed: list[Line] = field(default_factory=list)


def blocks(document: Document, lines: Sequence[Line], code: str | None) -> tuple[Block, ...]:
    """The blocks in the order of their official numbers.

    Args:
        code: the certification's; the national export has since given each block the code "RNCPnnnnnBC01", by its
            number on the fiche.
        lines: from the first "Bloc de compétence n°" to the end of the last block, page furniture left out.
    """
    cells = _cells(lines)
    width = max((len(line.text) for cell in cells for line in (*cell.described, *cell.assessed)), default=0)
    found = [_block(document, cell, code, width) for cell in cells]
    return tuple(sorted(found, key=lambda b: b.number))


def _cells(lines: Sequence[Line]) -> list[Cell]:
    cells: list[Cell] = []
    into: list[Line] = []
    for line in lines:
        text = bare(line.text)
        opening = OPENING.match(text)
        if opening:
            cells.append(Cell(int(opening[1])))
            into = cells[-1].title
        elif cells and (mark := DESCRIPTION.match(text)) and into is cells[-1].title:
            into = cells[-1].described
            line = line.after(mark.end())
        elif cells and (mark := ASSESSMENT.match(text)):
            into = cells[-1].assessed
            line = line.after(mark.end())
        if cells and line:
            into.append(line)
    return cells


def _title(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The title behind "Bloc de compétence n°1 de la fiche n° 1234 - "."""
    kept: list[Line] = []
    for line in lines:
        text = bare(line.text)
        mark = OPENING_TAIL.match(text) or OPENING.match(text)
        rest = line.after(mark.end()) if mark and not kept else line
        if rest:
            kept.append(rest)
    return tuple(kept)


def _block(document: Document, cell: Cell, code: str | None, width: int) -> Block:
    heading = part(document, _title(cell.title) or cell.title)
    competences: list[Competence] = []
    activities: list[Activity] = []
    assessments: list[Assessment] = []
    for lines, assessed in ((cell.described, False), (cell.assessed, True)):
        for group in paragraphs(lines, width):
            _sort(document, group, assessed, competences, activities, assessments)
    if not competences:
        competences, activities = _unbulleted_competences(activities)
    own = f"{code}BC{cell.number:02}" if code else None
    return Block(cell.number, heading.text, heading, own, tuple(activities), tuple(competences), tuple(assessments))


def _sort(
    document: Document,
    group: Sequence[Line],
    assessed: bool,
    competences: list[Competence],
    activities: list[Activity],
    assessments: list[Assessment],
) -> None:
    """Put one paragraph where it belongs: a list item, what the candidate must do, or how it is assessed."""
    item = unbulleted(group[0])
    number, opening = numbered_text(item or group[0])
    if (item and not assessed) or ((item or number) and opens_with_infinitive(opening.text)):
        competences.append(Competence(part(document, (opening, *group[1:])).quotes, number=number))
        return
    if not assessed:
        activities.append(Activity(part(document, group).quotes))
        return
    how, what = _task(group)
    if how:
        assessments.append(Assessment(part(document, how).quotes))
    if what:
        activities.append(Activity(part(document, what).quotes))


def _task(group: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """An assessment's paragraph without, and only, its last sentence that says what the candidate must do."""
    text = "\n".join(line.text for line in group)
    if not (LEAD_IN.search(bare(text)) and MUST.search(bare(text))):
        return tuple(group), ()
    starts = [0, *(m.end() for m in SENTENCE.finditer(text))]
    sentence = next(s for s in reversed(starts) if MUST.search(bare(text[s:])))
    must = MUST.search(bare(text[sentence:]))
    if LEAD_IN_ALONE.match(bare(text[sentence:])):
        return _slice(group, 0, sentence), ()
    if must is None or not text[sentence + must.end() :].strip():
        return tuple(group), ()
    return _slice(group, 0, sentence), _slice(group, sentence, len(text))


def _slice(group: Sequence[Line], start: int, end: int) -> tuple[Line, ...]:
    """The characters start..end of lines joined by single line feeds, as lines."""
    kept: list[Line] = []
    at = 0
    for line in group:
        text = line.text[max(0, start - at) : max(0, end - at)].strip()
        if text:
            kept.append(Line(line.number, text))
        at += len(line.text) + 1
    return tuple(kept)


def _unbulleted_competences(activities: Sequence[Activity]) -> tuple[list[Competence], list[Activity]]:
    """Where a description has no list: its paragraphs that open with an infinitive are the competences."""
    competences = [Competence(a.quotes) for a in activities if opens_with_infinitive(a.text)]
    return competences, [a for a in activities if not opens_with_infinitive(a.text)]
