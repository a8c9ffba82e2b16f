"""Access routes to a certification, and the juries that the source gives for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document, Quote
from corpus.layouts.lines import Line, bare, items, paragraphs, part, quote, quotes
from corpus.referential import Facet, Fact, Part, Section

ROUTE = re.compile(
    r"apres\s+un\s+parcours\s+de\s+formation|en\s+contrat\s+d'apprentissage|en\s+contrat\s+de(?:\s+professionnalisation)?\s*"
    r"(?:x\b.*)?$|en\s+contrat\s+de\s+professionnalisation|par\s+candidature\s+individuelle|par\s+experience"
)
BOX = re.compile(r"(?:^|\s)X(?=\s|$)")
VAE_YEAR = re.compile(r"^(.*pr[ée]vu en)\s+(\d{4})$")
SHARE = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")


@dataclass(frozen=True, slots=True)
class Route:
    """One way into a certification.

    Attributes:
        name: as the source words it.
        jury: the jury's composition, empty where the source gives none.
        lines: the route's own words and its box.
    """

    name: str
    lines: tuple[Line, ...]
    jury: tuple[Line, ...]

    @property
    def open(self) -> bool:
        """A flattened table no longer says under which of "Oui" and "Non" its cross stood: a jury tells."""
        return any(letters for letters in (line.text.strip(" -–") for line in self.jury))

    @property
    def by_experience(self) -> bool:
        return bare(self.name).startswith("par experience")


def routes(lines: Sequence[Line]) -> list[Route]:
    """The rows of a flattened table of access routes: the route's words, "X", the jury."""
    rows: list[list[Line]] = []
    for line in lines:
        if ROUTE.match(bare(line.text)):
            rows.append([line])
        elif rows:
            rows[-1].append(line)
    return [_route(row) for row in rows]


def _route(row: Sequence[Line]) -> Route:
    at, mark = next(((i, m) for i, line in enumerate(row) if (m := BOX.search(line.text))), (0, None))
    if mark is None:
        return Route(row[0].text, (row[0],), tuple(row[1:]))
    named = [line.text for line in row[:at]] + [row[at].text[: mark.start()].strip()]
    rest = row[at].after(mark.end())
    jury = ((rest,) if rest else ()) + tuple(row[at + 1 :])
    own = (*row[:at], Line(row[at].number, row[at].text[: mark.end()].strip()))
    return Route(" ".join(" ".join(named).split()), own, jury)


def vae_open(found: Sequence[Route]) -> bool | None:
    """Whether experience opens the certification; None where the table does not list that route."""
    return next((route.open for route in found if route.by_experience), None)


def route_facts(document: Document, found: Sequence[Route]) -> list[Fact]:
    """For each route whether it is open, and its jury."""
    facts: list[Fact] = []
    for route in found:
        row = quote(document, route.lines) or document.quote(route.lines[0].number, route.lines[-1].number)
        year = VAE_YEAR.match(route.name)
        facts.append(Fact(Facet.ACCESS, route.name, "oui" if route.open else "non", row))
        if year:
            facts.append(Fact(Facet.ACCESS, year[1], year[2], row))
        if route.open:
            jury = _whole(document, route.jury)
            facts.append(Fact(Facet.JURY, route.name, jury.text, jury))
    return facts + _shares(document, found)


def _whole(document: Document, lines: Sequence[Line]) -> Quote:
    return quote(document, lines) or quotes(document, lines)[0]


def _shares(document: Document, found: Sequence[Route]) -> list[Fact]:
    seen: dict[tuple[str, str], Fact] = {}
    for line in (line for route in found for line in route.jury):
        if share := SHARE.search(line.text):
            stated = quote(document, [line]) or document.quote(line.number, line.number)
            label = re.sub(r"\s+(?:est|sont|soit)\s+(?:de|d'|au moins)?.*$", "", line.text[: share.start()]).strip(" :")
            seen.setdefault((label, share[1]), Fact(Facet.JURY, label, f"{share[1]} %", stated))
    return list(seen.values())


def jury_sections(document: Document, found: Sequence[Route]) -> list[Section]:
    """Each different jury once, titled with the routes that have it."""
    juries: dict[str, list[Route]] = {}
    for route in found:
        if route.open:
            juries.setdefault("".join(bare(line.text) for line in route.jury), []).append(route)
    return [
        Section(
            Facet.JURY, " · ".join(("Composition des jurys", *(r.name for r in same))), _jury_parts(document, same[0])
        )
        for same in juries.values()
    ]


def _jury_parts(document: Document, route: Route) -> tuple[Part, ...]:
    return tuple(part(document, items(group)) for group in paragraphs(route.jury))
