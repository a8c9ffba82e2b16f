"""Stores of the formats 1, 2 and 3, as those versions wrote them, are taken over whole."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from invented import BAKER, JOINER, Invented, fill

from assistant.cli import main
from corpus.errors import StoreError
from index import holdings, store
from index.encoder import HashingEncoder
from index.forms import meaning, meaning_key
from index.library import Library
from index.seals import checksum, seal
from index.serial import dump_document, dump_passage, dump_referential
from index.upgrading import DRAFT, kept_as, upgrade

BREAD = Invented("pain.txt", "Boulanger", BAKER, "RNCP90011", level=3)
WOOD = Invented("bois.txt", "Menuisier", JOINER, "RNCP90012", level=4)
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (name TEXT PRIMARY KEY, digest TEXT NOT NULL, document BLOB NOT NULL, original BLOB);
CREATE TABLE referentials (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES sources ON DELETE CASCADE,
    hidden INTEGER NOT NULL DEFAULT 0, card BLOB NOT NULL, body BLOB NOT NULL);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, referential INTEGER NOT NULL REFERENCES referentials ON DELETE CASCADE,
    vector BLOB NOT NULL, body BLOB NOT NULL);
CREATE TABLE vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL);
"""


def earlier(home: Path, version: int, encoder: HashingEncoder, *invented: Invented) -> Path:
    """A store as the version of that format wrote it: rows without checksums in 1, vectors in full precision to 2."""
    home.mkdir()
    sealed = seal if version > 1 else bytes
    kind = "<f2" if version > 2 else "<f4"
    with closing(sqlite3.connect(home / store.FILE)) as connection:
        connection.executescript(f"PRAGMA journal_mode = WAL; {TABLES} PRAGMA application_id = {store.APPLICATION}")
        for place, one in enumerate(invented, 1):
            document, original = dump_document(one.document), b"%PDF-1.4" if place == 1 else None
            row = (one.source, one.document.digest, sealed(zlib.compress(document, 6)), original)
            connection.execute("INSERT INTO sources VALUES (?, ?, ?, ?)", row)
            body = sealed(zlib.compress(dump_referential(one.referential), 6))
            connection.execute("INSERT INTO referentials VALUES (?, ?, 0, ?, ?)", (place, one.source, b"{}", body))
            for passage in one.entry.passages:
                row = (place, meaning_key(passage), sealed(dump_passage(passage)))
                connection.execute("INSERT INTO passages (referential, vector, body) VALUES (?, ?, ?)", row)
                vector = sealed(encoder.encode_passages([meaning(passage)])[0].astype(kind).tobytes())
                connection.execute("INSERT OR IGNORE INTO vectors VALUES (?, ?)", (meaning_key(passage), vector))
        rows = {"format": version, "generation": 7, "stamp": "x", "encoder.name": encoder.name}
        rows |= {"encoder.digest": encoder.digest, "encoder.dim": encoder.dim}
        if version > 1:
            said = [(key, str(rows[key])) for key in store.SEALED]
            rows["sum"] = checksum(repr(said).encode()).hex()
        connection.executemany("INSERT INTO meta VALUES (?, ?)", [(k, str(v)) for k, v in rows.items()])
        connection.commit()
    return home


def found(library: Library) -> list:
    hits = [library.search(query, top=5) for query in ("cuire le pain", "raboter le bois", "vendre")]
    return [[(h.passage, round(h.score, 3)) for h in some] for some in hits]


class Refusing(HashingEncoder):
    """Vectors that are there already are not made again."""

    def encode_passages(self, texts):
        raise AssertionError(f"{len(texts)} texts encoded again")


@pytest.mark.parametrize("version", [1, 2, 3])
def test_an_earlier_store_answers_as_before(tmp_path, version):
    fresh = Library.open(tmp_path / "fresh", HashingEncoder(), create=True)
    fill(fresh, BREAD, WOOD)
    home = earlier(tmp_path / "home", version, HashingEncoder(), BREAD, WOOD)
    with pytest.raises(StoreError, match=f"has format {version}, expected {store.FORMAT}") as refused:
        Library.open(home, HashingEncoder())
    assert "acquis upgrade" in refused.value.hint
    assert "acquis upgrade" in refused.value.hint_en

    steps = list(upgrade(home, Refusing()))

    assert steps[-1].report.added == ("bois.txt", "pain.txt")
    library = Library.open(home, HashingEncoder())
    assert found(library) == found(fresh)
    assert library.cards() == fresh.cards()
    assert library.generation == 8
    assert (library.original("pain.txt"), library.original("bois.txt")) == (b"%PDF-1.4", None)
    assert library.document("bois.txt") == WOOD.document
    with closing(sqlite3.connect(kept_as(home / store.FILE, version))) as kept:
        assert kept.execute("SELECT value FROM meta WHERE key = 'format'").fetchone() == (str(version),)
    assert not (home / DRAFT).exists()
    fill(library, Invented("neuf.txt", "Potier", ("Tourner une pièce",)))
    assert len(library.cards()) == 3


def test_another_model_encodes_anew(tmp_path):
    home = earlier(tmp_path / "home", 2, HashingEncoder(64), BREAD)
    list(upgrade(home, HashingEncoder(256)))
    with Library.open(home, HashingEncoder(256))._store.reading() as connection:
        vectors = [v for (v,) in connection.execute("SELECT vector FROM vectors")]
    expected = HashingEncoder(256).encode_passages([meaning(p) for p in BREAD.entry.passages])
    assert sorted(tuple(holdings.load_vector(v)) for v in vectors) == sorted(
        tuple(v.astype(np.float16).astype(np.float32)) for v in expected
    )


def test_a_damaged_source_stops_the_upgrade_and_changes_nothing(tmp_path):
    home = earlier(tmp_path / "home", 2, HashingEncoder(), BREAD, WOOD)
    with closing(sqlite3.connect(home / store.FILE)) as connection:
        connection.execute("UPDATE sources SET document = zeroblob(50) WHERE name = 'bois.txt'")
        connection.commit()
    before = (home / store.FILE).read_bytes()
    with pytest.raises(StoreError):
        list(upgrade(home, HashingEncoder()))
    assert (home / store.FILE).read_bytes() == before


def test_an_interrupted_upgrade_begins_anew(tmp_path):
    home = earlier(tmp_path / "home", 1, HashingEncoder(), BREAD, WOOD)
    steps = upgrade(home, HashingEncoder())
    next(steps)
    steps.close()
    with pytest.raises(StoreError, match="has format 1"):
        Library.open(home, HashingEncoder())
    list(upgrade(home, HashingEncoder()))
    assert len(Library.open(home, HashingEncoder()).cards()) == 2


def test_a_store_of_today_is_left_alone_and_one_of_tomorrow_refused(tmp_path, capsys):
    home = tmp_path / "home"
    fill(Library.open(home, create=True), BREAD)
    before = (home / store.FILE).read_bytes()
    assert main(["upgrade", "--home", str(home)]) == 0
    assert "déjà" in capsys.readouterr().out
    assert (home / store.FILE).read_bytes() == before
    with closing(sqlite3.connect(home / store.FILE)) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
        connection.commit()
    assert main(["upgrade", "--home", str(home)]) == 2
    assert "plus récente" in capsys.readouterr().err
