"""The tables of the evaluation document: which competence by which criteria, which modality how long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.layouts.infinitives import opens_with_infinitive
from corpus.layouts.lines import Line, bare, letters
from corpus.layouts.reac.sheets import joined

BOXES = re.compile(r"[☐☒☑\s]+$")
HEAD = re.compile(r"competences professionnelles$")
HEAD_ENDS = re.compile(r".*production\(s\)$")
TABLE_HEAD = re.compile(r"(?:modalites|competences evaluees|duree|detail de l'organisation de l'epreuve)$")
MODALITY = re.compile(
    r"(?:▪\s*)?(?:mise en situation\b|presentation d'un projet|entretien technique|questionnaire\b"
    r"|questionnement a partir|entretien final)"
)
ENDS = re.compile(r"(?:autres modalites d'evaluation|duree totale)")
DURATION = re.compile(r"(?:\d{1,2}\s*h\s*\d{2}(?:\s*min)?|\d{1,3}\s*min(?:utes)?)\.?$")
NONE = re.compile(r"sans objet$")


@dataclass(frozen=True, slots=True)
class Examined:
    """A row of the table of modalities: all its lines, its modality's name, and its duration where it has one."""

    lines: tuple[Line, ...]
    name: str
    duration: Line | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A row of the table of criteria: the block's title where it opens one, the competence, its criteria."""

    block: tuple[Line, ...]
    competence: tuple[Line, ...]
    criteria: tuple[Line, ...]


def modalities(lines: Sequence[Line]) -> list[Examined]:
    """The rows that are assessed: those without object are left out."""
    rows: list[list[Line]] = []
    for line in lines:
        plain = bare(line.text)
        if TABLE_HEAD.match(plain) or ENDS.match(plain):
            if ENDS.match(plain):
                rows.append([])
            continue
        if MODALITY.match(plain) and (not rows or not rows[-1] or _complete(rows[-1])):
            rows.append([])
        if rows:
            rows[-1].append(line)
    return [row for lines_ in rows if (row := _examined(lines_))]


def _complete(row: Sequence[Line]) -> bool:
    return any(DURATION.match(bare(line.text)) or NONE.match(bare(line.text)) for line in row)


def _examined(row: Sequence[Line]) -> Examined | None:
    if not row or not MODALITY.match(bare(row[0].text)) or any(NONE.match(bare(line.text)) for line in row):
        return None
    after = next((n for n, line in enumerate(row) if n and (_named(line) or DURATION.match(bare(line.text)))), 1)
    duration = next((line for line in row if DURATION.match(bare(line.text))), None)
    return Examined(tuple(row), joined(row[:after]).lstrip("▪ "), duration)


def _named(line: Line) -> bool:
    """True for a competence's name, which opens with an infinitive in capitals' place."""
    return line.text[0].isupper() and opens_with_infinitive(line.text)


def criteria_rows(lines: Sequence[Line], blocks: set[str], competences: set[str]) -> Iterator[Judged]:
    """The rows of the table of criteria.

    Args:
        blocks, competences: the known titles, as `letters` folds them.
    """
    row: list[Line] = []
    head = False
    for line in lines:
        plain = bare(line.text)
        head = head or bool(HEAD.match(plain))
        if head:
            head = not HEAD_ENDS.match(plain)
        elif BOXES.match(line.text):
            if row:
                yield _judged(row, blocks, competences)
            row = []
        else:
            row.append(line)


def _judged(row: Sequence[Line], blocks: set[str], competences: set[str]) -> Judged:
    block = _known(row, blocks)
    rest = row[block:]
    named = _known(rest, competences) or _until_criteria(rest)
    return Judged(tuple(row[:block]), tuple(rest[:named]), tuple(rest[named:]))


def _known(lines: Sequence[Line], titles: set[str]) -> int:
    """How many of the first lines make a known title; 0 for none."""
    return next((n for n in (1, 2, 3, 4) if letters(joined(lines[:n])) in titles), 0)


def _until_criteria(lines: Sequence[Line]) -> int:
    found = (n for n, line in enumerate(lines) if n and bare(line.text).startswith(("le ", "la ", "les ", "l'", "un ")))
    return next(found, 1)
