"""The REAC: a job, its typical activities, and a sheet for each professional competence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.document import Document
from corpus.layouts.headings import Stretch, cut, heading
from corpus.layouts.lines import Line, bare, letters, part
from corpus.layouts.reac.sheets import Sheets, full_width, joined, listed, parts
from corpus.referential import Activity, Block, Coded, Competence, Criterion, Facet, Fact, Part, Referential, Section

HEADINGS = tuple(
    heading(key, pattern)
    for key, pattern in (
        ("history", r"presentation de l'evolution du titre professionnel$"),
        ("history", r"contexte de l'examen du titre professionnel$"),
        ("history", r"liste des activites$"),
        ("repeats", r"vue synoptique de l'emploi-?\s?type$"),
        ("title", r"fiche emploi type$"),
        ("job", r"definition de l'emploi type.*$"),
        ("sectors", r"secteurs d'activite et types d'emplois.*$"),
        ("jobs", r"les types d'emplois accessibles.*$"),
        ("regulation", r"reglementation d'activites.*$"),
        ("links", r"equivalences avec d'autres certifications.*$"),
        ("repeats", r"liste des activites types et des competences.*$"),
        ("transversal", r"competences transversales de l'emploi(?: type)?$"),
        ("level", r"niveau et/ou domaine d'activite.*$"),
        ("activity", r"fiche activite type n\s?°\s?\d+"),
        ("definition", r"definition, description de l'activite type.*$"),
        ("its competences", r"liste des competences professionnelles de l'activite.*$"),
        ("its transversal", r"competences transversales de l'activite type.*$"),
        ("sheet", r"fiche competence professionnelle n\s?°\s?\d+"),
        ("transversal sheet", r"fiches? (?:des )?competences transversales.*$"),
        ("description", r"description de la competence.*$"),
        ("setting", r"contexte\(?s?\)? professionnel.*$"),
        ("criteria", r"criteres de performance\s*:?$"),
        ("knowledge", r"savoir-faire techniques,.*$"),
        ("glossary", r"glossaire (?:technique|du ).*$"),
        ("rights", r"reproduction interdite"),
    )
)
FACETS = {
    "history": Facet.HISTORY,
    "job": Facet.ACTIVITIES,
    "sectors": Facet.SECTORS,
    "jobs": Facet.JOBS,
    "regulation": Facet.REGULATION,
    "links": Facet.LINKS,
    "transversal": Facet.TRANSVERSAL,
    "glossary": Facet.OTHER,
    "rights": Facet.LEGAL,
}
NSF = re.compile(r"(\d{3}[a-z]?)\s*[-–:]+\s*(\S.*)$")
ROME = re.compile(r"([A-N]\d{4})\b\s*[-–:]*\s*(.*)$")
LEVEL = re.compile(r"niveau\s+([1-8])\b")
TERM = 60  # characters: a glossary's longest term
NOTHING = re.compile(r"(?:neant|sans objet)\.?$")


@dataclass(slots=True)
class Sheet:
    """A competence's sheet, as its stretches come."""

    number: str | None
    title: list[Line]
    stretches: dict[str, list[Line]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return letters(joined(self.title))


def read_job(found: Sheets) -> Referential:
    stretches = cut(found.lines, HEADINGS)
    professional, transversal = _sheets(stretches)
    title = _title(found)
    level, facts = _facts(found, stretches)
    nsf = tuple(Coded(f.value, f.label) for f in facts if f.facet is Facet.NSF)
    rome = tuple(Coded(f.value, f.label) for f in facts if f.facet is Facet.ROME)
    return Referential(
        found.document.name,
        "reac",
        joined(title) or found.document.name,
        issuers=tuple(f.value for f in found.issuer),
        level=level,
        nsf=nsf,
        rome=rome,
        blocks=tuple(_blocks(found, stretches, professional)),
        sections=(*_sections(found, stretches), *_transversal(found, transversal)),
        facts=(*_title_facts(found.document, title), *found.imprint, *found.issuer, *facts),
    )


def _title(found: Sheets) -> list[Line]:
    """What stands between "du titre professionnel" and the level on the cover."""
    plain = [bare(line.text) for line in found.lines[:30]]
    start = next((n for n, text in enumerate(plain) if text.endswith("titre professionnel")), None)
    if start is None:
        return []
    end = next(
        (n for n in range(start + 1, len(plain)) if LEVEL.match(plain[n]) or plain[n].startswith("site")), start + 2
    )
    return list(found.lines[start + 1 : end])


def _title_facts(document: Document, title: Sequence[Line]) -> list[Fact]:
    return [Fact(Facet.TITLE, "Intitulé", joined(title), part(document, title).quotes[0])] if title else []


def _sheets(stretches: Sequence[Stretch]) -> tuple[list[Sheet], list[Sheet]]:
    """The sheets of professional competences, and those of transversal ones."""
    professional: list[Sheet] = []
    transversal: list[Sheet] = []
    current: list[Sheet] | None = None
    for stretch in stretches:
        if stretch.key == "sheet":
            professional.append(Sheet(_digits(stretch.title), list(stretch.lines)))
            current = professional
        elif stretch.key == "transversal sheet":
            transversal.append(Sheet(None, list(stretch.lines)))
            current = transversal
        elif stretch.key in ("description", "setting", "criteria", "knowledge") and current:
            if stretch.key == "description" and "description" in current[-1].stretches:
                current.append(Sheet(None, _last_lines(current[-1])))
            current[-1].stretches.setdefault(stretch.key, []).extend(stretch.lines)
        else:
            current = None
    return professional, transversal


def _last_lines(sheet: Sheet) -> list[Line]:
    """A title without a heading of its own ends the sheet before it."""
    last = list(sheet.stretches.values())[-1]
    return [last.pop()] if last else []


def _digits(text: str) -> str | None:
    found = re.search(r"\d+", text)
    return found[0] if found else None


def _blocks(found: Sheets, stretches: Sequence[Stretch], sheets: Sequence[Sheet]) -> Iterator[Block]:
    starts = [n for n, s in enumerate(stretches) if s.key == "activity"]
    for place, start in enumerate(starts, 1):
        end = next((n for n in range(start + 1, len(stretches)) if stretches[n].key in ("activity", "sheet")), None)
        own = {s.key: s.lines for s in reversed(stretches[start:end])}
        activity = stretches[start]
        title = activity.lines or ([activity.heading] if activity.heading else [])
        shared = _shared(found, own.get("its transversal", []))
        yield Block(
            int(_digits(activity.title) or place),
            joined(title),
            part(found.document, title),
            activities=tuple(Activity(p.quotes) for p in _parts(found, own.get("definition", []))),
            competences=(*_own(found, own.get("its competences", []), sheets), *shared),
        )


def _own(found: Sheets, lines: Sequence[Line], sheets: Sequence[Sheet]) -> Iterator[Competence]:
    """The sheets whose titles the activity lists."""
    names = letters(joined(lines))
    for sheet in sheets:
        if sheet.key and sheet.key in names:
            yield _competence(found, sheet)


def _shared(found: Sheets, lines: Sequence[Line]) -> Iterator[Competence]:
    for item in listed(lines, found.width):
        yield Competence(part(found.document, item).quotes, transversal=True)


def _competence(found: Sheets, sheet: Sheet) -> Competence:
    details = [
        p for key in ("description", "setting", "knowledge") for p in _parts(found, sheet.stretches.get(key, []))
    ]
    criteria = _parts(found, sheet.stretches.get("criteria", []))
    return Competence(
        part(found.document, sheet.title).quotes,
        number=f"CP{sheet.number}" if sheet.number else None,
        details=tuple(details),
        criteria=tuple(Criterion(p.quotes) for p in criteria),
    )


def _parts(found: Sheets, lines: Sequence[Line]) -> tuple[Part, ...]:
    return parts(found.document, listed(lines, full_width(lines, found.width)))


def _sections(found: Sheets, stretches: Sequence[Stretch]) -> Iterator[Section]:
    for stretch in stretches:
        facet = FACETS.get(stretch.key)
        if facet and stretch.lines and not _nothing(stretch):
            items = _parts(found, stretch.lines)
            yield Section(facet, stretch.title, _entries(items) if stretch.key == "glossary" else items)


def _nothing(stretch: Stretch) -> bool:
    return all(NOTHING.match(bare(line.text)) for line in stretch.lines)


def _entries(items: Sequence[Part]) -> tuple[Part, ...]:
    """A glossary's terms, each with what explains it."""
    entries: list[Part] = []
    for item in items:
        term = len(item.text) < TERM and not item.text.endswith((".", ")", ";"))
        if entries and not (term and _explained(entries[-1])):
            entries[-1] = Part((*entries[-1].quotes, *item.quotes))
        else:
            entries.append(item)
    return tuple(entries)


def _explained(entry: Part) -> bool:
    return len(entry.text) >= TERM or entry.text.endswith((".", ")", ";"))


def _transversal(found: Sheets, sheets: Sequence[Sheet]) -> Iterator[Section]:
    for sheet in sheets:
        lines = [line for stretch in sheet.stretches.values() for line in stretch]
        yield Section(Facet.TRANSVERSAL, joined(sheet.title), (*_parts(found, sheet.title), *_parts(found, lines)))


def _facts(found: Sheets, stretches: Sequence[Stretch]) -> tuple[int | None, list[Fact]]:
    facts: list[Fact] = []
    level = None
    lines = [line for s in stretches if s.key == "level" for line in (s.lines or [])]
    for line in [*found.lines[:12], *lines]:
        stated = found.document.quote(line.number, line.number)
        if level is None and (match := LEVEL.match(bare(line.text))):
            level = int(match[1])
            facts.append(Fact(Facet.LEVEL, "Niveau", match[1], stated))
    for stretch in stretches:
        if stretch.key == "regulation" and len(stretch.lines) == 1 and _nothing(stretch):
            line = stretch.lines[0]
            facts.append(
                Fact(Facet.REGULATION, stretch.title, line.text, found.document.quote(line.number, line.number))
            )
    for line in lines:
        stated = found.document.quote(line.number, line.number)
        facts += [Fact(Facet.NSF, m[2].strip(), m[1], stated) for m in [NSF.match(line.text)] if m]
        facts += [Fact(Facet.ROME, m[2].strip(), m[1], stated) for m in [ROME.match(line.text)] if m]
    return level, facts
