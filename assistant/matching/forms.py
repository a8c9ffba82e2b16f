"""Experiences written as a form, a label before each value: « Poste : … », « Employeur : … », « Période : … »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from assistant.matching.headers import Header, parts
from assistant.matching.paragraphs import Item, Paragraph
from assistant.matching.periods import periods
from index.words import fold


class Field(StrEnum):
    TITLE = "title"
    EMPLOYER = "employer"
    PERIOD = "period"
    TASKS = "tasks"
    TRADE = "trade"  # the employer's, which says nothing of what was done


LABELS = {
    Field.TITLE: """poste, poste occupé, intitulé du poste, fonction, fonction ou poste occupé, emploi, emploi occupé,
        métier, titre, position, job title, role, occupation or position held""",
    Field.EMPLOYER: """employeur, entreprise, société, nom et adresse de l'employeur, nom de l'employeur, organisme,
        structure, établissement, employer, company, name and address of employer, lieu""",
    Field.PERIOD: "période, dates, date, durée, dates d'emploi, period",
    Field.TASKS: """missions, tâches, activités, principales activités et responsabilités, activités principales,
        responsabilités, missions principales, réalisations, description, main activities and responsibilities, tasks,
        poste et employeur, missions et réalisations""",
    Field.TRADE: "type ou secteur d'activité, secteur d'activité, type of business or sector",
}
FIELDS = {fold(" ".join(label.split())): field for field, listed in LABELS.items() for label in listed.split(",")}
FIELDS = {label.strip(): field for label, field in FIELDS.items()}
LONGEST = max(map(len, FIELDS))
MARK = re.compile(r"\s*:\s*|\s{2,}|$")


def field(text: str) -> tuple[Field, int] | None:
    """The field that a line's label names, and where its value starts: at the line's end where it stands alone."""
    for match in MARK.finditer(text[: LONGEST + 8]):
        label = " ".join(fold(text[: match.start()]).replace("’", "'").split())
        if match.start() and (found := FIELDS.get(label)):
            return found, match.end()
    return None


def is_form(lines: Sequence[Paragraph]) -> bool:
    """True where labels say at least what and when, or what and where."""
    found = {named[0] for line in lines if (named := field(line.text)) and named[1] < len(line.text)}
    return Field.TITLE in found and bool(found & {Field.EMPLOYER, Field.PERIOD})


def filled(lines: Sequence[Paragraph]) -> list[tuple[Header, list[Item]]]:
    """Each experience of a form with its tasks; a label that comes again opens the next."""
    jobs: list[tuple[dict[Field, Item], list[Item], int]] = []
    open_field = Field.TASKS
    for place, line in enumerate(lines):
        named = field(line.text)
        open_field, start = named or (open_field, 0)
        fresh = named is not None and open_field is not Field.TASKS
        if fresh and (not jobs or open_field in jobs[-1][0]):
            jobs.append(({}, [], place))
        if not jobs or start >= len(line.text.rstrip()):
            continue
        values, tasks, _ = jobs[-1]
        item = line.item(start, len(line.text.rstrip()))
        if open_field is Field.TASKS or open_field in values:
            tasks.append(item)
        else:
            values[open_field] = item
    return [(_header(values, place), tasks) for values, tasks, place in jobs if Field.TITLE in values]


def _header(values: dict[Field, Item], place: int) -> Header:
    employer, when = values.get(Field.EMPLOYER), values.get(Field.PERIOD)
    if employer:
        named = parts(Paragraph(employer.line, employer.text), ())
        employer = named[0] if named and not employer.more else employer
    found = periods(when.whole) if when else ()
    return Header(place, place, values[Field.TITLE], employer, found[0] if found else None)
