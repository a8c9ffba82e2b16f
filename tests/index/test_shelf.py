"""Referentials one by one: heads without bodies, bodies by source or code, and those nearest to many vectors."""

import numpy as np
import pytest
from invented import BAKER, JOINER, Invented, fill

from corpus.errors import UsageError
from index import ranking, shelf
from index.cards import card_of
from index.contract import Filters
from index.encoder import HashingEncoder
from index.holdings import Entry
from index.library import Library

BREAD = Invented("bread.txt", "Boulanger", BAKER, "RNCP1", level=3)
WOOD = Invented("wood.txt", "Menuisier", JOINER, "RNCP22", level=4)
STONE = Invented("stone.txt", "Tailleur de pierre", ("Tailler la pierre", "Poser des pierres"))


@pytest.fixture
def library(tmp_path):
    library = Library.open(tmp_path / "home", HashingEncoder(), create=True)
    fill(library, BREAD, WOOD, STONE)
    return library


def sources(referentials) -> list[str]:
    return [r.source for r in referentials]


def test_cards_are_the_heads_of_all_referentials(library):
    assert library.cards() == tuple(map(card_of, library.referentials()))
    assert sources(library.cards()) == ["bread.txt", "stone.txt", "wood.txt"]


def test_referentials_by_source_and_by_code(library):
    assert library.referentials(["wood.txt", "bread.txt"]) == (BREAD.referential, WOOD.referential)
    assert library.referentials(["rncp 22", "RNCP1", "bread.txt"]) == (BREAD.referential, WOOD.referential)
    assert library.referentials(["RNCP2", "nobody.txt"]) == library.referentials([]) == ()
    assert library.referential("RNCP22") == WOOD.referential
    with pytest.raises(UsageError, match="no source named 'RNCP2'"):
        library.referential("RNCP2")


def test_a_code_finds_its_own_referential_in_a_source_of_several(library):
    twins = [Invented("two.xml", title, BAKER, code) for title, code in (("Pâtissier", "RNCP7"), ("Traiteur", "RNCP8"))]
    library._put([Entry(twins[0].document, tuple((t.referential, ()) for t in twins))], {})
    assert [r.title for r in library.referentials(["RNCP8"])] == ["Traiteur"]
    assert [r.title for r in library.referentials(["two.xml"])] == ["Pâtissier", "Traiteur"]


def test_bodies_are_read_once_until_the_next_generation(library):
    first = library.referential("RNCP1")
    assert library.referential("bread.txt") is first
    fill(library, Invented("bread.txt", "Boulangère", BAKER, "RNCP1"))
    assert library.referential("RNCP1").title == "Boulangère"
    assert library.cards()[0].title == "Boulangère"


def test_only_so_many_bodies_stay(library, monkeypatch):
    monkeypatch.setattr(shelf, "KEPT", 2)
    for name in ("bread.txt", "stone.txt", "bread.txt", "wood.txt"):
        library.referential(name)
    assert list(library._shelf._bodies) == ["bread.txt", "wood.txt"]
    assert len(library.referentials(["bread.txt", "stone.txt", "wood.txt"])) == 3


def test_nearest_equals_brute_force(library):
    vectors = library.encoder.encode_passages(["cuire le pain", "raboter une planche", "vendre du pain"])
    means = {}
    for invented in (BREAD, WOOD, STONE):
        passages = library.encoder.encode_passages([f"Bloc {n} : {x}" for n, x in enumerate(invented.lines, 1)])
        means[invented.source] = float((vectors @ passages.T).max(axis=1).mean())
    found = library.nearest(vectors)
    assert [name for name, _ in found] == sorted(means, key=lambda name: -means[name])
    np.testing.assert_allclose([score for _, score in found], sorted(means.values(), reverse=True), atol=1e-3)
    assert library.nearest(vectors, top=1) == found[:1]
    assert [name for name, _ in library.nearest(vectors, Filters(level=4))] == ["wood.txt"]
    assert library.nearest(vectors, Filters(level=8)) == library.nearest(vectors[:0]) == []


def test_nearest_among_more_passages_than_are_looked_at(library, monkeypatch):
    monkeypatch.setattr(ranking, "CANDIDATES", 2)
    vectors = library.encoder.encode_passages(["pétrir la pâte", "cuire au four"])
    (name, score), *_ = library.nearest(vectors)
    assert name == "bread.txt"
    assert 0 < score <= 1
