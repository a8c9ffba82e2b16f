"""Misspelt words find the words that they stand for; right ones are left alone."""

import pytest

from index.query import understand
from index.spelling import Speller, skeleton, sound
from index.words import stem

KNOWN = ("boulangerie", "patisserie", "fermentation", "commande", "livraison", "caisse", "client", "petrissage")


@pytest.fixture
def speller():
    return Speller(KNOWN)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("boulengerie", "boulangerie"),
        ("patiserie", "patisserie"),
        ("fermantassion", "fermentation"),
        ("livrezon", "livraison"),
        ("blngrie", "boulangerie"),
        ("comande", "commande"),
        ("keisse", "caisse"),
    ],
)
def test_misspelt(speller, written, meant):
    assert next(iter(speller.near(written))) == meant


@pytest.mark.parametrize("word", ["xyz", "menuiserie", "abc123", "ordinateur"])
def test_nothing_near(speller, word):
    assert speller.near(word) == {}


def test_sounds():
    assert sound("farmassi") == sound("pharmacie")
    assert sound("nivo") == sound("niveau")
    assert skeleton("developper") == "dvlpr"


def test_a_right_word_is_not_mended(speller):
    """ "vendre" is one slip from "rendre" but a word of its own, and so is what the index knows."""
    known = {stem(w) for w in (*KNOWN, "rendre")}
    query = understand("vendre au client", known.__contains__, Speller((*KNOWN, "rendre")))
    assert query.text == "vendre au client"
    assert stem("rendre") not in query.weights


def test_a_mended_query_keeps_its_other_words(speller):
    query = understand("la Livrezon du pain", {stem(w) for w in KNOWN}.__contains__, speller)
    assert query.text == "la livraison du pain"
    assert query.weights[stem("livraison")] > 0.5


def test_jargon_and_english():
    query = understand("helpdesk tickets", lambda _: False, Speller(()))
    assert {stem("assistance"), stem("incidents")} <= query.weights.keys()
    assert stem("serveur") in understand("servers", lambda _: False, Speller(())).weights
    assert stem("apprentissage") not in understand("alternative", lambda _: False, Speller(())).weights


def test_words_of_asking_count_little():
    weights = understand("quel bloc pour le soudage", lambda _: False, Speller(())).weights
    assert weights[stem("soudage")] > 3 * weights[stem("bloc")]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("le bloc 2", {2}),
        ("Bloc de compétences n°3, bloc n° 4", {3, 4}),
        ("RNCP38822BC02 et BC 01", {1, 2}),
        ("block number 5", {5}),
        ("activité 6", {6}),
        ("deux blocs en 2019", set()),
    ],
)
def test_blocks_called_by_number(text, numbers):
    assert understand(text, lambda _: False, Speller(())).blocks == numbers


def explained(text):
    return understand(text, lambda _: False, Speller(())).more


def test_small_words_belong_to_a_term():
    """ "sur le tas" is learning at work; "un tas de sable" is sand, and a term of many words wins over its parts."""
    assert "validation des acquis" in explained("appris sur le tas")
    assert explained("un tas de sable") == ""
    assert explained("data lake") == "données massives, stockage des données, big data"
    assert "spécifications" in explained("le cahier des charges")


def test_forms_of_a_verb_and_plurals_are_one_term():
    assert explained("je recrute") == explained("recruter") == explained("ils recrutent") != ""
    assert explained("les pentests") == explained("pentest") != ""


def test_a_misprint_is_explained_once_mended():
    query = understand("recruttement", {"recrut"}.__contains__, Speller({"recrutement", "recruter"}))
    assert query.text in ("recrutement", "recruter")


def test_who_tells_of_their_work():
    assert understand("je répare des fours", lambda _: True, Speller(())).tells
    assert not understand("réparation de fours", lambda _: True, Speller(())).tells
