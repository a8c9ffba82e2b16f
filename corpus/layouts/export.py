"""The national export of France compétences, XML V4.1: one certification a FICHE."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Document, Element
from corpus.layouts import export_record
from corpus.layouts.competence_lists import Item, items_of, paragraphs_of, unmarked
from corpus.layouts.dates import date_in
from corpus.layouts.durations import duration_facts
from corpus.layouts.export_leaves import Fiche, fiches, quoted
from corpus.layouts.nomenclatures import level_of
from corpus.layouts.numbering import number_at_start
from corpus.referential import Activity, Assessment, Block, Coded, Competence, Facet, Part, Referential, Section

SECTIONS = (
    ("OBJECTIFS_CONTEXTE", Facet.OBJECTIVES, "Objectifs et contexte de la certification"),
    ("ACTIVITES_VISEES", Facet.ACTIVITIES, "Activités visées"),
    ("CAPACITES_ATTESTEES", Facet.COMPETENCES, "Compétences attestées"),
    ("MODALITES_EVALUATION", Facet.ASSESSMENT, "Modalités d'évaluation"),
    ("SECTEURS_ACTIVITE", Facet.SECTORS, "Secteurs d'activités"),
    ("TYPE_EMPLOI_ACCESSIBLES", Facet.JOBS, "Type d'emplois accessibles"),
    ("REGLEMENTATIONS_ACTIVITES", Facet.REGULATION, "Références juridiques des réglementations d'activité"),
    ("PREREQUIS_ENTREE_FORMATION", Facet.PREREQUISITES, "Prérequis à l'entrée en formation"),
    ("PREREQUIS_VALIDATION_CERTIFICATION", Facet.PREREQUISITES, "Prérequis à la validation de la certification"),
    ("NIVEAU_MAITRISE_COMPETENCES", Facet.COMPONENTS, "Niveaux de maîtrise des compétences"),
)
ANOTHER = re.compile(r"(?:et|à|ou|,|/|-)\s*[A-Z\d]")  # "A2C2. et A2C3. …" is about more than one competence
BLOCK = ("BLOCS_COMPETENCES", "BLOC_COMPETENCES")


def marks(document: Document) -> float:
    """Whether there is a fiche with a number and a title among the XML's leaves."""
    leaves = {element.path[-2:] for element in document.elements}
    return 1.0 if {("FICHE", "NUMERO_FICHE"), ("FICHE", "INTITULE")} <= leaves else 0.0


def parse(document: Document) -> tuple[Referential, ...]:
    return tuple(_referential(document, fiche) for fiche in fiches(document))


def _referential(document: Document, fiche: Fiche) -> Referential:
    until = fiche.value("DATE_FIN_ENREGISTREMENT")
    blocks = tuple(_blocks(document, fiche))
    sections = (*_sections(document, fiche), *export_record.jury_sections(document, fiche))
    return Referential(
        source=document.name,
        layout="export",
        title=fiche.value("INTITULE") or document.name,
        code=fiche.value("NUMERO_FICHE"),
        level=level_of(fiche.value("NOMENCLATURE_EUROPE", "LIBELLE") or ""),
        issuers=tuple(dict.fromkeys(fiche.values("CERTIFICATEURS", "CERTIFICATEUR", "NOM_CERTIFICATEUR"))),
        nsf=_coded(fiche, "CODES_NSF", "NSF"),
        rome=_coded(fiche, "CODES_ROME", "ROME"),
        formacodes=_coded(fiche, "FORMACODES", "FORMACODE"),
        until=date_in(until) if until else None,
        active=export_record.yes(fiche.value("ACTIF")),
        vae=export_record.yes(fiche.value("SI_JURY_VAE", "ACTIF")),
        replaces=tuple(fiche.values(*export_record.OLD)),
        replaced_by=tuple(fiche.values(*export_record.NEW)),
        blocks=blocks,
        sections=sections,
        facts=(*export_record.facts(document, fiche), *duration_facts(sections)),
    )


def _coded(fiche: Fiche, *path: str) -> tuple[Coded, ...]:
    records = fiche.records(path, ("CODE", "LIBELLE"))
    return tuple(
        Coded(r["CODE"].text.strip(), r["LIBELLE"].text.strip()) for r in records if {"CODE", "LIBELLE"} <= set(r)
    )


def _blocks(document: Document, fiche: Fiche) -> list[Block]:
    records = fiche.records(BLOCK, ("CODE", "LIBELLE", "LISTE_COMPETENCES", "MODALITES_EVALUATION"))
    return [_block(document, order, record) for order, record in enumerate(records, 1) if "LIBELLE" in record]


def _block(document: Document, order: int, record: dict[str, Element]) -> Block:
    code = record["CODE"].text.strip() if "CODE" in record else None
    number = int(code[-2:]) if code and code[-2:].isdigit() else order
    title = record["LIBELLE"]
    heading = Part((quoted(document, title, title.text),))
    announced, competences = _competences(document, record.get("LISTE_COMPETENCES"))
    own, general = _assessments(document, record.get("MODALITES_EVALUATION"), [c.number for c in competences])
    return Block(
        number=number,
        title=heading.text,
        heading=heading,
        code=code,
        activities=announced,
        competences=tuple(
            Competence(c.quotes, number=c.number, details=c.details, assessments=tuple(own.get(c.number or "", ())))
            for c in competences
        ),
        assessments=general,
    )


def _competences(document: Document, element: Element | None) -> tuple[tuple[Activity, ...], list[Competence]]:
    """What announces the list, and the competences with the items numbered below them."""
    if element is None:
        return (), []
    announced, items = items_of(element.text)
    activities = tuple(Activity((quoted(document, element, text),)) for text in announced)
    return activities, [_competence(document, element, item) for item in items]


def _competence(document: Document, element: Element, item: Item) -> Competence:
    details = tuple(Part((quoted(document, element, below.text),)) for below in item.below)
    return Competence((quoted(document, element, item.text),), number=item.number, details=details)


def _assessments(
    document: Document, element: Element | None, numbers: Sequence[str | None]
) -> tuple[dict[str, list[Assessment]], tuple[Assessment, ...]]:
    """Assessments under the number of the one competence that they name, and those of the whole block."""
    own: dict[str, list[Assessment]] = {}
    general: list[Assessment] = []
    for text in paragraphs_of(element.text) if element else ():
        assert element is not None
        found = number_at_start(text)
        made = Assessment((quoted(document, element, text),))
        if found and found.number in numbers and not ANOTHER.match(text[found.offset :]):
            own.setdefault(found.number, []).append(made)
        else:
            general.append(made)
    return own, tuple(general)


def _sections(document: Document, fiche: Fiche) -> list[Section]:
    found: list[Section] = []
    for tag, facet, title in SECTIONS:
        element = fiche.leaf(tag)
        if element and element.text.strip():
            texts = _items(element.text) if facet is Facet.COMPETENCES else paragraphs_of(element.text)
            parts = tuple(Part((quoted(document, element, text),)) for text in map(unmarked, texts) if text)
            found.append(Section(facet, title, parts))
    return found


def _items(text: str) -> list[str]:
    """A list's items, each with those below it, behind what announces them."""
    announced, items = items_of(text)
    return [*announced, *(t for item in items for t in (item.text, *(below.text for below in item.below)))]
