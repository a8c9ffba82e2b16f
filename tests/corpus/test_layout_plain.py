"""The last resort, and the words and dates that all layouts share."""

from datetime import date

import pytest
from layout_documents import false_quotes, text_document

from corpus.layouts import recognise
from corpus.layouts.dates import date_in, dates_in
from corpus.layouts.infinitives import opens_with_infinitive
from corpus.layouts.nomenclatures import level_of
from corpus.layouts.numbering import number_at_start
from corpus.referential import Facet

TEXT = """
Livret du jardinier paysagiste

Objectifs de la formation

Ce livret RNCP 99123 dit ce que fait un jardinier, de niveau 4, toute l'année.
Il vaut jusqu'au 3 mai 2030.

Bloc 1 : Planter
C1.1 Choisir une essence adaptée au sol
C1.2 Creuser une fosse, sans blesser les racines voisines
Modalités d'évaluation :
Plantation observée pendant une matinée.

Bloc 2 : Tailler
Entretenir une haie, à la main
Critères d'évaluation
La coupe est nette.
"""


def test_blocks_and_numbered_competences_are_found_in_any_text():
    document = text_document(TEXT)
    (referential,) = recognise(document)
    assert not false_quotes(document, referential)
    assert (referential.layout, referential.title) == ("plain", "Livret du jardinier paysagiste")
    assert (referential.code, referential.level) == ("RNCP99123", 4)
    planting, pruning = referential.blocks
    assert (planting.number, planting.title) == (1, "Planter")
    assert [(c.number, c.text) for c in planting.competences] == [
        ("1.1", "Choisir une essence adaptée au sol"),
        ("1.2", "Creuser une fosse, sans blesser les racines voisines"),
    ]
    assert "Plantation observée pendant une matinée." in [a.text for a in planting.assessments]
    assert [c.text for c in pruning.competences] == ["Entretenir une haie, à la main"]
    assert [f.value for f in referential.facts_of(Facet.VALIDITY)] == ["Il vaut jusqu'au 3 mai 2030."]


def test_paragraphs_stand_under_their_headings():
    (referential,) = recognise(text_document(TEXT.split("Bloc 1")[0]))
    (section,) = referential.sections
    assert (section.facet, section.title) == (Facet.OBJECTIVES, "Objectifs de la formation")
    assert section.parts[-1].text.endswith("Il vaut jusqu'au 3 mai 2030.")


@pytest.mark.parametrize("text", ["x", "\n\n", "12\n34", "Titre\n", "- a\n- b", "Bloc 1 :\nBloc 2 :"])
def test_no_text_is_too_poor_to_be_read(text):
    document = text_document(text)
    (referential,) = recognise(document)
    assert referential.title
    assert not false_quotes(document, referential)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("le 7 juin 2019", date(2019, 6, 7)),
        ("le 1er août 2000", date(2000, 8, 1)),
        ("27-03-2028", date(2028, 3, 27)),
        ("19/07/2022", date(2022, 7, 19)),
        ("2022-07-19", date(2022, 7, 19)),
        ("07 DÉCEMBRE 1999", date(1999, 12, 7)),
        ("31/02/2020", None),
        ("version 1.2.3", None),
        ("112/07/2022", None),
    ],
)
def test_dates(text, day):
    assert date_in(text) == day


def test_dates_are_given_as_written():
    assert dates_in("du 1er mars 2000 au 29-03-2000") == [
        ("1er mars 2000", date(2000, 3, 1)),
        ("29-03-2000", date(2000, 3, 29)),
    ]


@pytest.mark.parametrize(
    "text",
    ["Réaliser une étude", "S’approprier un outil", "Établir un devis", "Être force de proposition", "Ne pas rompre",
     "Mettre en œuvre", "Conduire", "Se former", "Convaincre un client", "Coder", "Identifier", "- Vendre"],
)  # fmt: skip
def test_infinitives(text):
    assert opens_with_infinitive(text)


@pytest.mark.parametrize(
    "text",
    ["Dossier écrit", "Mise en situation", "Atelier", "Rapport", "Cadre légal", "Premier oral", "Mémoire", "Le", "",
     "L’évaluation prendra", "Questionnaire", "Master 2", "Contrôle continu", "Affaire courante", "3"],
)  # fmt: skip
def test_what_only_looks_like_an_infinitive(text):
    assert not opens_with_infinitive(text)


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("C1.1 Vendre", "C1.1", "Vendre"),
        ("A2C3.Vendre", "A2C3", "Vendre"),
        ("C.12. Vendre", "C.12", "Vendre"),
        ("A5.C1. Vendre", "A5.C1", "Vendre"),
        ("1.2.1 vendre", "1.2.1", "vendre"),
        ("3 : Vendre", "3", "Vendre"),
        ("2. vendre", "2", "vendre"),
        ("B2 - Vendre", "B2", "Vendre"),
    ],
)
def test_numbers(text, number, rest):
    found = number_at_start(text)
    assert (found.number, text[found.offset :]) == (number, rest)


@pytest.mark.parametrize("text", ["2 projets", "Vendre", "20 mn", "360° ou plus", "PHP8", "C++ moderne", "2021 31 0"])
def test_what_is_no_number_of_a_competence(text):
    assert number_at_start(text) is None


def test_levels():
    assert level_of("II (Nomenclature de 1969)") == 6
    assert level_of("III (Nomenclature de 1969) 5 (Nomenclature Europe)") == 5
    assert level_of("Niveau 7") == 7
    assert level_of("tout niveau") is None
