"""What a France compétences page says of the certification as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Document, Quote
from corpus.layouts.contacts import contact_facts
from corpus.layouts.dates import dates_in
from corpus.layouts.durations import SENTENCE_END
from corpus.layouts.fiche import Record
from corpus.layouts.headings import Stretch, below
from corpus.layouts.lines import Line, bare, quote
from corpus.layouts.nomenclatures import level_of
from corpus.layouts.routes import Route, route_facts, routes
from corpus.layouts.tables import statistics
from corpus.referential import Facet, Fact

CODED_TITLE = re.compile(r"\W*((?:RNCP|RS)\s?\d{2,6})\s*[-–:]\s*(\S.*)$")
CODE = re.compile(r"\b((?:RNCP|RS)\d{2,6})(?=BC\d|\b)")
CALLED = re.compile(
    r"(?:certification|titre|dipl[ôo]me|certificat)\s+(?:professionnel(?:le)?\s+)?[\"«“]\s*([^\"»”]{4,160}?)\s*[\"»”]"
)
CERTIFIER = re.compile(
    r"(?P<name>.+?)\s+(?P<siret>\d{3}\s?\d{3}\s?\d{3}\s?\d{5})(?:\s+(?P<trade>.*?))?"
    r"(?:\s+(?P<site>(?:https?://|www\.)\S+|-))?$"
)
SIRET = re.compile(r"\d{3}\s?\d{3}\s?\d{3}\s?\d{5}")
STATE = re.compile(r"(?:etat\s*:?\s*|fiche\s+|certification\s+)?(active|inactive)$")
REPLACED = re.compile(r"((?:RNCP|RS)\s?\d{2,6})\s+(.+)$")
TERRITORY = re.compile(r"(inscrite au cadre .+?)\s+(X|oui|non)\b\s*", re.IGNORECASE)
DATED = re.compile(r"(date\s+d\S.*?)\s*:?\s*$")
TRANSVERSAL = re.compile(r"\bcompetences?\s+transvers(?:al)?es?\b")
ITEM = re.compile(r"(\d{1,2})\s?[.)]\s+(.+?)(?=[\"”»]|[.;:]\s|[.;:]$|$)")


def record(document: Document, stretches: Sequence[Stretch]) -> Record:
    names = _names(document, stretches)
    title = next((f.value for f in names if f.facet is Facet.TITLE), None)
    code = next((f.value for f in names if f.facet is Facet.CODE), None)
    certifiers = _certifiers(document, below(stretches, "certifiers"))
    dates = _dates(document, stretches)
    replaced = _replacements(document, stretches)
    facts = (
        *names, *_levels(document, stretches), *certifiers, *dates,
        *route_facts(document, accesses(stretches)), *_answers(document, stretches),
        *_transversal(document, stretches), *_territories(document, stretches),
        *statistics(document, below(stretches, "statistics")),
        *contact_facts(document, below(stretches, "link"), "Lien internet vers le descriptif de la certification"),
        *(fact for _, fact in replaced),
    )  # fmt: skip
    ends = [d for f in dates if "ech" in bare(f.label) for _, d in dates_in(f.value)]
    return Record(
        title=title or f"Certification {code or document.name}",
        code=code,
        level=level_of(" ".join(f.quote.text for f in facts if f.facet is Facet.LEVEL)),
        issuers=tuple(f.value for f in certifiers if f.facet is Facet.ISSUER and not f.label),
        until=ends[0] if ends else None,
        active=_active(stretches),
        replaces=tuple(code for key, fact in replaced if key == "previous" for code in _codes(fact)),
        replaced_by=tuple(code for key, fact in replaced if key == "next" for code in _codes(fact)),
        facts=facts,
    )


def accesses(stretches: Sequence[Stretch]) -> list[Route]:
    """The access routes, without the headers of the next table."""
    return routes([line for line in below(stretches, "juries") if bare(line.text) not in ("oui", "non")])


def _whole(document: Document, line: Line) -> Quote:
    return quote(document, [line]) or document.quote(line.number, line.number)


def _names(document: Document, stretches: Sequence[Stretch]) -> list[Fact]:
    """Code and title: from the page's head where it has one, else from the blocks' codes and the objectives' words."""
    for line in stretches[0].lines + (stretches[1].lines if len(stretches) > 1 else []):
        if head := CODED_TITLE.match(line.text):
            stated = _whole(document, line)
            code = "".join(head[1].split())
            return [Fact(Facet.CODE, "", code, stated), Fact(Facet.TITLE, "", head[2], stated)]
    facts: list[Fact] = []
    for stretch in stretches:
        if stretch.key == "block" and stretch.heading and (code := CODE.match(stretch.heading.text)):
            facts.append(Fact(Facet.CODE, "", code[1], _whole(document, stretch.heading)))
            break
    for line in below(stretches, "objectives"):
        if called := CALLED.search(line.text):
            sentence = next((t for t in SENTENCE_END.split(line.text) if called[1] in t), line.text)
            stated = quote(document, [Line(line.number, sentence)]) or _whole(document, line)
            return [*facts, Fact(Facet.TITLE, "", called[1], stated)]
    return facts


def _active(stretches: Sequence[Stretch]) -> bool | None:
    states = [m[1] for s in stretches[:2] for line in s.lines if (m := STATE.match(bare(line.text)))]
    return states[0] == "active" if states else None


def _levels(document: Document, stretches: Sequence[Stretch]) -> list[Fact]:
    return [
        Fact(Facet.LEVEL, "Nomenclature du niveau de qualification", str(level), _whole(document, line))
        for line in below(stretches, "level")[:1]
        if (level := level_of(line.text))
    ]


def _certifiers(document: Document, lines: Sequence[Line]) -> list[Fact]:
    facts: list[Fact] = []
    for row in _rows(lines):
        if cells := CERTIFIER.match(" ".join(line.text for line in row)):
            stated = quote(document, row) or document.quote(row[0].number, row[-1].number)
            facts.append(Fact(Facet.ISSUER, "", cells["name"], stated))
            facts.append(Fact(Facet.SIRET, cells["name"], "".join(cells["siret"].split()), stated))
            if cells["trade"] and cells["trade"] != "-":
                facts.append(Fact(Facet.ISSUER, "Nom commercial", cells["trade"], stated))
            if cells["site"] and cells["site"] != "-":
                facts.append(Fact(Facet.WEBSITE, "Site internet", cells["site"], stated))
    return facts


def _rows(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """A row a line; where a SIRET has a line to itself, the row is the four lines around it."""
    rows: list[tuple[Line, ...]] = []
    for at, line in enumerate(lines):
        if SIRET.fullmatch(line.text) and at:
            rows.append(tuple(lines[at - 1 : at + 3]))
        elif SIRET.search(line.text):
            rows.append((line,))
    return rows


def _dates(document: Document, stretches: Sequence[Stretch]) -> list[Fact]:
    """The end of registration below its heading, and every line "Date de … 27-03-2025" there is."""
    facts: list[Fact] = []
    for stretch in stretches:
        if stretch.key == "until" and stretch.heading and stretch.lines and (found := dates_in(stretch.lines[0].text)):
            stated = document.quote(stretch.heading.number, stretch.lines[0].number)
            label = " ".join(stated.text.replace(found[0][0], "").split())
            facts.append(Fact(Facet.VALIDITY, label, found[0][0], stated))
    for line in (line for stretch in stretches for line in stretch.lines):
        for written, _ in dates_in(line.text):
            before = line.text[: line.text.index(written)].strip()
            if DATED.match(bare(before)) and len(before) < 120:
                facts.append(Fact(Facet.VALIDITY, before.rstrip(" :"), written, _whole(document, line)))
    return facts


def _answers(document: Document, stretches: Sequence[Stretch]) -> list[Fact]:
    """A heading that is a question, with its one-word answer."""
    return [
        Fact(Facet.PREREQUISITES, s.title, s.lines[0].text, document.quote(s.heading.number, s.lines[0].number))
        for s in stretches
        if s.key == "block entry" and s.heading and s.lines and bare(s.lines[0].text).rstrip(".") in ("oui", "non")
    ]


def _transversal(document: Document, stretches: Sequence[Stretch]) -> list[Fact]:
    """The items numbered below a line that announces transversal competences, up to where their first phrase ends."""
    facts: list[Fact] = []
    for stretch in stretches:
        listing = False
        for line in stretch.lines:
            item = ITEM.match(line.text)
            if listing and item:
                facts.append(Fact(Facet.TRANSVERSAL, item[1], item[2].strip(), _whole(document, line)))
            listing = bool(TRANSVERSAL.search(bare(line.text))) or (listing and bool(item))
    return facts


def _territories(document: Document, stretches: Sequence[Stretch]) -> list[Fact]:
    facts: list[Fact] = []
    for stretch in stretches:
        if stretch.key == "territories" and stretch.lines:
            text = " ".join(line.text for line in stretch.lines)
            stated = document.quote(stretch.lines[0].number, stretch.lines[-1].number)
            facts += [Fact(Facet.TERRITORIES, m[1], m[2], stated) for m in TERRITORY.finditer(text)]
    return facts


def _replacements(document: Document, stretches: Sequence[Stretch]) -> list[tuple[str, Fact]]:
    """Rows of a code and a title, on one line or on two."""
    found: list[tuple[str, Fact]] = []
    for stretch in stretches:
        if stretch.key in ("previous", "next"):
            for at, line in enumerate(stretch.lines):
                row = stretch.lines[at : at + 2] if CODE.fullmatch(line.text) else [line]
                if cells := REPLACED.match(" ".join(each.text for each in row)):
                    stated = quote(document, row) or _whole(document, line)
                    value = f"{''.join(cells[1].split())} {cells[2]}"
                    found.append((stretch.key, Fact(Facet.HISTORY, stretch.title, value, stated)))
    return found


def _codes(fact: Fact) -> list[str]:
    return [fact.value.split()[0]]
