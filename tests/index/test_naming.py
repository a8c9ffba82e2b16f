"""Queries that call a certification by its name."""

import pytest

from index.cards import Card
from index.lexical import Lexical
from index.naming import BY_ISSUER, identity, named, title_terms
from index.query import understand
from index.spelling import Speller

ISSUER = "SAS FOURNIX – École du pain (EDPX)"
CARDS = (
    Card("a.txt", "plain", "Technicien en boulangerie artisanale", "RNCP12345", issuers=(ISSUER,)),
    Card("b.txt", "plain", "Menuisier", "RS2019", issuers=("Institut du bois",)),
    Card("c.txt", "plain", "Chef de chantier en bois"),
)


def calling(text):
    query = understand(text, lambda _: True, Speller(()))
    called, held = named(query, Lexical.build(map(identity, CARDS)), Lexical.build(map(title_terms, CARDS)))
    return called.tolist(), held.round(2).tolist()


def test_identity():
    assert identity(CARDS[0]) == ["rncp12345", "12345", "fournix", "edpx"]
    assert identity(CARDS[1]) == ["rs2019"]
    assert identity(CARDS[2]) == []
    assert title_terms(CARDS[1]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le jury du RNCP 12345", [1.0, 0.0, 0.0]),
        ("fiche 12345", [1.0, 0.0, 0.0]),
        ("RNCP12345BC02", [1.0, 0.0, 0.0]),
        ("chez Fournix", [BY_ISSUER, 0.0, 0.0]),
        ("l'EDPX de Lyon", [BY_ISSUER, 0.0, 0.0]),
        ("école et institut", [0.0, 0.0, 0.0]),
        ("en 2019", [0.0, 0.0, 0.0]),
        ("RS2019", [0.0, 1.0, 0.0]),
    ],
)
def test_called(text, expected):
    assert calling(text)[0] == pytest.approx(expected)


def test_titles_are_held_by_shares():
    assert calling("technicien de boulangerie artisanale")[1][0] > 0.9
    assert calling("boulangerie")[1][0] == pytest.approx(0.33, abs=0.01)
    assert calling("soudure")[1] == [0.0, 0.0, 0.0]
