"""A store reindexed by another model: whole, resumable, never mixed."""

import pytest

from corpus.errors import StoreError
from index import reindex as module
from index.encoder import HashingEncoder
from index.library import Library
from index.reindex import reindex

TEXT = (
    "Opérateur de serre\n\nRégler la ventilation de la serre selon les relevés.\n\nRepérer les maladies des plants.\n"
)
OLD, NEW = HashingEncoder(64), HashingEncoder(96)


@pytest.fixture
def home(tmp_path):
    file = tmp_path / "serre.txt"
    file.write_text(TEXT, encoding="utf-8")
    home = tmp_path / "home"
    library = Library.open(home, OLD, create=True)
    for _ in library.add([file]):
        pass
    return home


def found(home, encoder):
    return [h.passage.text for h in Library.open(home, encoder).search("maladies des plants")]


def test_a_reindexed_store_answers_with_the_new_model_only(home):
    before = found(home, OLD)
    steps = list(reindex(home, NEW))
    assert (steps[-1].stage, steps[-1].done) == ("done", steps[-1].total)
    assert found(home, NEW)[0] == before[0]
    with pytest.raises(StoreError, match="hashing"):
        Library.open(home, OLD)


def test_a_process_that_holds_the_old_model_is_told(home):
    library = Library.open(home, OLD)
    assert library.search("serre")
    list(reindex(home, NEW))
    with pytest.raises(StoreError, match="hashing"):
        library.search("serre")


def test_an_interrupted_reindexing_goes_on_where_it_was(home, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 1)
    steps = reindex(home, NEW)
    assert [next(steps).done for _ in range(2)] == [0, 1]
    steps.close()  # as a kill would: what was committed stays, the store still answers with the old model
    assert found(home, OLD)
    assert next(reindex(home, NEW)).done == 1
    list(reindex(home, NEW))
    assert found(home, NEW)


def test_vectors_left_by_a_third_model_are_not_taken_over(home, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 1)
    steps = reindex(home, HashingEncoder(32))
    next(steps), next(steps)
    steps.close()
    assert next(reindex(home, NEW)).done == 0
    list(reindex(home, NEW))
    assert found(home, NEW)
