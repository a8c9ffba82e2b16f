"""The France compétences page: the genuine one, and an invented one of another trade."""

from datetime import date

import pytest
from layout_documents import false_quotes, text_document

from corpus.layouts import recognise
from corpus.reading import read
from corpus.referential import Facet

BEFORE = "Certification(s) antérieure(s)"
COMPONENTS = "Validité des composantes acquises"
PAGE = f"""RNCP99440 - Ébéniste restaurateur

Active

L'essentiel

Icon de la nomenclature

Nomenclature
du niveau de qualification

Niveau 4

Code(s) NSF

234 : Travail du bois et de l'ameublement

Date d’échéance
de l’enregistrement

01-09-2031

Niveau 4

234 : Travail du bois et de l'ameublement

Nom légal Siret Nom commercial Site internet
ECOLE DU BOIS 123 456 789 00012 - -
ATELIERS RÉUNIS 98765432100021 ADR https://ateliers.example

Objectifs et contexte de la certification :

L'ébéniste restaure des meubles anciens.

Activités visées :

Restaurer un meuble / Travail à l'établi

Dépose des ferrures

Compétences attestées :

Restaurer un meuble

C1.1 Diagnostiquer l'état du meuble, en relevant chaque manque

Modalités d'évaluation :

Chantier école

RNCP99440BC02 - Conseiller un client

Liste de compétences Modalités d'évaluation

- Établir un devis, en chiffrant chaque étape

- Expliquer les soins d'un vernis :

- à la main

- au tampon

Le candidat défend son devis pendant 15 minutes.

Rapport écrit de dix pages

RNCP99440BC01 - Restaurer un meuble

Liste de compétences Modalités d'évaluation

C1.1 Diagnostiquer l'état du meuble, en relevant chaque manque

C1.2 Recoller un assemblage, à la colle chaude

Dossier photographique d'un chantier

Contrôler n'est pas jouer

Description des modalités d'acquisition de la certification par capitalisation des blocs :

Il faut les deux blocs. Chaque bloc acquis vaut trois ans.

Secteurs d’activités :

Artisanat d'art

Type d'emplois accessibles :

Ébéniste

Code(s) ROME :

  • H2207 - Réalisation de meubles en bois

Le cas échéant, prérequis à l’entrée en formation :

Aucun

Le cas échéant, prérequis à la validation de la certification :

Deux compétences transversales sont requises :

  1. Dessiner à main levée, pour préparer un plan.
  2. Trier ses déchets.

Pré-requis disctincts pour les blocs de compétences :

Oui

{COMPONENTS} :

{COMPONENTS}
Voie d’accès à la certification Oui Non Composition des jurys
En contrat d’apprentissage X

Le jury compte 4 personnes :

  • 3 artisans
  • 1 formateur

La part d'artisans est de 75 %

Après un parcours de formation sous statut d’élève ou d’étudiant X -
Par candidature individuelle X -
Par expérience X -
{COMPONENTS}
Oui Non
Inscrite au cadre de la Nouvelle Calédonie X

Statistiques :

Statistiques
Année d'obtention de la certification Nombre de certifiés Taux d'insertion global à 6 mois (en %)
2029 8 100
2028 5 -

Lien internet vers le descriptif de la certification :

https://ateliers.example/ebeniste

{BEFORE} :

{BEFORE}
Code de la fiche Intitulé de la certification remplacée
RNCP99001 Ébéniste

Date de décision : 30-08-2026
"""


@pytest.fixture(scope="module")
def page():
    document = text_document(PAGE)
    (referential,) = recognise(document)
    assert not false_quotes(document, referential)
    return referential


def values(referential, facet):
    return {f.label: f.value for f in referential.facts_of(facet)}


def test_the_head_of_a_page(page):
    assert page.layout == "france_competences"
    assert page.name == "RNCP99440, Ébéniste restaurateur"
    assert (page.level, page.until, page.active) == (4, date(2031, 9, 1), True)
    assert page.issuers == ("ECOLE DU BOIS", "ATELIERS RÉUNIS")
    assert values(page, Facet.SIRET) == {"ECOLE DU BOIS": "12345678900012", "ATELIERS RÉUNIS": "98765432100021"}
    sites = set(values(page, Facet.WEBSITE).values())
    assert sites == {"https://ateliers.example", "https://ateliers.example/ebeniste"}
    assert [c.code for c in page.nsf] == ["234"]
    assert [c.code for c in page.rome] == ["H2207"]
    assert page.replaces == ("RNCP99001",)
    assert values(page, Facet.VALIDITY)["Date de décision"] == "30-08-2026"


def test_competences_end_where_assessments_begin(page):
    restoring, advising = page.blocks
    assert [(c.number, c.text) for c in restoring.competences] == [
        ("C1.1", "Diagnostiquer l'état du meuble, en relevant chaque manque"),
        ("C1.2", "Recoller un assemblage, à la colle chaude"),
    ]
    assert [a.text for a in restoring.assessments] == [
        "Dossier photographique d'un chantier",
        "Contrôler n'est pas jouer",
    ], "an infinitive behind the first assessment is no competence"
    assert [c.text for c in advising.competences] == [
        "Établir un devis, en chiffrant chaque étape",
        "Expliquer les soins d'un vernis :",
    ]
    assert [d.text for d in advising.competences[1].details] == ["à la main", "au tampon"]
    assert len(advising.assessments) == 2


def test_activities_go_to_the_block_whose_title_opens_their_list(page):
    assert [a.text for a in page.block(1).activities] == [
        "Restaurer un meuble / Travail à l'établi",
        "Dépose des ferrures",
    ]
    assert page.block(2).activities == ()


def test_a_dash_is_no_jury(page):
    assert page.vae is False
    assert values(page, Facet.ACCESS) == {
        "Après un parcours de formation sous statut d’élève ou d’étudiant": "non",
        "En contrat d’apprentissage": "oui",
        "Par candidature individuelle": "non",
        "Par expérience": "non",
    }
    assert values(page, Facet.JURY)["La part d'artisans"] == "75 %"


def test_statistics_are_told_by_year_and_column(page):
    assert values(page, Facet.STATISTICS) == {
        "2029 · Nombre de certifiés": "8",
        "2029 · Taux d'insertion global à 6 mois (en %)": "100",
        "2028 · Nombre de certifiés": "5",
        "2028 · Taux d'insertion global à 6 mois (en %)": "-",
    }
    assert page.facts_of(Facet.STATISTICS)[0].quote.text == "2029 8 100"


def test_transversal_competences_stand_apart_from_the_prerequisites(page):
    said = values(page, Facet.TRANSVERSAL)
    assert said == {"1": "Dessiner à main levée, pour préparer un plan", "2": "Trier ses déchets"}
    (section,) = (s for s in page.sections if s.facet is Facet.TRANSVERSAL)
    assert len(section.parts) == 3


def test_durations_and_the_number_of_blocks(page):
    assert values(page, Facet.BLOCKS) == {"Nombre de blocs": "2"}
    assert values(page, Facet.COMPONENTS) == {"Chaque bloc acquis vaut": "trois ans"}
    assert values(page, Facet.PREREQUISITES)["Pré-requis disctincts pour les blocs de compétences"] == "Oui"


def test_the_objectives_name_a_certification_whose_page_lost_its_head():
    text = PAGE[PAGE.index("L'essentiel") :]
    text = text.replace("L'ébéniste restaure", 'La certification "Ébéniste d\'art" restaure')
    (referential,) = recognise(text_document(text))
    assert (referential.code, referential.title, referential.active) == ("RNCP99440", "Ébéniste d'art", None)


def test_the_genuine_page(shared):
    (path,) = (shared / "corpus").glob("002_*.txt")
    document = read(path)
    (referential,) = recognise(document)
    assert not false_quotes(document, referential)
    assert referential.layout == "france_competences"
    assert (referential.code, referential.level, referential.until) == ("RNCP38822", 7, date(2028, 3, 27))
    assert [b.code for b in referential.blocks] == [f"RNCP38822BC0{n}" for n in range(1, 5)]
    assert [len(b.competences) for b in referential.blocks] == [7, 5, 6, 6]
    assert [len(b.assessments) for b in referential.blocks] == [3, 3, 3, 3]
    assert [len(b.activities) for b in referential.blocks] == [8, 6, 7, 7]
    assert [c.code for c in referential.formacodes] == ["31057", "31010", "31018", "31094"]
    assert values(referential, Facet.SIRET) == {"INGETIS": "79349617500035"}
    assert len(referential.facts_of(Facet.STATISTICS)) == 15
    assert values(referential, Facet.STATISTICS)["2021 · Nombre de certifiés"] == "31"
    assert values(referential, Facet.BLOCKS) == {"Nombre de blocs": "4"}
    assert "60 %" in values(referential, Facet.JURY).values()
    assert [f.label for f in referential.facts_of(Facet.TRANSVERSAL)] == ["1", "2"]
    assert sum(s.facet is Facet.PREREQUISITES for s in referential.sections) == 3
    assert referential.vae is True
    assert referential.replaces == ("RNCP17285",)


def test_a_page_whose_tables_have_a_cell_a_line():
    def cells(text):
        return "\n".join(line for row in text.split("\n") for line in row.split("|"))

    page = cells("""RNCP99440 - Ébéniste restaurateur
L'essentiel
Nom légal|Siret|Nom commercial|Site internet
ECOLE DU BOIS|12345678900012|EDB|https://bois.example
Objectifs et contexte de la certification :
La personne restaure des meubles anciens, pour des musées ou pour des particuliers.
RNCP99440BC01 - Restaurer un meuble
Liste de compétences|Modalités d'évaluation
Diagnostiquer l'état du meuble|Recoller un assemblage|Mise en situation d'une heure
Voie d’accès à la certification|Oui|Non|Composition des jurys
En contrat d’apprentissage|X|3 artisans
Par expérience|X|-
Oui|Non
Inscrite au cadre de la Nouvelle Calédonie|X
Statistiques :
Année d'obtention de la certification|Nombre de certifiés|Taux d'insertion global à 6 mois (en %)
2029|8|100
2028|5|-
Certification(s) antérieure(s) :
Code de la fiche|Intitulé de la certification remplacée
RNCP99001|Ébéniste
RNCP99002|Menuisier""")
    document = text_document(page)
    (referential,) = recognise(document)
    assert not false_quotes(document, referential)
    (block,) = referential.blocks
    assert [c.text for c in block.competences] == ["Diagnostiquer l'état du meuble", "Recoller un assemblage"]
    assert [a.text for a in block.assessments] == ["Mise en situation d'une heure"]
    assert values(referential, Facet.SIRET) == {"ECOLE DU BOIS": "12345678900012"}
    assert values(referential, Facet.ACCESS) == {"En contrat d’apprentissage": "oui", "Par expérience": "non"}
    assert values(referential, Facet.JURY) == {"En contrat d’apprentissage": "3 artisans"}
    assert values(referential, Facet.STATISTICS) == {
        "2029 · Nombre de certifiés": "8",
        "2029 · Taux d'insertion global à 6 mois (en %)": "100",
        "2028 · Nombre de certifiés": "5",
        "2028 · Taux d'insertion global à 6 mois (en %)": "-",
    }
    assert referential.replaces == ("RNCP99001", "RNCP99002")


TITLES = {
    Facet.OBJECTIVES: "Objectifs et contexte de la certification :",
    Facet.COMPETENCES: "Compétences attestées :",
    Facet.SECTORS: "Secteurs d’activités :",
    Facet.JOBS: "Type d'emplois accessibles :",
}


def page_of(fiche):
    """The page that France compétences would show for a fiche of its export, a paragraph a line."""
    lines = [f"{fiche.code} - {fiche.title}", "L'essentiel", "Nomenclature", f"Niveau {fiche.level}", "Code(s) NSF"]
    lines += [f"{c.code} : {c.label}" for c in fiche.nsf]
    lines += ["Date d’échéance", f"{fiche.until:%d-%m-%Y}"]
    for section in fiche.sections:
        if section.facet in TITLES:
            lines += [TITLES[section.facet], *(p.text for p in section.parts)]
    for block in fiche.blocks:
        lines += [f"{block.code} - {block.title}", "Liste de compétences Modalités d'évaluation"]
        lines += [a.text for a in block.activities]
        for c in block.competences:
            lines += [f"{c.number}. {c.text}" if c.number else c.text, *(d.text for d in c.details)]
        lines += [a.text for c in block.competences for a in c.assessments]
        lines += [a.text for a in block.assessments]
    return "\n\n".join(lines)


def test_pages_made_of_the_genuine_export_have_the_same_blocks(shared):
    fiches = recognise(read(shared / "data/rncp_xml_v41/export_fiches_RNCP_fixture.xml"))
    assert len(fiches) == 12
    for fiche in fiches:
        (page,) = recognise(text_document(page_of(fiche)))
        assert page.layout == "france_competences"
        assert (page.code, page.title, page.level) == (fiche.code, fiche.title, fiche.level)
        assert (page.until, page.nsf) == (fiche.until, fiche.nsf)
        listed = [[t for c in b.competences for t in (c.text, *(d.text for d in c.details))] for b in fiche.blocks]
        found = [[t for c in b.competences for t in (c.text, *(d.text for d in c.details))] for b in page.blocks]
        assert found == listed, fiche.code
