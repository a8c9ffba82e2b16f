"""The fiche of the former Commission nationale (CNCP): "Résumé descriptif de la certification Code RNCP : …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Document
from corpus.layouts import cncp_blocks, cncp_record
from corpus.layouts.fiche import fiche
from corpus.layouts.headings import Stretch, below, cut, heading
from corpus.layouts.lines import Line, bare, items, numbered, paragraphs, part, unbulleted
from corpus.layouts.routes import routes
from corpus.referential import Facet, Referential, Section

HEADINGS = (
    heading("code", r"resume descriptif de la certification( code rncp :?| \(?code rncp\)? :?)?"),
    heading("title", r"intitule ?:?$"),
    heading("issuer", r"autorite responsable de la certification( qualite.*)?$", r"certification$"),
    heading("level", r"niveau et/ou domaine d'activite ?:?"),
    heading("agreements", r"convention ?\(s\) ?:"),
    heading("nsf", r"code ?\(s\) nsf ?:"),
    heading("formacode", r"formacode ?\(s\) ?:"),
    heading("summary", r"resume du referentiel d'emploi( ou elements? de competences? acquis)? ?:?"),
    heading("attested", r"les (capacites|competences) attestees ?:"),
    heading(
        "sectors", r"secteurs d'activites? ou types? d'emplois?.*$", r"diplome, ce titre|ce titre ou ce certificat"
    ),
    heading("rome", r"codes? des fiches rome les plus proches ?:"),
    heading("regulation", r"reglementation d'activites? ?:"),
    heading("access", r"modalites d'acces a cette certification$"),
    heading("components", r"descriptif des composantes de la certification ?:"),
    heading("blocks", r"blocs? de competences? ?:$"),
    heading("block", r"(?=blocs? de competences? n ?[°o] ?\d+ de)"),
    heading("validity", r"validite des composantes acquises ?:"),
    heading("juries", r"conditions d'inscription a la( certification.*)?$", r"certification oui ?non|oui ?non"),
    heading("territories", r"oui ?non$"),
    heading("links", r"liens avec d'autres certifications( accords europeens.*)?$", r"accords europeens"),
    heading("legal", r"base legale$"),
    heading("decree", r"reference du decret general ?:"),
    heading("creation", r"reference arrete( de)? creation( \(ou date 1er arrete enregistrement\))? ?:"),
    heading("vae decree", r"reference du decret et/ou arrete vae ?:"),
    heading("other decrees", r"references autres ?:"),
    heading("more", r"pour plus d'informations?$"),
    heading("statistics", r"statistiques ?:"),
    heading("sources", r"autres sources d'informations? ?:"),
    heading("certified at", r"lieu ?\(x\) de certification ?:"),
    heading("prepared at", r"lieu ?\(x\) de preparation.*?:$"),
    heading("history", r"historique de la certification ?:"),
    heading("previous", r"certifications? precedentes? ?:"),
    heading("next", r"certifications? suivantes? ?:"),
)
FURNITURE = re.compile(
    r"intitule\s+descriptif\s+et\s+modalites\s+d'evaluation|le\s+repertoire\s+national\s+des\s+certifications\s+prof"
)
FOOTER_URL = re.compile(r"https?://\S+$")
SECTIONS = {
    "access": Facet.ACCESS, "components": Facet.COMPONENTS, "regulation": Facet.REGULATION, "links": Facet.LINKS,
    "statistics": Facet.STATISTICS, "sources": Facet.CONTACT, "history": Facet.HISTORY, "agreements": Facet.ISSUER,
}  # fmt: skip
SECTOR_WORDS = re.compile(
    r"\b(?:secteurs?|entreprises?|industries?|societes?|pm[ei]|tpe|esn|ssii|administrations?|collectivites?|cabinets?)\b"
)
ACTIVITY = re.compile(r"\W*activites?\s+(?:n\s*[°o]\s*)?\d+\s*[:–-]\s*\S")


def marks(document: Document) -> float:
    """The share of the fiche's own headings that are there, if its first one is."""
    text = [bare(line.text) for line in numbered(document)]
    if not any(t.startswith("resume descriptif de la certification") for t in text):
        return 0.0
    there = {h.key for h in HEADINGS for t in text if h.pattern.match(t)}
    return min(1.0, 0.4 + len(there) / len(HEADINGS))


def parse(document: Document) -> tuple[Referential, ...]:
    lines = [line for line in numbered(document) if not FURNITURE.match(bare(line.text))]
    footers = [line for line in lines if FOOTER_URL.match(line.text)]
    stretches = cut([line for line in lines if line not in footers], HEADINGS)
    return (_referential(document, stretches, footers),)


def _referential(document: Document, stretches: Sequence[Stretch], footers: Sequence[Line]) -> Referential:
    record = cncp_record.record(document, stretches, footers)
    accesses = routes(below(stretches, "juries"))
    blocks = cncp_blocks.blocks(document, below(stretches, "block"), record.code)
    width = max((len(line.text) for s in stretches if s.key != "block" for line in s.lines), default=0)
    sections = _sections(document, stretches, width)
    return fiche(document, "cncp", record, accesses, stretches, sections, blocks)


def _sections(document: Document, stretches: Sequence[Stretch], width: int) -> list[Section]:
    found: list[Section] = []
    for stretch in stretches:
        if stretch.key == "summary":
            found += _summary(document, stretch, width)
        elif stretch.key == "attested":
            found.append(_section(document, Facet.COMPETENCES, stretch.title, stretch.lines, width))
        elif stretch.key == "sectors":
            found += _sectors(document, stretch, width)
        elif stretch.key in SECTIONS and stretch.lines:
            found.append(_section(document, SECTIONS[stretch.key], stretch.title, stretch.lines, width))
    return [section for section in found if section.parts]


def _section(document: Document, facet: Facet, title: str, lines: Sequence[Line], width: int) -> Section:
    return Section(facet, title, tuple(part(document, items(group)) for group in paragraphs(lines, width)))


def _summary(document: Document, stretch: Stretch, width: int) -> list[Section]:
    """The objectives, and each "Activité n : …" with its text as a section of its own."""
    found: list[Section] = []
    facet, title, lines = Facet.OBJECTIVES, stretch.title, []
    for line in stretch.lines:
        if ACTIVITY.match(bare(line.text)):
            found.append(_section(document, facet, title, lines, width))
            facet, title, lines = Facet.ACTIVITIES, line.text.strip(), []
        lines.append(line)
    return [*found, _section(document, facet, title, lines, width)]


def _sectors(document: Document, stretch: Stretch, width: int) -> list[Section]:
    """One heading holds sectors, then jobs: the last line before a list that speaks of enterprises ends the sectors."""
    lines = stretch.lines
    listed = next((i for i, line in enumerate(lines) if unbulleted(line)), len(lines))
    spoken = [i for i, line in enumerate(lines[:listed]) if SECTOR_WORDS.search(bare(line.text))]
    split = spoken[-1] + 1 if spoken else 0
    while 0 < split < len(lines) and lines[split].text[0].islower():
        split += 1
    halves = ((Facet.SECTORS, lines[:split]), (Facet.JOBS, lines[split:]))
    return [_section(document, facet, stretch.title, half, width) for facet, half in halves if half]
