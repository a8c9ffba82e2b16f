"""A generation built from the one before is the one that is built from nothing."""

import random

import numpy as np
import pytest
from invented import BAKER, JOINER, Invented, fill, texts

from index import catalogue, dense, derived, holdings
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
        return library._derive(connection, library._catalogue.generation, holdings.cards(connection))[0]


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


SAYINGS = (*BAKER, *JOINER, *STONE.lines, "Conseiller les clients", "Tenir la caisse", "Tenir le four")


def found(catalogue, library):
    """What a search over a catalogue finds, to the last digit."""
    library._catalogue = catalogue
    return [[(h.passage, h.score, h.cosine, h.lexical) for h in library.search(query)] for query in QUERIES]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_comes_and_goes_a_search_answers_as_over_files_built_from_nothing(library, seed):
    chosen = random.Random(seed)
    for _ in range(6):
        names = [f"{n}.txt" for n in chosen.sample(range(6), chosen.randint(1, 3))]
        if chosen.random() < 0.3:
            library.remove(names)
        else:
            lines = {name: chosen.sample(SAYINGS, chosen.randint(1, 5)) for name in names}
            fill(library, *(Invented(name, f"Métier {name[0]}", tuple(said), None) for name, said in lines.items()))
        if library._catalogue is None:
            continue  # the first removal found nothing
        grown, whole = library._catalogue, rebuilt(library)
        assert parts(grown) == parts(whole)
        assert grown.meanings.marks.tolist() == whole.meanings.marks.tolist()
        assert found(grown, library) == found(whole, library)
        library._catalogue = grown if chosen.random() < 0.5 else None  # or grow from the files


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
