"""Our own notices: "Notice Acquis", a title, lines "name : value", paragraphs under headings, blocks with items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.document import Document
from corpus.layouts.dates import date_in
from corpus.layouts.lines import Line, bare, numbered, part, quote, unbulleted
from corpus.layouts.nomenclatures import FORMACODE, NSF, ROME
from corpus.referential import Assessment, Block, Coded, Competence, Facet, Fact, Referential, Section

OPENING = "notice acquis"
FIELD = re.compile(r"(?P<name>[^:.]{2,50}?)\s:\s(?P<value>\S.*)$")
BLOCK = re.compile(r"Bloc (\d{1,2}) : (?=\S)")
FIELDS = {
    "nom": Facet.TITLE, "code": Facet.CODE, "certificateur": Facet.ISSUER, "siret": Facet.SIRET, "niveau": Facet.LEVEL,
    "nsf": Facet.NSF, "rome": Facet.ROME, "formacode": Facet.FORMACODE, "fin d'enregistrement": Facet.VALIDITY,
    "validite": Facet.VALIDITY, "remplace": Facet.HISTORY, "remplacee par": Facet.HISTORY, "vae": Facet.ACCESS,
    "autres voies": Facet.ACCESS, "jury": Facet.JURY, "duree de validite d'un bloc acquis": Facet.COMPONENTS,
    "nombre de blocs": Facet.BLOCKS, "titulaires par an": Facet.STATISTICS, "site internet": Facet.WEBSITE,
    "contact": Facet.CONTACT, "adresse": Facet.ADDRESS, "texte officiel": Facet.LINKS,
}  # fmt: skip
HEADINGS = (
    ("a quoi sert", Facet.OBJECTIVES), ("metiers", Facet.JOBS), ("pour entrer", Facet.PREREQUISITES),
    ("competences transversales", Facet.TRANSVERSAL), ("comment on est evalue", Facet.ASSESSMENT),
    ("pour obtenir", Facet.COMPONENTS),
)  # fmt: skip


@dataclass(slots=True)
class Parts:
    """A notice's lines, by what they are."""

    fields: list[tuple[str, str, Line]] = field(default_factory=list)
    sections: list[tuple[Facet, str, list[Line]]] = field(default_factory=list)
    blocks: list[list[Line]] = field(default_factory=list)

    def values(self, name: str) -> tuple[str, ...]:
        return tuple(value for known, value, _ in self.fields if known == name)

    def value(self, name: str) -> str:
        return next(iter(self.values(name)), "")


def marks(document: Document) -> float:
    """Whether the first line says so."""
    first = next(iter(numbered(document)), None)
    return 1.0 if first and bare(first.text) == OPENING else 0.0


def parse(document: Document) -> tuple[Referential, ...]:
    _, *lines = numbered(document)
    if not lines:
        return ()
    title, *rest = lines
    parts = _sorted(rest)
    until, vae = parts.value("fin d'enregistrement"), bare(parts.value("vae"))
    level = re.match(r"[1-8]\b", parts.value("niveau"))
    stated = quote(document, [title])
    named = (Fact(Facet.TITLE, "", title.text, stated),) if stated else ()
    return (
        Referential(
            source=document.name,
            layout="notice",
            title=title.text,
            code=parts.value("code") or None,
            level=int(level[0]) if level else None,
            issuers=parts.values("certificateur"),
            nsf=_coded(parts.values("nsf"), NSF),
            rome=_coded(parts.values("rome"), ROME),
            formacodes=_coded(parts.values("formacode"), FORMACODE),
            until=date_in(until),
            vae=True if vae.startswith("oui") else False if vae.startswith("non") else None,
            replaces=parts.values("remplace"),
            replaced_by=parts.values("remplacee par"),
            blocks=tuple(_block(document, lines) for lines in parts.blocks),
            sections=tuple(_section(document, *section) for section in parts.sections if section[2]),
            facts=named + tuple(_fact(document, value, line) for _, value, line in parts.fields),
        ),
    )


def _sorted(lines: Sequence[Line]) -> Parts:
    parts = Parts()
    into: list[Line] | None = None
    for line in lines:
        found = FIELD.match(line.text)
        heading = next((facet for opening, facet in HEADINGS if bare(line.text).startswith(opening)), None)
        if BLOCK.match(line.text):
            into = [line]
            parts.blocks.append(into)
        elif parts.blocks and into is not None:
            into.append(line)
        elif found and bare(found["name"]) in FIELDS:
            parts.fields.append((bare(found["name"]), found["value"], line))
        elif heading and len(line.text) < 60:
            into = None
            parts.sections.append((heading, line.text, []))
        else:
            if not parts.sections:
                parts.sections.append((Facet.OTHER, "À propos de cette notice", []))
            parts.sections[-1][2].append(line)
    return parts


def _coded(values: Sequence[str], pattern: re.Pattern[str]) -> tuple[Coded, ...]:
    return tuple(Coded(m[1], m[2]) for value in values if (m := pattern.match(value)))


def _fact(document: Document, value: str, line: Line) -> Fact:
    name = line.text.split(" : ")[0]
    stated = quote(document, [line]) or document.quote(line.number, line.number)
    return Fact(FIELDS[bare(name)], name, value, stated)


def _section(document: Document, facet: Facet, title: str, lines: Sequence[Line]) -> Section:
    return Section(facet, title, tuple(part(document, [line]) for line in lines))


def _block(document: Document, lines: Sequence[Line]) -> Block:
    first, *rest = lines
    mark = BLOCK.match(first.text)
    assert mark, "only called for lines that open a block"
    heading = part(document, [first.after(mark.end()) or first])
    items = [item for line in rest if (item := unbulleted(line))]
    named = {bare(m["name"]): (m, line) for line in rest if (m := FIELD.match(line.text))}
    code = named.get("code du bloc")
    assessed = named.get("evaluation")
    return Block(
        number=int(mark[1]),
        title=heading.text,
        heading=heading,
        code=code[0]["value"] if code else None,
        competences=tuple(Competence(part(document, [item]).quotes) for item in items),
        assessments=(Assessment(part(document, [_after(*assessed)]).quotes),) if assessed else (),
    )


def _after(found: re.Match[str], line: Line) -> Line:
    return line.after(found.start("value")) or line
