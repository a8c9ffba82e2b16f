"""Telling competences from how they are assessed, where one cell after the other is printed as one text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.document import Document
from corpus.layouts.infinitives import opens_with_infinitive
from corpus.layouts.lines import Line, bare, items, letters, part, unbulleted
from corpus.layouts.numbering import number_at_start
from corpus.referential import Activity, Assessment, Competence, Part

ALIKE = 30  # letters at the start: the two copies of a competence often differ by a word further on
LOWER = re.compile(r"\W*[a-zà-ÿ]")
ASSESSES = re.compile(
    r"(?:\W*(?:l'|l[ae]s?\s+|une?\s+|des\s+)?(?:mises?\s+en\s+situation|evaluations?|modalites?|epreuves?|etudes?\s+de\s+cas"
    r"|soutenances?|examens?|controles?\s+(?:continu|final)|questionnaires?|qcm|quiz|rapports?|dossiers?|memoires?|entretiens?"
    r"|livrables?|rendus?|oraux?|oral|ecrits?|cas\s+pratiques?|travail\s+(?:individuel|en\s+groupe)|grilles?|jurys?"
    r"|projets?\s+(?:individuel|collectif|en\s+groupe|fil\s+rouge|professionnel|tut)|candidate?s?|notes?\s+de|cahier))\b"
)


@dataclass(frozen=True, slots=True)
class Sorted:
    """The paragraphs of a block: what announces its competences, these, and how they are assessed."""

    announced: tuple[Activity, ...]
    competences: tuple[Competence, ...]
    assessments: tuple[Assessment, ...]


def opens_competence(text: str) -> bool:
    return opens_with_infinitive(text) or number_at_start(text) is not None


def numbered_text(line: Line) -> tuple[str | None, Line]:
    """The number that a competence opens with, and the competence without it."""
    mark = number_at_start(line.text)
    rest = line.after(mark.offset) if mark else None
    return (mark.number, rest) if mark and rest else (None, line)


def sorted_paragraphs(
    document: Document, groups: Sequence[Sequence[Line]], attested: frozenset[str] = frozenset()
) -> Sorted:
    """Competences first, each with the list items below it that are no competences; then all the rest: assessments.

    Args:
        attested: how the competences begin that the source also lists elsewhere; they are competences for certain.
    """
    texts = [" ".join(line.text for line in group) for group in groups]
    certain = [i for i, group in enumerate(groups) if _letters(group) in attested]
    first = next((i for i, text in enumerate(texts) if i in certain or opens_competence(text)), 0)
    last = max(_first_assessed(texts), certain[-1] + 1) if certain else _first_assessed(texts)
    if 2 * len(certain) > sum(opens_competence(text) for text in texts):
        last = _after_details(texts, certain[-1])[0]
    competences: list[Competence] = []
    for at, group in enumerate(groups[first:last], first):
        item = unbulleted(group[0])
        number, opening = numbered_text(item or group[0])
        found = part(document, (opening, *group[1:]))
        own = at in certain or number or opens_with_infinitive(opening.text) or (item and item.text[0].isupper())
        if own or not competences:
            competences.append(Competence(found.quotes, number=number))
        else:
            competences[-1] = _with_detail(competences[-1], found)
    announced = tuple(Activity(part(document, items(group)).quotes) for group in groups[: min(first, last)])
    assessments = tuple(Assessment(part(document, items(group)).quotes) for group in groups[last:])
    return Sorted(announced, tuple(competences), assessments)


def _letters(group: Sequence[Line]) -> str:
    _, opening = numbered_text(unbulleted(group[0]) or group[0])
    return letters(" ".join(line.text for line in (opening, *group[1:])))[:ALIKE]


def attested(groups: Sequence[Sequence[Line]]) -> frozenset[str]:
    """What `sorted_paragraphs` compares with: the first letters of each paragraph, without bullet and number."""
    return frozenset(_letters(group) for group in groups)


def _first_assessed(texts: Sequence[str]) -> int:
    """Where the second column begins: at the first paragraph that opens like an assessment or with a number that a
    competence had, or else after the last that opens like a competence."""
    competing = [i for i, text in enumerate(texts) if opens_competence(text)]
    if not competing:
        return next((i for i, text in enumerate(texts) if ASSESSES.match(bare(text))), len(texts))
    openings = [i for i in range(competing[0] + 1, len(texts)) if ASSESSES.match(bare(texts[i]))]
    return min([*openings, *_repeated_number(texts), *_after_details(texts, competing[-1])])


def _repeated_number(texts: Sequence[str]) -> list[int]:
    """The first paragraph whose number an earlier one had."""
    seen: set[str] = set()
    for at, text in enumerate(texts):
        found = number_at_start(text)
        if found and found.number in seen:
            return [at]
        seen |= {found.number} if found else set()
    return []


def _after_details(texts: Sequence[str], last: int) -> list[int]:
    """The paragraph behind the last competence, its lower-case items, and what its colon announces."""
    at = last + 1
    while at < len(texts) and (LOWER.match(texts[at]) or (at == last + 1 and texts[last].rstrip().endswith(":"))):
        at += 1
    return [at]


def _with_detail(competence: Competence, detail: Part) -> Competence:
    return replace(competence, details=(*competence.details, detail))
