"""The national export: the genuine extract, invented fiches, and every house style of a flattened list."""

from datetime import date

import pytest
from layout_documents import false_quotes, xml_document

from corpus.layouts import recognise
from corpus.layouts.competence_lists import items_of, paragraphs_of
from corpus.reading import read
from corpus.referential import Coded, Facet

BLOCK = "FICHE/BLOCS_COMPETENCES/BLOC_COMPETENCES"
FICHE = (
    ("FICHE/ID_FICHE", "1"),
    ("FICHE/NUMERO_FICHE", "RNCP99880"),
    ("FICHE/ANCIENNES_CERTIFICATIONS/ANCIENNE_CERTIFICATION/ID_FICHE_ANCIENNE_CERTIFICATION", "RNCP99001"),
    ("FICHE/INTITULE", "Luthier"),
    ("FICHE/FORMACODES/FORMACODE/CODE", "45084"),
    ("FICHE/FORMACODES/FORMACODE/LIBELLE", "Lutherie"),
    ("FICHE/FORMACODES/FORMACODE/CODE", "45567"),
    ("FICHE/FORMACODES/FORMACODE/LIBELLE", "Facture instrumentale"),
    ("FICHE/NOMENCLATURE_EUROPE/NIVEAU", "NIV5"),
    ("FICHE/NOMENCLATURE_EUROPE/LIBELLE", "Niveau 5"),
    ("FICHE/CERTIFICATEURS/CERTIFICATEUR/NOM_CERTIFICATEUR", "SANS SIRET"),
    ("FICHE/CERTIFICATEURS/CERTIFICATEUR/SIRET_CERTIFICATEUR", "12345678900011"),
    ("FICHE/CERTIFICATEURS/CERTIFICATEUR/NOM_CERTIFICATEUR", "ECOLE DES CORDES"),
    ("FICHE/CERTIFICATEURS/CERTIFICATEUR/ETAT_CERTIFICATEUR", "Actif"),
    ("FICHE/SI_JURY_FI/ACTIF", "Non"),
    ("FICHE/SI_JURY_VAE/ACTIF", "Oui"),
    ("FICHE/SI_JURY_VAE/COMPOSITION", "Deux luthiers"),
    ("FICHE/PUBLICATION_DECRET_AUTRE/PUBLICATION_JO/TITRE", "Arrêté du 3 mai 2021 portant enregistrement"),
    ("FICHE/PUBLICATION_DECRET_AUTRE/PUBLICATION_JO/DATE_PUBLICATION_JO", "09/05/2021"),
    ("FICHE/STATISTIQUES_PROMOTIONS/STATISTIQUES_PROMOTION/ANNEE", "2022"),
    ("FICHE/STATISTIQUES_PROMOTIONS/STATISTIQUES_PROMOTION/NOMBRE_CERTIFIES", "7"),
    ("FICHE/STATISTIQUES_PROMOTIONS/STATISTIQUES_PROMOTION/ANNEE", "2021"),
    ("FICHE/STATISTIQUES_PROMOTIONS/STATISTIQUES_PROMOTION/NOMBRE_CERTIFIES", "5"),
    ("FICHE/DATE_FIN_ENREGISTREMENT", "31/12/2027"),
    (f"{BLOCK}/CODE", "RNCP99880BC01"),
    (f"{BLOCK}/LIBELLE", "Fabriquer un violon"),
    (f"{BLOCK}/LISTE_COMPETENCES", "À l'établi :    C1. Choisir   une essence    C2. Tailler la table,    avec soin"),
    (f"{BLOCK}/MODALITES_EVALUATION", "C1. Un croquis    C1. et C2. Un violon    Oral devant un jury"),
    (f"{BLOCK}/CODE", "RNCP99880BC02"),
    (f"{BLOCK}/LIBELLE", "Régler un violon"),
    ("FICHE/PARTENAIRES/PARTENAIRE/NOM_PARTENAIRE", "ATELIER A"),
    ("FICHE/PARTENAIRES/PARTENAIRE/NOM_PARTENAIRE", "ATELIER B"),
    ("FICHE/CORRESPONDANCES/CORRESPONDANCE/SOURCE/BLOC_COMPETENCES/CODE", "RNCP99880BC01"),
    ("FICHE/CORRESPONDANCES/CORRESPONDANCE/DESTINATION/BLOC_COMPETENCES/CODE", "RNCP99001BC01"),
    ("FICHE/ACTIF", "Oui"),
    ("FICHE/ID_FICHE", "2"),
    ("FICHE/NUMERO_FICHE", "RS9988"),
    ("FICHE/INTITULE", "Accorder un piano"),
    ("FICHE/CAPACITES_ATTESTEES", "- Écouter les battements  - Tourner les chevilles,   sans forcer"),
    ("FICHE/SI_JURY_VAE/ACTIF", "Non"),
    ("FICHE/DATE_FIN_ENREGISTREMENT", "01/02/2020"),
    ("FICHE/ACTIF", "Non"),
)


@pytest.fixture(scope="module")
def fiches():
    document = xml_document(*FICHE)
    found = recognise(document)
    assert not any(false_quotes(document, referential) for referential in found)
    return found


def values(referential, facet):
    return {f.label: f.value for f in referential.facts_of(facet)}


def test_one_referential_a_fiche(fiches):
    violin, piano = fiches
    assert [r.layout for r in fiches] == ["export", "export"]
    assert (violin.name, violin.level, violin.until) == ("RNCP99880, Luthier", 5, date(2027, 12, 31))
    assert (violin.active, violin.vae, violin.replaces) == (True, True, ("RNCP99001",))
    assert (piano.name, piano.level, piano.blocks, piano.vae) == ("RS9988, Accorder un piano", None, (), False)
    assert piano.expired(date(2019, 1, 1)), "the export itself says that it is no longer in force"


def test_records_are_told_apart_though_fields_are_missing(fiches):
    assert fiches[0].formacodes == (Coded("45084", "Lutherie"), Coded("45567", "Facture instrumentale"))
    assert fiches[0].issuers == ("SANS SIRET", "ECOLE DES CORDES")
    assert values(fiches[0], Facet.SIRET) == {"ECOLE DES CORDES": "12345678900011"}
    assert values(fiches[0], Facet.STATISTICS) == {"2022 · Nombre de certifiés": "7", "2021 · Nombre de certifiés": "5"}


def test_cross_references_are_no_blocks(fiches):
    assert [(b.number, b.code, b.title) for b in fiches[0].blocks] == [
        (1, "RNCP99880BC01", "Fabriquer un violon"),
        (2, "RNCP99880BC02", "Régler un violon"),
    ]
    assert fiches[0].blocks[1].competences == ()


def test_competences_and_the_assessments_that_name_one_of_them(fiches):
    block = fiches[0].blocks[0]
    assert [a.text for a in block.activities] == ["À l'établi :"]
    assert [(c.number, c.text) for c in block.competences] == [
        ("C1", "Choisir une essence"),
        ("C2", "Tailler la table, avec soin"),
    ]
    assert [[a.text for a in c.assessments] for c in block.competences] == [["C1. Un croquis"], []]
    assert [a.text for a in block.assessments] == ["C1. et C2. Un violon", "Oral devant un jury"]


def test_facts_of_a_fiche(fiches):
    assert values(fiches[0], Facet.ACCESS)["Par expérience (VAE)"] == "oui"
    assert values(fiches[0], Facet.JURY) == {"Par expérience (VAE)": "Deux luthiers"}
    assert (
        values(fiches[0], Facet.LEGAL)["Arrêté du 3 mai 2021 · date de publication au Journal officiel"] == "09/05/2021"
    )
    assert values(fiches[0], Facet.PREPARERS) == {"Nombre de partenaires": "2"}


def test_competences_of_a_fiche_without_blocks_are_a_section(fiches):
    (section,) = (s for s in fiches[1].sections if s.facet is Facet.COMPETENCES)
    assert [p.text for p in section.parts] == ["Écouter les battements", "Tourner les chevilles, sans forcer"]


@pytest.mark.parametrize(
    ("style", "text", "items"),
    [
        ("codes", "A1C1. Peser le fil    A1C2.Tendre la corde", ["Peser le fil", "Tendre la corde"]),
        ("codes with dots", "C.1. Peser      C.2. Tendre,   puis jouer", ["Peser", "Tendre, puis jouer"]),
        ("dashes", "- Peser le fil  - Tendre la   corde", ["Peser le fil", "Tendre la corde"]),
        ("stars", "* Peser      * Tendre la corde", ["Peser", "Tendre la corde"]),
        ("bullets with codes", "Voici :    • C1. Peser    • C2.  Tendre", ["Peser", "Tendre"]),
        ("a dash forgotten", "- Peser   Tendre une corde  - Jouer", ["Peser", "Tendre une corde", "Jouer"]),
        ("runs of blanks", "Peser    Tendre la corde,   avec soin", ["Peser", "Tendre la corde, avec soin"]),
        ("sentences", "Peser le fil. Tendre. La corde casse.", ["Peser le fil.", "Tendre. La corde casse."]),
        ("glued", "- Peser le fil Tendre la corde  - Accorder", ["Peser le fil", "Tendre la corde", "Accorder"]),
        ("one", "Peser le fil", ["Peser le fil"]),
        ("no list", "La personne sait tout faire.", ["La personne sait tout faire."]),
        ("nothing", "   ", []),
    ],
)  # fmt: skip
def test_house_styles(style, text, items):
    assert [item.text for item in items_of(text)[1]] == items, style


def test_items_numbered_below_another_are_its_own():
    announced, items = items_of("1.1 Peser    1.1.1 le fil    1.1.2 la corde    1.2 Tendre")
    assert announced == []
    assert [(i.number, [b.number for b in i.below]) for i in items] == [("1.1", ["1.1.1", "1.1.2"]), ("1.2", [])]


def test_paragraphs_of_a_flattened_text_go_on_in_lower_case():
    assert paragraphs_of("Un fil   tendu.    Une corde.  ainsi") == ["Un fil tendu.", "Une corde.", "ainsi"]


COUNTS = {
    "RNCP34762": [7, 10, 10, 8, 5], "RNCP35809": [9, 20, 6, 14], "RNCP35625": [2, 5, 2, 5, 4, 3, 3, 5, 7, 4],
    "RNCP35419": [5, 4, 4, 5], "RNCP37488": [5, 4], "RNCP40344": [6, 6, 5, 7], "RNCP36612": [9, 9, 8, 7],
    "RNCP37674": [4, 4], "RNCP36490": [3, 2, 3, 3], "RNCP35959": [12, 11, 9, 11, 12], "RNCP37873": [4, 4, 3],
    "RNCP39568": [2, 4, 5, 3, 2, 3],
}  # fmt: skip


def test_the_genuine_extract_of_the_rncp(shared):
    document = read(shared / "data/rncp_xml_v41/export_fiches_RNCP_fixture.xml")
    found = recognise(document)
    assert {r.code: [len(b.competences) for b in r.blocks] for r in found} == COUNTS
    assert sum(len(r.blocks) for r in found) == 53
    assert not any(false_quotes(document, referential) for referential in found)
    told = {r.code: r for r in found}
    assert [len(c.details) for b in told["RNCP36490"].blocks for c in b.competences] == [
        2,
        2,
        3,
        4,
        3,
        3,
        3,
        3,
        4,
        3,
        2,
    ]
    assert {r.code for r in found if not r.active} == {"RNCP34762", "RNCP35625", "RNCP35419"}
    assert told["RNCP34762"].replaced_by == ("RNCP39568",)
    assert told["RNCP36490"].until == date(2027, 6, 1)
    assert all(r.vae and r.level and r.rome and r.nsf and r.issuers for r in found)
    assert values(told["RNCP34762"], Facet.STATISTICS)["2018 · Nombre de certifiés"] == "876"
    assert values(told["RNCP34762"], Facet.ACCESS)["Par candidature individuelle"] == "non"


def test_the_genuine_extract_of_the_rs(shared):
    document = read(shared / "data/rncp_xml_v41/export_fiches_RS_fixture.xml")
    found = recognise(document)
    assert [r.code[:2] for r in found] == ["RS"] * 8
    assert not any(r.blocks for r in found)
    assert not any(false_quotes(document, referential) for referential in found)
    attested = {r.code: [len(s.parts) for s in r.sections if s.facet is Facet.COMPETENCES] for r in found}
    assert {code: n for code, (n,) in attested.items()} == {
        "RS6232": 4, "RS5719": 14, "RS6547": 4, "RS5000": 8, "RS5568": 10, "RS6604": 5, "RS7485": 30, "RS7423": 5,
    }  # fmt: skip
    assert {r.code for r in found if r.vae} == {"RS5000"}
