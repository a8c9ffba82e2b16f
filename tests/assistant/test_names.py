"""The tables of names give what a walk over all titles gives."""

import random

import numpy as np
import pytest

from assistant.understanding.coverage import coverage
from assistant.understanding.names import Names
from corpus.referential import Facet, Fact, Quote, Referential
from index.cards import Card, card_of
from index.words import terms

WORDS = [
    "menuisier",
    "boulanger",
    "technicien",
    "conducteur",
    "chef",
    "projet",
    "logiciel",
    "réseau",
    "travaux",
    "bâtiment",
    "vente",
    "accueil",
]


def named(title: str, code: str | None = None, issuers=(), site: str = "") -> Card:
    facts = (Fact(Facet.WEBSITE, "", site, Quote(site, 1, 1)),) if site else ()
    return card_of(Referential(title, "plain", title, code, issuers=issuers, facts=facts))


@pytest.fixture(scope="module")
def titles():
    chosen = random.Random(4)
    return [" ".join(chosen.sample(WORDS, chosen.randint(1, 5))) for _ in range(300)]


@pytest.mark.parametrize("typed", ["chef de projet logiciel", "boulangre", "conducteur de travaus batiment", "xyz", ""])
def test_shares_are_those_of_every_title(titles, typed):
    names, stems = Names([named(t) for t in titles]), terms(typed)
    np.testing.assert_array_equal(names.shares(stems), [coverage(terms(t), stems) for t in titles])
    whole = any(coverage(stems, terms(t)) == 1.0 for t in titles)
    assert names.any_holds(tuple(dict.fromkeys(stems))) == whole


def test_codes_acronyms_and_issuers():
    names = Names(
        [
            named("Soudeur (CELTA)", "RNCP38822"),
            named("Vannier", "RS38822", ("Institut des osiers (IDO)",)),
            named("Doreur", None, ("SAS",), "https://www.feuille-dor.fr/contact"),
        ]
    )
    assert list(names.numbered("38822")) == [0, 1]
    assert list(names.numbered("3882")) == []
    assert names.called({"celta", "soudeur"}) == [0]
    assert names.issued({"lido", "sas"}) == [1]
    assert names.issued({"feuille-dor"}) == [2]


def test_a_library_without_referentials():
    names = Names([])
    assert not names.any_holds(("pain",))
    assert len(names.shares(["pain"])) == 0
