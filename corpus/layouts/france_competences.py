"""The page of a certification on France compétences' site, saved or copied as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Document
from corpus.layouts import france_competences_record
from corpus.layouts.competences import attested, sorted_paragraphs
from corpus.layouts.fiche import fiche
from corpus.layouts.headings import Stretch, below, cut, heading
from corpus.layouts.lines import Line, bare, items, letters, numbered, paragraphs, part
from corpus.referential import Activity, Block, Facet, Referential, Section

HEADINGS = (
    heading("essentials", r"l'essentiel$"),
    heading("level", r"nomenclature( du niveau de qualification)?$", r"du niveau de qualification$"),
    heading("nsf", r"code ?\(s\) nsf( ?:)?$"),
    heading("formacode", r"formacode ?\(s\)( ?:)?$"),
    heading("until", r"date d'echeance( de l'enregistrement)?$", r"de l'enregistrement$"),
    heading("certifiers", r"nom legal( siret.*)?$", r"siret$|nom commercial$|site internet$"),
    heading("objectives", r"objectifs et contexte de la certification ?:"),
    heading("activities", r"activites visees ?:"),
    heading("attested", r"competences attestees ?:"),
    heading("assessment", r"modalites? d'evaluation ?:"),
    heading("block", r"(?=r(ncp|s)\d+bc\d+ ?[-–:])"),
    heading("components", r"description des modalites d'acquisition.*$"),
    heading("sectors", r"secteurs? d'activites? ?:"),
    heading("jobs", r"types? d'emplois? accessibles? ?:"),
    heading("rome", r"codes? ?(\(s\))? ?rome ?:"),
    heading("regulation", r"references juridiques des reglementations? d'activites? ?:"),
    heading("entry", r"(le cas ech\w+,? )?pre-?requis a l'entree( en formation)? ?:"),
    heading("validation", r"(le cas ech\w+,? )?pre-?requis a la validation( de la certification)? ?:"),
    heading("block entry", r"pre-?requis di\w+ pour les blocs de competences ?:"),
    heading("validity", r"validite des composantes acquises ?:?$"),
    heading("juries", r"voies? d'acces a la certification( oui.*)?$", r"oui$|non$|composition des jurys$"),
    heading("territories", r"oui ?non$|(?=inscrite au cadre)"),
    heading("statistics", r"statistiques ?:?$"),
    heading("link", r"lien internet vers le descriptif de la certification ?:"),
    heading("preparers", r"liste des organismes preparant a la certification ?:"),
    heading("previous", r"certification ?\(s\) anterieure ?\(s\) ?:?$", r"certification\(s\)|code de la fiche"),
    heading("next", r"nouvelle ?\(s\) certification ?\(s\) ?:?$", r"nouvelle\(s\)|code de la fiche"),
    heading("reference", r"referentiel d'activite, de competences et d'evaluation ?:?"),
    heading("legal", r"base legale$|references? au ?\(x\) texte|references? autres? ?(\(.*\))? ?:"),
    heading(
        "links", r"liens? avec d'autres certifications|certifications professionnelles enregistrees .* correspondance"
    ),
    heading("more", r"pour plus d'informations? ?:?$"),
)
FURNITURE = re.compile(
    r"icon(?:\s+(?:de\s+la\s+nomenclature|nsf|formacode|date|certificateur))?$|liste\s+de\s+competences(?:\s|$)|modalites?\s+d'evaluation$"
)
BLOCK = re.compile(r"((?:RNCP|RS)\d+BC(\d+))\s*[-–:]\s*(?=\S)")
SECTIONS = {
    "objectives": Facet.OBJECTIVES, "activities": Facet.ACTIVITIES, "attested": Facet.COMPETENCES,
    "assessment": Facet.ASSESSMENT, "components": Facet.COMPONENTS, "sectors": Facet.SECTORS, "jobs": Facet.JOBS,
    "regulation": Facet.REGULATION, "entry": Facet.PREREQUISITES, "validation": Facet.PREREQUISITES,
    "block entry": Facet.PREREQUISITES, "validity": Facet.COMPONENTS, "legal": Facet.LEGAL, "links": Facet.LINKS,
}  # fmt: skip
TRANSVERSAL = re.compile(r"\bcompetences?\s+transvers(?:al)?es?\b")
ITEM = re.compile(r"(?:[•*-]|\d{1,2}\s?[.)])\s+")
OWN_MARKS = ("objectives", "activities", "attested", "components", "jobs", "sectors", "juries", "certifiers", "link",
             "previous", "block entry", "validation", "entry", "regulation", "level", "until")  # fmt: skip


def marks(document: Document) -> float:
    """The share of the page's own headings that are there; coded blocks count as much as any four of them."""
    lines = [bare(line.text) for line in numbered(document)]
    there = {h.key for h in HEADINGS for text in lines if h.pattern.match(text)}
    return min(1.0, (len(there & set(OWN_MARKS)) + 4 * ("block" in there)) / 12)


def parse(document: Document) -> tuple[Referential, ...]:
    lines = [line for line in numbered(document) if not FURNITURE.match(bare(line.text))]
    return (_referential(document, cut(lines, HEADINGS)),)


def _referential(document: Document, stretches: Sequence[Stretch]) -> Referential:
    record = france_competences_record.record(document, stretches)
    accesses = france_competences_record.accesses(stretches)
    width = max((len(line.text) for stretch in stretches for line in stretch.lines), default=0)
    blocks, sections = _blocks(document, stretches, width), _sections(document, stretches, width)
    return fiche(document, "france_competences", record, accesses, stretches, sections, blocks)


def _blocks(document: Document, stretches: Sequence[Stretch], width: int) -> tuple[Block, ...]:
    found = {s.lines[0].number: s for s in stretches if s.key == "block" and s.lines and BLOCK.match(s.lines[0].text)}
    listed = attested(paragraphs(below(stretches, "attested"), width))
    blocks = [_block(document, stretch, width, listed) for stretch in found.values()]
    activities = _by_block(document, paragraphs(below(stretches, "activities"), width), blocks)
    return tuple(
        replace(b, activities=(*activities[b.number], *b.activities)) for b in sorted(blocks, key=lambda b: b.number)
    )


def _block(document: Document, stretch: Stretch, width: int, listed: frozenset[str]) -> Block:
    first, *rest = stretch.lines
    mark = BLOCK.match(first.text)
    assert mark, "only called for lines that open a block"
    title = [line for line in (first.after(mark.end()),) if line]
    while rest and rest[0].number == first.number + len(title) and not rest[0].text[0].isupper():
        title.append(rest.pop(0))
    heading_part = part(document, title)
    told = sorted_paragraphs(document, paragraphs(rest, width), listed)
    return Block(
        number=int(mark[2]),
        title=heading_part.text,
        heading=heading_part,
        code=mark[1],
        activities=told.announced,
        competences=told.competences,
        assessments=told.assessments,
    )


def _by_block(
    document: Document, groups: Sequence[Sequence[Line]], blocks: Sequence[Block]
) -> dict[int, list[Activity]]:
    """The activities of the page's common list that stand below a line which opens with a block's title."""
    found: dict[int, list[Activity]] = {block.number: [] for block in blocks}
    current: int | None = None
    for group in groups:
        text = letters(group[0].text)
        current = next((b.number for b in blocks if text.startswith(letters(b.title))), current)
        if current is not None:
            found[current].append(Activity(part(document, items(group)).quotes))
    return found


def _sections(document: Document, stretches: Sequence[Stretch], width: int) -> list[Section]:
    found: list[Section] = []
    for stretch in stretches:
        if stretch.key in SECTIONS and stretch.lines:
            found += _section(document, SECTIONS[stretch.key], stretch, width)
    return found


def _section(document: Document, facet: Facet, stretch: Stretch, width: int) -> list[Section]:
    """The stretch's paragraphs; where one announces transversal competences, it and its list are a section apart."""
    groups = paragraphs(stretch.lines, width)
    at = next((i for i, g in enumerate(groups) if TRANSVERSAL.search(bare(g[0].text)) and _list(groups, i)), None)
    if at is None:
        return [Section(facet, stretch.title, tuple(part(document, items(g)) for g in groups))]
    end = at + 1 + len(_list(groups, at))
    announced = Section(
        Facet.TRANSVERSAL, "Compétences transversales", tuple(part(document, g) for g in groups[at:end])
    )
    rest = tuple(part(document, items(g)) for g in (*groups[:at], *groups[end:]))
    return [Section(facet, stretch.title, rest), announced] if rest else [announced]


def _list(groups: Sequence[Sequence[Line]], at: int) -> list[Sequence[Line]]:
    """The list items right behind a paragraph."""
    found: list[Sequence[Line]] = []
    for group in groups[at + 1 :]:
        if not ITEM.match(group[0].text):
            break
        found.append(group)
    return found
