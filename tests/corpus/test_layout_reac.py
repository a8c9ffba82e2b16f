"""REAC and RE of professional titles: the two genuine ones, as PDF, and invented ones of another trade."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layout_documents import false_quotes, text_document

from corpus.document import Document
from corpus.layouts import columns, reac, recognise
from corpus.reading import read
from corpus.referential import Coded, Facet, Referential

FOOT = """SIGLE
Type de document
Code titre
Millésime
Date de Validation
Date de mise à jour
Page
FRO
{kind}
TP-09999
02
03/03/2021
04/04/2021
{page}/9"""

JOB = f"""
REFERENTIEL EMPLOI ACTIVITES COMPETENCES
DU TITRE PROFESSIONNEL
Fromager affineur
Niveau 4
Site : http://exemple.fr
{FOOT.format(kind="REAC", page=1)}
SOMMAIRE
Pages
Fiche emploi type ........................................................................................... 3
FICHE EMPLOI TYPE
Fromager affineur
Définition de l’emploi type et des conditions d’exercice
Le fromager affineur transforme le lait et suit l'affinage des fromages en cave, selon un cahier des
charges précis.
Secteurs d’activité et types d’emplois accessibles par le détenteur du titre
Laiteries et fermes.
Les types d’emplois accessibles sont les suivants :
Fromager.
Affineur.
Réglementation d’activités (le cas échéant)
Néant
Niveau et/ou domaine d’activité
Niveau 4 (Cadre national des certifications 2019)
Code(s) NSF :
221s--Agroalimentaire, alimentation, cuisine
Fiche(s) Rome de rattachement
H2102 Conduite d'équipement de production alimentaire
FICHE ACTIVITÉ TYPE N° 1
Transformer le lait
Définition, description de l’activité type et conditions d’exercice
Le fromager reçoit le lait et le met en présure.
Liste des compétences professionnelles de l’activité type
Contrôler le lait à sa réception
Mouler et saler les caillés en suivant la
fiche de fabrication
Compétences transversales de l’activité type
Respecter les règles d'hygiène
FICHE ACTIVITÉ TYPE N° 2
Affiner les fromages
Définition, description de l’activité type et conditions d’exercice
Le fromager suit les caves.
{FOOT.format(kind="REAC", page=4)}
Liste des compétences professionnelles de l’activité type
Retourner et brosser les fromages
Compétences transversales de l’activité type
Respecter les règles d'hygiène
FICHE COMPÉTENCE PROFESSIONNELLE N° 1
Contrôler le lait à sa réception
Description de la compétence – processus de mise en œuvre
A partir d'un échantillon, mesurer l'acidité et la température du lait.
Contexte(s) professionnel(s) de mise en œuvre
Cette compétence s’exerce seul, tôt le matin.
Critères de performance
L'acidité est mesurée
La température est relevée et le bon de livraison est complété avant que le lait ne soit
{FOOT.format(kind="REAC", page=5)}
dépoté
Savoir-faire techniques, savoir-faire organisationnels, savoir-faire relationnels, savoirs
Utiliser un acidimètre
Connaissance des germes du lait
FICHE COMPÉTENCE PROFESSIONNELLE N° 2
Mouler et saler les caillés en suivant la
fiche de fabrication
Description de la compétence – processus de mise en œuvre
Répartir le caillé dans les moules.
Critères de performance
Les moules sont remplis également
FICHE COMPÉTENCE PROFESSIONNELLE N° 3
Retourner et brosser les fromages
Description de la compétence – processus de mise en œuvre
Retourner chaque fromage deux fois par semaine.
Critères de performance
Les croûtes sont régulières
Aucun fromage n'est oublié
FICHE DES COMPÉTENCES TRANSVERSALES DE L’EMPLOI TYPE
Respecter les règles d'hygiène
Description de la compétence – processus de mise en œuvre
Se laver les mains avant chaque étape.
Critères de performance
La tenue est propre
Glossaire du REAC
Présure
Enzyme qui fait cailler le lait, tirée de la caillette du veau ou d'une plante, et dosée au millilitre près.
"""

EVALUATION = f"""
REFERENTIEL D’EVALUATION
DU TITRE PROFESSIONNEL
Fromager affineur
Niveau 4
{FOOT.format(kind="RE", page=1)}
1. Références de la spécialité
Intitulé du titre professionnel : Fromager affineur
Sigle du titre professionnel : FRO
Niveau : 4 (Cadre national des certifications 2019)
Code(s) NSF : 221s - Agroalimentaire, alimentation, cuisine
Code(s) ROME : H2102, A1404
Formacode : 21547
Date de l’arrêté : 01/02/2021
3.1. Modalités d’évaluation des compétences et organisation de l’épreuve
Modalités
Compétences évaluées
Durée
Détail de l’organisation de l’épreuve
Mise en situation
professionnelle
Contrôler le lait à sa réception
Retourner et brosser les fromages
04 h 00 min
Le candidat fabrique un fromage.
Autres modalités d’évaluation le cas échéant :
▪ Entretien technique
Sans objet
▪ Questionnaire
professionnel
Contrôler le lait à sa réception
00 h 20 min
Le candidat répond à dix questions.
{FOOT.format(kind="RE", page=2)}
Modalités
Compétences évaluées
Durée
Détail de l’organisation de l’épreuve
Elles portent sur l'hygiène.
Entretien final
00 h 15 min
Y compris le temps d’échange.
Durée totale de l’épreuve pour le candidat :
04 h 35 min
3.2. Critères d’évaluation des compétences professionnelles
Compétences professionnelles
Critères d’évaluation
Questionnement à
partir de
production(s)
Transformer le lait
Contrôler le lait à sa
réception
L'acidité est mesurée
La température est relevée
☒
☐
Affiner les fromages
Retourner et brosser les fromages
Aucun fromage n'est oublié
☒
☒
3.3. Évaluation des compétences transversales
Compétences transversales
Compétences professionnelles concernées
Respecter les règles d'hygiène
Contrôler le lait à sa réception
4. Conditions de présence et d’intervention du jury propre au titre FRO
4.1. Durée totale de présence du jury pendant l’épreuve du candidat : 00 h 35 min
REFERENTIEL D’EVALUATION
DES CERTIFICATS
CCP
Transformer le lait
Les compétences des candidats pour l’accès au CCP sont évaluées par un jury au vu :
a) Du dossier professionnel.
Modalités d’évaluation des compétences et organisation de l’épreuve
Modalités
Mise en situation professionnelle
Contrôler le lait à sa réception
02 h 00 min
Le candidat reçoit une livraison.
CCP
Affiner les fromages
Les compétences des candidats pour l’accès au CCP sont évaluées par un jury au vu :
a) Du dossier professionnel.
Annexe 1
Plateau technique
CCP
"""


def values(referential: Referential, facet: Facet) -> dict[str, str]:
    return {f.label: f.value for f in referential.facts_of(facet)}


@pytest.fixture(scope="module")
def job(shared: Path) -> tuple[Document, Referential]:
    document = read(shared / "data" / "reac" / "RNCP37873_REAC.pdf")
    (referential,) = recognise(document)
    return document, referential


@pytest.fixture(scope="module")
def evaluation(shared: Path) -> tuple[Document, Referential]:
    document = read(shared / "data" / "reac" / "RNCP37873_RC.pdf")
    (referential,) = recognise(document)
    return document, referential


class TestGenuineJob:
    def test_identity(self, job):
        _, referential = job
        assert (referential.layout, referential.title, referential.level) == (
            "reac",
            "Concepteur développeur d’applications",
            6,
        )
        assert referential.nsf == (Coded("326t", "Programmation, mise en place de logiciels"),)
        assert referential.rome == (Coded("M1805", "Études et développement informatique"),)
        assert values(referential, Facet.CODE) == {"Sigle": "CDA", "Code titre": "TP-01281"}
        assert values(referential, Facet.LEGAL) == {"Date de validation": "24/05/2023"}

    def test_three_activities_with_their_competences(self, job):
        _, referential = job
        own = [[c.number for c in b.competences if not c.transversal] for b in referential.blocks]
        assert own == [
            ["CP1", "CP2", "CP3", "CP4"],
            ["CP5", "CP6", "CP7", "CP8"],
            ["CP9", "CP10", "CP11"],
        ]
        assert [b.number for b in referential.blocks] == [1, 2, 3]
        assert [sum(c.transversal for c in b.competences) for b in referential.blocks] == [3, 3, 3]

    def test_criteria_and_details_of_each_sheet(self, job):
        _, referential = job
        sheets = [c for b in referential.blocks for c in b.competences if c.number]
        assert [len(c.criteria) for c in sheets] == [4, 11, 9, 6, 4, 3, 6, 8, 5, 4, 8]
        knowledge = [sum(d.text.startswith("Connaissance") for d in c.details) for c in sheets]
        assert knowledge == [7, 15, 17, 6, 8, 9, 10, 11, 4, 4, 4]

    def test_sections(self, job):
        _, referential = job
        facets = Counter(s.facet for s in referential.sections)
        assert facets[Facet.TRANSVERSAL] == 4
        assert facets[Facet.SECTORS] == facets[Facet.JOBS] == facets[Facet.LEGAL] == 1
        assert facets[Facet.HISTORY] == 3

    def test_quotes_hold_and_feet_are_nowhere(self, job):
        document, referential = job
        assert not list(false_quotes(document, referential))
        parts = [p for s in referential.sections for p in s.parts]
        parts += [p for b in referential.blocks for c in b.competences for p in (c, *c.details, *c.criteria)]
        assert not any("TP-01281" in p.text or "Millésime" in p.text for p in parts)


class TestGenuineEvaluation:
    def test_identity(self, evaluation):
        _, referential = evaluation
        assert (referential.title, referential.level, referential.vae) == (
            "Concepteur développeur d’applications",
            6,
            True,
        )
        assert [c.code for c in referential.formacodes] == ["31084", "31010", "31006", "31036", "31067"]
        assert values(referential, Facet.LEGAL) == {
            "Date de l’arrêté": "26/04/2023",
            "Date de parution au JO de l’arrêté": "13/05/2023",
            "Date d’effet de l’arrêté": "18/12/2023",
            "Date du dernier JO": "13/05/2023",
        }

    def test_three_certificates_with_competences_and_criteria(self, evaluation):
        _, referential = evaluation
        own = [[len(c.criteria) for c in b.competences if not c.transversal] for b in referential.blocks]
        assert own == [[4, 5, 6, 5], [4, 3, 6, 5], [5, 4, 6]]

    def test_durations_of_the_exam_and_of_the_jury(self, evaluation):
        _, referential = evaluation
        lasting = [f.value for f in referential.facts_of(Facet.ASSESSMENT)]
        assert lasting[:5] == ["00 h 40 min", "00 h 45 min", "00 h 30 min", "00 h 20 min", "02 h 15 min"]
        assert [f.value for f in referential.facts_of(Facet.JURY)] == [
            "01 h 45 min",
            "00 h 50 min",
            "01 h 00 min",
            "00 h 40 min",
        ]

    def test_the_same_competences_as_in_the_job_document(self, job, evaluation):
        titles = [
            [[c.text for c in b.competences if not c.transversal] for b in referential.blocks]
            for _, referential in (job, evaluation)
        ]
        assert titles[0] == titles[1]
        assert [b.title for b in job[1].blocks] == [b.title for b in evaluation[1].blocks]

    def test_quotes_hold(self, evaluation):
        document, referential = evaluation
        assert not list(false_quotes(document, referential))


@pytest.fixture(scope="module")
def invented_job() -> Referential:
    document = text_document(JOB)
    (referential,) = recognise(document)
    assert not list(false_quotes(document, referential))
    return referential


class TestInventedJob:
    def test_identity(self, invented_job):
        assert (invented_job.title, invented_job.level) == ("Fromager affineur", 4)
        assert invented_job.nsf == (Coded("221s", "Agroalimentaire, alimentation, cuisine"),)
        assert [c.code for c in invented_job.rome] == ["H2102"]
        assert values(invented_job, Facet.CODE)["Code titre"] == "TP-09999"
        assert list(values(invented_job, Facet.REGULATION).values()) == ["Néant"]

    def test_blocks(self, invented_job):
        assert [(b.number, b.title) for b in invented_job.blocks] == [
            (1, "Transformer le lait"),
            (2, "Affiner les fromages"),
        ]
        assert [[(c.number, c.transversal) for c in b.competences] for b in invented_job.blocks] == [
            [("CP1", False), ("CP2", False), (None, True)],
            [("CP3", False), (None, True)],
        ]

    def test_a_sheet_torn_by_a_page(self, invented_job):
        first, second = invented_job.blocks[0].competences[:2]
        assert [c.text.split()[0] for c in first.criteria] == ["L'acidité", "La"]
        assert len(first.criteria[1].quotes) == 2
        assert first.criteria[1].text.endswith("ne soit dépoté")
        assert [d.text.split()[0] for d in first.details] == ["A", "Cette", "Utiliser", "Connaissance"]
        assert second.text.endswith("fiche de fabrication")

    def test_a_glossary_keeps_term_and_meaning_together(self, invented_job):
        glossary = next(s for s in invented_job.sections if s.facet is Facet.OTHER)
        assert len(glossary.parts) == 1
        assert glossary.parts[0].text.startswith("Présure Enzyme")


@pytest.fixture(scope="module")
def invented_evaluation() -> Referential:
    document = text_document(EVALUATION)
    (referential,) = recognise(document)
    assert not list(false_quotes(document, referential))
    return referential


class TestInventedEvaluation:
    def test_identity(self, invented_evaluation):
        assert (invented_evaluation.title, invented_evaluation.level) == ("Fromager affineur", 4)
        assert [c.code for c in invented_evaluation.rome] == ["H2102", "A1404"]
        assert invented_evaluation.nsf == (Coded("221s", "Agroalimentaire, alimentation, cuisine"),)
        assert values(invented_evaluation, Facet.LEGAL)["Date de l’arrêté"] == "01/02/2021"

    def test_a_competence_torn_over_two_lines_is_found_among_the_known_ones(self, invented_evaluation):
        first = invented_evaluation.blocks[0].competences[0]
        assert first.text == "Contrôler le lait à sa réception"
        assert [c.text for c in first.criteria] == ["L'acidité est mesurée", "La température est relevée"]

    def test_transversal_competences_go_with_the_professional_ones(self, invented_evaluation):
        assert [[c.transversal for c in b.competences] for b in invented_evaluation.blocks] == [[False, True], [False]]

    def test_modalities_without_object_are_left_out_and_torn_ones_joined(self, invented_evaluation):
        assert values(invented_evaluation, Facet.ASSESSMENT) == {
            "Mise en situation professionnelle": "04 h 00 min",
            "Questionnaire professionnel": "00 h 20 min",
            "Entretien final": "00 h 15 min",
            "Durée totale de l’épreuve pour le candidat": "04 h 35 min",
            "Mise en situation professionnelle · CCP Transformer le lait": "02 h 00 min",
        }
        table = next(s for s in invented_evaluation.sections if s.title.startswith("3.1"))
        assert [len(p.quotes) for p in table.parts] == [1, 2, 1]
        assert table.parts[1].text.endswith("Elles portent sur l'hygiène.")


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([JOB, EVALUATION]), st.randoms(use_true_random=False), st.integers(0, 40))
def test_lines_that_are_missing_or_misplaced_break_nothing(text, random, changes):
    cover, lines = text.split("\n")[:6], text.split("\n")[6:]
    for _ in range(changes):
        line = lines.pop(random.randrange(len(lines)))
        if random.random() < 0.5:
            lines.insert(random.randrange(len(lines)), line)
    document = text_document("\n".join([*cover, *lines]))
    for referential in reac.parse(document):
        assert not list(false_quotes(document, referential))
        assert all(c.quotes for b in referential.blocks for c in (b.heading, *b.competences))


def test_marks_tell_titles_from_other_layouts():
    assert reac.marks(text_document(JOB)) > 0.9
    assert reac.marks(text_document(EVALUATION)) > 0.9
    assert columns.marks(text_document(JOB)) == columns.marks(text_document(EVALUATION)) == 0.0
    assert reac.marks(text_document("Un titre professionnel, et un référentiel.")) == 0.0
