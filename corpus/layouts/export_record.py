"""What a fiche of the national export says of the certification as a whole: one fact a field."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.document import Document, Element, fold_space
from corpus.layouts.competence_lists import paragraphs_of
from corpus.layouts.decrees import decree_facts
from corpus.layouts.export_leaves import Fiche, quoted
from corpus.referential import Facet, Fact, Part, Section

OLD = ("ANCIENNES_CERTIFICATIONS", "ANCIENNE_CERTIFICATION", "ID_FICHE_ANCIENNE_CERTIFICATION")
NEW = ("NOUVELLES_CERTIFICATIONS", "NOUVELLE_CERTIFICATION", "ID_FICHE_NOUVELLE_CERTIFICATION")
ROUTES = {
    "SI_JURY_FI": "Après un parcours de formation sous statut d'élève ou d'étudiant",
    "SI_JURY_CA": "En contrat d'apprentissage",
    "SI_JURY_FC": "Après un parcours de formation continue",
    "SI_JURY_CQ": "En contrat de professionnalisation",
    "SI_JURY_CL": "Par candidature individuelle",
    "SI_JURY_VAE": "Par expérience (VAE)",
}
FIELDS = (
    (("INTITULE",), Facet.TITLE, "Intitulé"),
    (("ABREGE", "LIBELLE"), Facet.TITLE, "Type de diplôme"),
    (("NUMERO_FICHE",), Facet.CODE, "Numéro de fiche"),
    (("NOMENCLATURE_EUROPE", "LIBELLE"), Facet.LEVEL, "Niveau de qualification"),
    (("ETAT_FICHE",), Facet.VALIDITY, "État de la fiche"),
    (("ACTIF",), Facet.VALIDITY, "Fiche active"),
    (("DATE_FIN_ENREGISTREMENT",), Facet.VALIDITY, "Date d'échéance de l'enregistrement"),
    (("DATE_EFFET",), Facet.VALIDITY, "Date d'effet"),
    (("DATE_DECISION",), Facet.VALIDITY, "Date de décision"),
    (("DUREE_ENREGISTREMENT",), Facet.VALIDITY, "Durée de l'enregistrement en années"),
    (("DATE_LIMITE_DELIVRANCE",), Facet.VALIDITY, "Date de dernière délivrance possible"),
    (("DATE_DERNIER_JO",), Facet.LEGAL, "Date du dernier Journal officiel"),
    (("DATE_DE_PUBLICATION",), Facet.VALIDITY, "Date de publication de la fiche"),
    (("TYPE_ENREGISTREMENT",), Facet.VALIDITY, "Type d'enregistrement"),
    (("VALIDATION_PARTIELLE",), Facet.COMPONENTS, "Validation partielle"),
    (("EXISTENCE_PARTENAIRES",), Facet.PREPARERS, "Existence de partenaires"),
    (("ACCESSIBLE_NOUVELLE_CALEDONIE",), Facet.TERRITORIES, "Accessible en Nouvelle-Calédonie"),
    (("ACCESSIBLE_POLYNESIE_FRANCAISE",), Facet.TERRITORIES, "Accessible en Polynésie française"),
    (("LIEN_URL_DESCRIPTION",), Facet.WEBSITE, "Lien internet vers le descriptif de la certification"),
    (("ANNEES_PROMOTIONS_NIVEAU", "ANNEE"), Facet.LEVEL, "Promotion pouvant bénéficier du niveau de qualification"),
    (OLD, Facet.HISTORY, "Certification antérieure"),
    (NEW, Facet.HISTORY, "Nouvelle certification"),
)  # fmt: skip
STATISTICS = {
    "NOMBRE_CERTIFIES": "Nombre de certifiés",
    "NOMBRE_CERTIFIES_VAE": "Nombre de certifiés à la suite d'un parcours VAE",
    "TAUX_INSERTION_GLOBAL_6MOIS": "Taux d'insertion global à 6 mois (en %)",
    "TAUX_INSERTION_METIER_6MOIS": "Taux d'insertion dans le métier visé à 6 mois (en %)",
    "TAUX_INSERTION_METIER_2ANS": "Taux d'insertion dans le métier visé à 2 ans (en %)",
}
PUBLICATIONS = ("PUBLICATION_DECRET_GENERAL", "PUBLICATION_DECRET_CREATION", "PUBLICATION_DECRET_AUTRE")


def yes(text: str | None) -> bool | None:
    """True for "Oui", False for "Non", None where nothing is said."""
    return {"oui": True, "non": False}.get(text.casefold()) if text else None


def facts(document: Document, fiche: Fiche) -> list[Fact]:
    return [
        *_fields(document, fiche),
        *_coded(document, fiche),
        *_certifiers(document, fiche),
        *_routes(document, fiche),
        *_statistics(document, fiche),
        *_publications(document, fiche),
        *_partners(document, fiche),
    ]


def _fact(document: Document, element: Element, facet: Facet, label: str) -> Fact:
    return Fact(facet, label, fold_space(element.text), quoted(document, element, element.text))


def _fields(document: Document, fiche: Fiche) -> Iterator[Fact]:
    for path, facet, label in FIELDS:
        for element in fiche.all(*path):
            yield _fact(document, element, facet, label)


def _coded(document: Document, fiche: Fiche) -> Iterator[Fact]:
    nomenclatures = (
        ("CODES_NSF", "NSF", Facet.NSF),
        ("CODES_ROME", "ROME", Facet.ROME),
        ("FORMACODES", "FORMACODE", Facet.FORMACODE),
    )
    for group, tag, facet in nomenclatures:
        for record in fiche.records((group, tag), ("CODE", "LIBELLE")):
            if {"CODE", "LIBELLE"} <= set(record):
                code, label = record["CODE"], record["LIBELLE"]
                stated = document.quote(code.first, label.last)
                yield Fact(facet, fold_space(label.text), fold_space(code.text), stated)


def _certifiers(document: Document, fiche: Fiche) -> Iterator[Fact]:
    tags = ("SIRET_CERTIFICATEUR", "NOM_CERTIFICATEUR", "SITE_INTERNET")
    for record in fiche.records(("CERTIFICATEURS", "CERTIFICATEUR"), tags):
        name = record.get("NOM_CERTIFICATEUR")
        label = fold_space(name.text) if name else ""
        if name:
            yield _fact(document, name, Facet.ISSUER, "")
        if "SIRET_CERTIFICATEUR" in record:
            yield _fact(document, record["SIRET_CERTIFICATEUR"], Facet.SIRET, label)
        if "SITE_INTERNET" in record:
            yield _fact(document, record["SITE_INTERNET"], Facet.WEBSITE, label)


def _routes(document: Document, fiche: Fiche) -> Iterator[Fact]:
    for tag, name in ROUTES.items():
        state, jury = fiche.leaf(tag, "ACTIF"), fiche.leaf(tag, "COMPOSITION")
        if state and yes(state.text.strip()) is not None:
            yield Fact(Facet.ACCESS, name, state.text.strip().casefold(), quoted(document, state, state.text))
        if jury and jury.text.strip():
            yield _fact(document, jury, Facet.JURY, name)


def jury_sections(document: Document, fiche: Fiche) -> list[Section]:
    """Each different jury once, titled with the access routes that have it."""
    juries: dict[str, list[tuple[str, Element]]] = {}
    for tag, name in ROUTES.items():
        jury = fiche.leaf(tag, "COMPOSITION")
        if jury and jury.text.strip():
            juries.setdefault(fold_space(jury.text), []).append((name, jury))
    return [
        Section(
            Facet.JURY,
            " · ".join(("Composition des jurys", *(name for name, _ in same))),
            tuple(Part((quoted(document, same[0][1], text),)) for text in paragraphs_of(same[0][1].text)),
        )
        for same in juries.values()
    ]


def _statistics(document: Document, fiche: Fiche) -> Iterator[Fact]:
    for record in fiche.records(("STATISTIQUES_PROMOTIONS", "STATISTIQUES_PROMOTION"), ("ANNEE", *STATISTICS)):
        year = record.get("ANNEE")
        for tag, label in STATISTICS.items():
            if year and tag in record:
                value = record[tag]
                stated = document.quote(year.first, value.last)
                yield Fact(Facet.STATISTICS, f"{fold_space(year.text)} · {label}", fold_space(value.text), stated)


def _publications(document: Document, fiche: Fiche) -> Iterator[Fact]:
    """Each decree once, with what it settles and the day of its publication."""
    seen: set[str] = set()
    for group in PUBLICATIONS:
        for record in fiche.records((group, "PUBLICATION_JO"), ("TITRE", "DATE_PUBLICATION_JO")):
            title = record.get("TITRE")
            if title is None or title.text in seen:
                continue
            seen.add(title.text)
            found = decree_facts(fold_space(title.text), quoted(document, title, title.text))
            yield from found
            if "DATE_PUBLICATION_JO" in record:
                label = f"{found[0].label} · date de publication au Journal officiel"
                yield _fact(document, record["DATE_PUBLICATION_JO"], Facet.LEGAL, label)


def _partners(document: Document, fiche: Fiche) -> Iterator[Fact]:
    """Only how many there are: their names would be hundreds of facts that nobody asks for."""
    names = fiche.all("PARTENAIRES", "PARTENAIRE", "NOM_PARTENAIRE")
    if names:
        yield Fact(Facet.PREPARERS, "Nombre de partenaires", str(len(names)), quoted(document, names[0], names[0].text))
