"""A generation built from the one before is the one that is built from nothing."""

import numpy as np
import pytest
from invented import BAKER, JOINER, Invented, fill, texts

from index import catalogue, dense, derived
from index.encoder import HashingEncoder
from index.library import Library

BREAD = Invented("bread.txt", "Boulanger", BAKER, "RNCP1")
WOOD = Invented("wood.txt", "Menuisier", JOINER, "RNCP2")
STONE = Invented("a-stone.txt", "Tailleur de pierre", ("Tailler la pierre", "Sculpter le marbre"), "RNCP3")
MANY = Invented("many.txt", "Monteur", tuple(f"Monter l'ouvrage {n} au lot {n * 7 % 13}" for n in range(100)), "RNCP4")
QUERIES = ("cuire du pain", "raboter une planche", "sculter le mabre", "vendre")


@pytest.fixture
def library(tmp_path):
    return Library.open(tmp_path / "home", HashingEncoder(), create=True)


def parts(built):
    """All that a catalogue holds, in a form that can be compared."""
    arrays = [getattr(built, name).tolist() for name in catalogue.ARRAYS]
    words = {term: built.own.scores({term: 1.0}).tolist() for term in sorted(built.own.vocabulary)}
    above = {term: built.ancestors.scores({term: 1.0}).tolist() for term in sorted(built.ancestors.vocabulary)}
    return built.cards, arrays, words, above, built.speller.known


def rebuilt(library):
    """The same generation, built from nothing."""
    with library._store.reading() as connection:
        return library._derive(connection, library._catalogue.generation)[0]


@pytest.mark.parametrize("large", [65_536, 80])
def test_what_grew_equals_what_is_built_at_once(library, monkeypatch, large):
    monkeypatch.setattr(dense, "LARGE", large)
    fill(library, BREAD, WOOD, MANY)
    fill(library, STONE)
    library.remove(["bread.txt"])
    fill(library, Invented("wood.txt", "Menuisière", (*JOINER[:2], "Vernir des chaises"), "RNCP2"))
    fill(library, BREAD)
    grown = library._catalogue
    whole = rebuilt(library)
    assert parts(grown) == parts(whole)
    assert grown.meanings.dense.coded == (large == 80)
    assert not grown.knows("meubl")
    everything = np.arange(len(whole))
    # the ranges that few rows teach differ with their order
    assert np.abs(grown.meanings.vectors(everything) - whole.meanings.vectors(everything)).mean() < 0.01
    again = Library.open(library._store.home, HashingEncoder())
    for query in QUERIES:
        assert texts(again, query) == texts(library, query)


def test_only_what_is_new_is_read(library, monkeypatch):
    fill(library, BREAD, WOOD)
    read: list[object] = []
    monkeypatch.setattr("index.building.content", lambda text: read.append(text) or catalogue_words(text))
    fill(library, STONE)
    assert read == list(STONE.lines)


def catalogue_words(text):
    return text.lower().split()


@pytest.mark.parametrize("name", ["words/own.ids.npy", "words/vocabulary.json", derived.MANIFEST, "dense.faiss"])
def test_a_damaged_generation_is_no_ground_for_the_next(library, name):
    fill(library, BREAD, WOOD)
    (library._store.home / "derived" / library._catalogue.generation.stamp / name).write_bytes(b"{}")
    again = Library.open(library._store.home, HashingEncoder())
    fill(again, STONE)
    assert parts(again._catalogue) == parts(rebuilt(again))


def test_vectors_of_another_encoder_are_not_taken_over(library):
    fill(library, BREAD)
    generation, other = library._catalogue.generation, HashingEncoder()
    assert derived.before(library._store.home, generation, None, other) is not None
    other.digest = "another"
    assert derived.before(library._store.home, generation, None, other) is None
