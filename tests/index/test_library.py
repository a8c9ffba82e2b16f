"""Adding, replacing, removing, searching; one committed generation at any time."""

import json
import shutil
import sqlite3

import numpy as np
import pytest
from invented import BAKER, BREAD, JOINER, WOOD, Invented, fill, texts, write

from corpus.errors import StoreError, UnreadableFile, UsageError
from index import derived, ranking, store
from index.encoder import HashingEncoder
from index.library import Library
from index.progress import Progress


@pytest.fixture
def library(tmp_path):
    return Library.open(tmp_path / "home", HashingEncoder(), create=True)


def last(steps) -> Progress:
    *_, step = steps
    return step


def reopened(library):
    return Library.open(library._store.home, HashingEncoder())


def test_search_finds_the_passage_and_its_scores(library):
    fill(library, BREAD, WOOD)
    hits = library.search("cuire du pain")
    assert hits[0].passage.text == BAKER[1]
    assert hits[0].score == 1.0
    assert hits[0].lexical > 0
    assert -1 <= hits[0].cosine <= 1
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert len(library.search("cuire du pain", top=2)) == 2
    assert library.search("  ") == library.search("pain", top=0) == []


def test_distinct_blocks_come_first(library):
    one = BREAD.entry
    (referential, passages), *_ = one.referentials
    twice = type(one)(one.document, ((referential, (*passages, *passages)),))
    library._put([twice], {})
    blocks = [h.passage.block for h in library.search("pain")]
    assert sorted(blocks[:3]) == [1, 2, 3]
    assert len(blocks) == 6


def test_files_are_added_once_and_replaced_when_changed(library, tmp_path):
    path = write(tmp_path, "metier.txt", "Tailler la pierre calcaire", "", "Poser des pierres de taille")
    assert last(library.add([path])).report.added == ("metier.txt",)
    generation = library.generation
    assert last(library.add([path])).report.unchanged == ("metier.txt",)
    assert library.generation == generation
    write(tmp_path, "metier.txt", "Souffler le verre en fusion")
    assert last(library.add([path])).report.added == ("metier.txt",)
    assert texts(library, "pierre") == texts(library, "verre")
    assert "verre" in texts(library, "verre")[0]
    assert library.document("metier.txt").lines[0] == "Souffler le verre en fusion"


def test_one_bad_file_does_not_stop_the_others(library, tmp_path):
    good, bad = write(tmp_path, "good.txt", "Tondre les moutons au printemps"), tmp_path / "absent.txt"
    report = last(library.add([bad, good])).report
    assert report.added == ("good.txt",)
    ((name, error),) = report.failed
    assert name == "absent.txt"
    assert isinstance(error, UnreadableFile)
    assert "absent.txt" in error.hint


def test_two_files_of_one_name(library, tmp_path):
    (tmp_path / "other").mkdir()
    paths = [write(tmp_path, "a.txt", "Tondre des moutons"), write(tmp_path / "other", "a.txt", "Traire des vaches")]
    report = last(library.add(paths)).report
    assert report.added == ("a.txt",)
    assert isinstance(report.failed[0][1], UsageError)
    assert "moutons" in texts(library, "animaux")[0]


def test_remove(library):
    fill(library, BREAD, WOOD)
    assert library.remove(["bread.txt", "nobody.txt"]) == 1
    assert library.remove(["bread.txt"]) == 0
    assert [r.source for r in library.referentials()] == ["wood.txt"]
    assert set(texts(library, "pain")) == set(JOINER)
    with pytest.raises(UsageError, match=r"no source named 'bread\.txt'"):
        library.document("bread.txt")
    with sqlite3.connect(library._store.home / store.FILE) as connection:
        assert connection.execute("SELECT count(*) FROM vectors").fetchone() == (len(JOINER),)


def test_vectors_of_unchanged_texts_are_not_computed_again(library):
    fill(library, BREAD)

    class Counting(HashingEncoder):
        seen = 0

        def encode_passages(self, texts):
            self.seen += len(texts)
            return super().encode_passages(texts)

    library.encoder = Counting()
    fill(library, Invented("bread.txt", "Boulanger", (*BAKER[:2], "Vendre des tartes aux pommes"), "RNCP1"))
    assert library.encoder.seen == 1


def test_a_failure_in_the_middle_leaves_the_old_generation(library, monkeypatch):
    fill(library, BREAD)
    generation = library.generation
    monkeypatch.setattr(derived, "write", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(StoreError, match="disk full") as caught:
        fill(library, WOOD)
    assert "rien n'a été modifié" in caught.value.hint
    monkeypatch.undo()
    for seen in (library, reopened(library)):
        assert seen.generation == generation
        assert set(texts(seen, "bois")) == set(BAKER)


def test_an_addition_given_up_leaves_nothing(library, tmp_path):
    steps = library.add([write(tmp_path, "a.txt", "Tondre des moutons"), write(tmp_path, "b.txt", "Traire des vaches")])
    next(steps)
    next(steps)
    steps.close()
    assert library.referentials() == ()
    assert library.generation == 0


@pytest.mark.parametrize("name", ["dense.faiss", "ids.npy", "own/data.csc.index.npy", "cards.json", derived.MANIFEST])
@pytest.mark.parametrize("harm", ["cut", "gone", "changed"])
def test_damaged_derived_files_are_rebuilt(library, name, harm):
    fill(library, BREAD, WOOD)
    expected = library.search("vendre du pain")
    newest = max((library._store.home / "derived").iterdir(), key=lambda p: p.stat().st_mtime_ns)
    path = newest / name
    data = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        middle = len(data) // 2
        rest = bytes([data[middle] ^ 1]) + data[middle + 1 :] if harm == "changed" else b""
        path.write_bytes(data[:middle] + rest)
    assert reopened(library).search("vendre du pain") == expected
    assert derived.read(newest, library._catalogue.generation, 256).ids.tolist() == library._catalogue.ids.tolist()


def test_derived_files_may_be_thrown_away(library):
    fill(library, BREAD)
    shutil.rmtree(library._store.home / "derived")
    assert texts(reopened(library), "pétrir la pâte")[0] == BAKER[0]


def test_what_is_read_equals_what_was_built(library):
    fill(library, BREAD, WOOD)
    again = reopened(library)
    assert again.search("raboter une planche") == library.search("raboter une planche")
    np.testing.assert_array_equal(again._catalogue.place_of, library._catalogue.place_of)


def test_a_reader_follows_another_process(library):
    reader = reopened(library)
    assert reader.search("pain") == []
    fill(library, BREAD)
    assert texts(reader, "pétrir")[0] == BAKER[0]
    assert reader.generation == library.generation == 1


def test_no_store_another_format_another_file(library, tmp_path):
    with pytest.raises(StoreError, match="no store at") as caught:
        Library.open(tmp_path / "nowhere", HashingEncoder())
    assert "acquis add" in caught.value.hint
    path = library._store.home / store.FILE
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
    with pytest.raises(StoreError, match="has format 99, expected 4"):
        reopened(library)
    (tmp_path / "foreign").mkdir()
    with sqlite3.connect(tmp_path / "foreign" / store.FILE) as connection:
        connection.execute("CREATE TABLE t (x)")
    with pytest.raises(StoreError, match="of another program"):
        Library.open(tmp_path / "foreign", HashingEncoder(), create=True)
    (tmp_path / "noise").mkdir()
    (tmp_path / "noise" / store.FILE).write_bytes(b"no database at all, only noise " * 40)
    with pytest.raises(StoreError, match="SQLite cannot use"):
        Library.open(tmp_path / "noise", HashingEncoder(), create=True)


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="cannot write to") as caught:
        Library.open(tmp_path / "file" / "home", HashingEncoder(), create=True)
    assert "vos droits" in caught.value.hint


def test_nothing_is_pickled(library):
    fill(library, BREAD)
    names = [p.name for p in library._store.home.rglob("*") if p.is_file()]
    assert not [n for n in names if n.endswith((".pkl", ".pickle"))]
    manifest = next(library._store.home.rglob(derived.MANIFEST))
    assert json.loads(manifest.read_text())["generation"] == 1


def test_a_named_certification_is_found_among_many(library, monkeypatch):
    """Its code stands above its passages only, and they are near the query neither by meaning nor by words."""
    monkeypatch.setattr(ranking, "CANDIDATES", 5)
    crowd = [Invented(f"{n}.txt", "Boulanger", BAKER, f"RNCP{n}") for n in range(100, 120)]
    fill(library, *crowd, Invented("z.txt", "Menuisier", JOINER, "RNCP999"))
    assert "z.txt" in {h.passage.source for h in library.search("cuire du pain RNCP999", top=5)}
    assert library.search("cuire du pain", top=1)[0].passage.text == BAKER[1]
