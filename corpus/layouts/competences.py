"""Telling competences from how they are assessed, where one cell after the other is printed as one text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Document
from corpus.layouts.infinitives import opens_with_infinitive
from corpus.layouts.lines import Line, bare, part, unbulleted
from corpus.layouts.numbering import number_at_start
from corpus.referential import Assessment, Competence, Part

LOWER = re.compile(r"\W*[a-zà-ÿ]")
ASSESSES = re.compile(
    r"(?:\W*(?:l'|l[ae]s?\s+|une?\s+|des\s+)?(?:mises?\s+en\s+situation|evaluations?|modalites?|epreuves?|etudes?\s+de\s+cas"
    r"|soutenances?|examens?|controles?\s+(?:continu|final)|questionnaires?|qcm|quiz|rapports?|dossiers?|memoires?|entretiens?"
    r"|livrables?|rendus?|oraux?|oral|ecrits?|cas\s+pratiques?|travail\s+(?:individuel|en\s+groupe)|grilles?|jurys?"
    r"|projets?\s+(?:individuel|collectif|en\s+groupe|fil\s+rouge|professionnel|tut)|candidate?s?|notes?\s+de|cahier))\b"
)


def opens_competence(text: str) -> bool:
    return opens_with_infinitive(text) or number_at_start(text) is not None


def numbered_text(line: Line) -> tuple[str | None, Line]:
    """The number that a competence opens with, and the competence without it."""
    mark = number_at_start(line.text)
    rest = line.after(mark.offset) if mark else None
    return (mark.number, rest) if mark and rest else (None, line)


def sorted_paragraphs(
    document: Document, groups: Sequence[Sequence[Line]]
) -> tuple[list[Competence], list[Assessment]]:
    """Competences first, each with the list items below it that are no competences; then all the rest: assessments."""
    first_assessed = _first_assessed([" ".join(line.text for line in group) for group in groups])
    competences: list[Competence] = []
    assessments: list[Assessment] = []
    for at, group in enumerate(groups):
        item = unbulleted(group[0])
        number, opening = numbered_text(item or group[0])
        found = part(document, (opening, *group[1:]))
        if at >= first_assessed:
            assessments.append(Assessment(found.quotes))
        elif number or opens_with_infinitive(opening.text) or not competences:
            competences.append(Competence(found.quotes, number=number))
        else:
            competences[-1] = _with_detail(competences[-1], found)
    return competences, assessments


def _first_assessed(texts: Sequence[str]) -> int:
    """Where the second column begins: at the first paragraph that opens like an assessment, or after the last
    that opens like a competence."""
    competing = [i for i, text in enumerate(texts) if opens_competence(text)]
    if not competing:
        return next((i for i, text in enumerate(texts) if ASSESSES.match(bare(text))), len(texts))
    openings = [i for i in range(competing[0] + 1, len(texts)) if ASSESSES.match(bare(texts[i]))]
    return min([*openings, *_after_details(texts, competing[-1])])


def _after_details(texts: Sequence[str], last: int) -> list[int]:
    """The paragraph behind the last competence, its lower-case items, and what its colon announces."""
    at = last + 1
    while at < len(texts) and (LOWER.match(texts[at]) or (at == last + 1 and texts[last].rstrip().endswith(":"))):
        at += 1
    return [at]


def _with_detail(competence: Competence, detail: Part) -> Competence:
    return replace(competence, details=(*competence.details, detail))
