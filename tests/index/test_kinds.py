"""Types of diploma, however they are written."""

import pytest

from index.kinds import bare, kind_at, kind_named, kind_of, kinds, kinds_said


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Brevet de technicien supérieur", "BTS"),
        ("BREVET DE TECHNICIEN SUPERIEUR AGRICOLE", "BTSA"),
        ("Diplôme d’état de la jeunesse, de l’éducation populaire et du sport", "DEJEPS"),
        ("Licence Professionnelle", "LP"),
        ("bac pro", "BACPRO"),
        ("Titre ingénieur", "INGENIEUR"),
        ("Autre certification professionnelle de droit", None),
    ],
)
def test_a_label_names_its_type(label, key):
    found = kind_named(label)
    assert (found.key if found else None) == key


def test_the_longest_name_counts():
    assert kind_at(bare("licence professionnelle Métiers du son"), 0) == (kinds()["LP"], 2)
    assert kind_at(bare("Métiers du BTS"), 0) is None


@pytest.mark.parametrize(
    ("label", "title", "key"),
    [
        (None, "CQP Poseur de ruches", "CQP"),
        ("Autre", "Titre professionnel : poseur de ruches", "TP"),
        ("Master", "CAP de bonne espérance", "MASTER"),
        (None, "Poseur de ruches", None),
    ],
)
def test_the_label_counts_before_the_title(label, title, key):
    found = kind_of(label, title)
    assert (found.key if found else None) == key


def test_a_narrow_type_belongs_to_its_family():
    assert kinds()["BTSA"].keys == {"BTSA", "BTS"}
    assert all(k.broader in {"", *kinds()} for k in kinds().values())


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("le bac pro vannerie ou un bp de sellier", [("BACPRO", "bac pro"), ("BP", "bp")]),
        ("un brevet de technicien supérieur des vergers", [("BTS", "brevet de technicien supérieur")]),
        ("mon mastère des refuges", [("MS", "mastère")]),
        ("planifier sur MS Project", []),
        ("le but du métier visé", []),
        ("le BUT ou le DE d'accueillant", [("BUT", "BUT"), ("DE", "DE")]),
        ("QUEL EST LE BUT DE CE BTS", [("BTS", "BTS")]),
    ],
)
def test_a_question_speaks_of_types(question, said):
    assert [(kind.key, question[first:last]) for kind, first, last in kinds_said(question)] == said


def test_a_name_in_a_hurry_is_no_type_of_a_title():
    assert kind_of(None, "Mastère des refuges") is None
