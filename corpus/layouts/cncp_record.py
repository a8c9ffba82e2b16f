"""What a CNCP fiche says of the certification as a whole: names, dates, places, decrees."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Document, Quote
from corpus.layouts.addresses import address_facts
from corpus.layouts.contacts import contact_facts
from corpus.layouts.decrees import NAME, decree_facts, last_day
from corpus.layouts.fiche import Record
from corpus.layouts.headings import Stretch, below
from corpus.layouts.lines import Line, bare, paragraphs, part, quote, unbulleted
from corpus.layouts.nomenclatures import level_of
from corpus.layouts.routes import route_facts, routes
from corpus.referential import Facet, Fact

CODE = re.compile(r"code\s+rncp\s*:?\s*(\d{2,6})")
SIGNATORY = re.compile(
    r"(?<=[\w)])\s*((?:Président|Directeur|Directrice|Gérant|Recteur|Ministre|Responsable|Administrateur|Délégué"
    r"|Secrétaire|Chef|Le |La )[^()]*)$"
)
HISTORY = re.compile(r"((?:19|20)\d{2})\s*[:–-]\s*(.+)$")
FICHE_LINK = re.compile(r"[?&]fiche=(\d{2,6})\b")
TERRITORY = re.compile(r"(accessible en .+?)\s+X\b", re.IGNORECASE)
LEVEL = re.compile(r"(.+?)\s*\((nomenclature[^)]*)\)", re.IGNORECASE)


def record(document: Document, stretches: Sequence[Stretch], footers: Sequence[Line]) -> Record:
    identity = _identity(document, stretches)
    legal = _legal(document, stretches)
    end = last_day(legal)
    validity = [Fact(Facet.VALIDITY, "jusqu'au", end[1].value, end[1].quote)] if end else []
    facts = (
        *identity, *validity, *_components(document, stretches),
        *route_facts(document, routes(below(stretches, "juries"))),
        *_territories(document, stretches), *legal, *_statistics(document, stretches), *_places(document, stretches),
        *_contacts(document, stretches, footers), *_history(document, stretches),
        *_linked(document, stretches, footers),
    )  # fmt: skip
    return Record(
        title=_value(identity, Facet.TITLE) or document.name,
        code=f"RNCP{code}" if (code := _value(identity, Facet.CODE)) else None,
        level=level_of(" ".join(line.text for line in below(stretches, "level"))),
        issuers=tuple(f.value for f in identity if f.facet is Facet.ISSUER and not f.label),
        until=end[0] if end else None,
        replaces=_names(stretches, "previous"),
        replaced_by=_names(stretches, "next"),
        facts=facts,
    )


def _value(facts: Sequence[Fact], facet: Facet) -> str:
    return next((f.value for f in facts if f.facet is facet), "")


def _names(stretches: Sequence[Stretch], key: str) -> tuple[str, ...]:
    return tuple(" ".join(line.text for line in group) for group in paragraphs(below(stretches, key)))


def _stated(document: Document, line: Line) -> Quote:
    """The whole line that a trimmed one comes from."""
    return document.quote(line.number, line.number)


def _identity(document: Document, stretches: Sequence[Stretch]) -> list[Fact]:
    facts: list[Fact] = []
    for group in paragraphs(below(stretches, "title"))[:1]:
        found = part(document, group)
        facts.append(Fact(Facet.TITLE, "Intitulé", found.text, found.quotes[0]))
    for stretch in stretches:
        if stretch.key == "code" and stretch.heading and (code := CODE.search(bare(stretch.heading.text))):
            facts.append(Fact(Facet.CODE, "Code RNCP", code[1], _stated(document, stretch.heading)))
    for group in paragraphs(below(stretches, "issuer")):
        facts += _issuer(document, group)
    for line in below(stretches, "level"):
        if level := LEVEL.match(line.text):
            facts.append(Fact(Facet.LEVEL, level[2], level[1], _stated(document, line)))
    return facts


def _issuer(document: Document, group: Sequence[Line]) -> list[Fact]:
    found = part(document, group)
    text, quality = found.text, SIGNATORY.search(found.text)
    name = text[: quality.start()].strip() if quality else text
    facts = [Fact(Facet.ISSUER, "", name, found.quotes[0])]
    if quality:
        facts.append(Fact(Facet.ISSUER, "Qualité du signataire", quality[1].strip(), found.quotes[0]))
    return facts


def _components(document: Document, stretches: Sequence[Stretch]) -> list[Fact]:
    return [
        Fact(Facet.COMPONENTS, s.title, s.lines[0].text, document.quote(s.heading.number, s.lines[0].number))
        for s in stretches
        if s.key == "validity" and s.heading and s.lines
    ]


def _territories(document: Document, stretches: Sequence[Stretch]) -> list[Fact]:
    """Only that a box is ticked: the flattened table no longer says which."""
    found = [(line, m) for s in stretches for line in s.lines if (m := TERRITORY.match(line.text))]
    return [Fact(Facet.TERRITORIES, m[1], "X", _stated(document, line)) for line, m in found]


def _legal(document: Document, stretches: Sequence[Stretch]) -> list[Fact]:
    keys = ("decree", "creation", "vae decree", "other decrees")
    facts: list[Fact] = []
    for group in (group for key in keys for group in _decrees(below(stretches, key))):
        found = part(document, group)
        new = decree_facts(found.text, found.quotes[0])
        facts += [] if any(f.value == found.text for f in facts) else new
    return facts


def _decrees(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Paragraphs, but one that names no decree goes on with the one before."""
    groups: list[tuple[Line, ...]] = []
    for group in paragraphs(lines):
        if groups and not NAME.match(bare(" ".join(line.text for line in group))):
            groups[-1] = (*groups[-1], *group)
        else:
            groups.append(group)
    return groups


def _statistics(document: Document, stretches: Sequence[Stretch]) -> list[Fact]:
    return [Fact(Facet.STATISTICS, "Statistiques", line.text, quote(document, [line]) or _stated(document, line))
            for line in below(stretches, "statistics")]  # fmt: skip


def _places(document: Document, stretches: Sequence[Stretch]) -> list[Fact]:
    found = (s for s in stretches if s.key in ("certified at", "prepared at"))
    return [fact for s in found for fact in address_facts(document, s.lines, s.title)]


def _contacts(document: Document, stretches: Sequence[Stretch], footers: Sequence[Line]) -> list[Fact]:
    facts = contact_facts(document, below(stretches, "sources"), "Autres sources d'information")
    known = {fact.value for fact in facts}
    return facts + [fact for fact in contact_facts(document, footers) if fact.value not in known]


def _history(document: Document, stretches: Sequence[Stretch]) -> list[Fact]:
    facts: list[Fact] = []
    for line in below(stretches, "history"):
        item = unbulleted(line) or line
        if year := HISTORY.match(item.text):
            facts.append(Fact(Facet.HISTORY, year[1], year[2], _stated(document, line)))
    for stretch in stretches:
        if stretch.key in ("previous", "next") and stretch.heading and stretch.lines:
            value = " ".join(line.text for line in stretch.lines)
            stated = document.quote(stretch.heading.number, stretch.lines[-1].number)
            facts.append(Fact(Facet.HISTORY, stretch.title, value, stated))
    return facts


def _linked(document: Document, stretches: Sequence[Stretch], footers: Sequence[Line]) -> list[Fact]:
    """The fiche that the one other certification named links to, where there is just one of each."""
    named = [s for s in stretches if s.key in ("previous", "next") and s.lines]
    links = [(line, m) for line in footers if (m := FICHE_LINK.search(line.text))]
    if len(named) != 1 or len({m[1] for _, m in links}) != 1:
        return []
    line, link = links[0]
    return [Fact(Facet.HISTORY, f"{named[0].title} · fiche", link[1], _stated(document, line))]
