"""What a library promises, over both kinds of store: a folder of this machine, and a PostgreSQL database."""

import json
import threading
import time
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from invented import BAKER, JOINER, Invented, fill, texts, write
from shared_store import ask, database, replica, server
from test_importing import TRADES, added, counts, export

from benchmarks.search_dev import evaluate
from corpus.errors import StoreBusy, StoreError, UsageError
from index import opening
from index.contract import Filters
from index.encoder import HashingEncoder

BREAD = Invented("bread.txt", "Boulanger", BAKER, "RNCP1", level=3, rome=("D1102",), vae=True)
WOOD = Invented("wood.txt", "Menuisier", JOINER, "RNCP2", level=4, nsf=("234",), until=date(2020, 1, 1))
FILTERS = (
    Filters(level=3),
    Filters(rome="d1102"),
    Filters(nsf="23"),
    Filters(active=True, today=date(2026, 1, 1)),
    Filters(vae=True),
    Filters(certifications=("rncp 2", "nobody")),
    Filters(certifications=("bread.txt",)),
    Filters(register="rncp", ends_to=date(2021, 1, 1)),
    Filters(ends_from=date(2021, 1, 1)),
    Filters(level=3, vae=True, formacode="1"),
)


@pytest.fixture(scope="module")
def address():
    with server() as uri:
        yield uri


@pytest.fixture(params=["folder", "postgresql"])
def place(request, tmp_path):
    if request.param == "folder":
        return tmp_path / "home"
    return database(request.getfixturevalue("address"))


@pytest.fixture
def both(tmp_path, address):
    """A library in a folder and one in a database."""
    return [opening.library(p, HashingEncoder(), create=True) for p in (tmp_path / "home", database(address))]


@pytest.fixture
def library(place):
    return opening.library(place, HashingEncoder(), create=True)


def again(place, encoder=None):
    return opening.library(place, encoder or HashingEncoder())


def test_found_after_it_was_opened_again(library, place):
    fill(library, BREAD, WOOD)
    assert texts(library, "cuire du pain")[0] == BAKER[1]
    reader = again(place)
    assert reader.search("raboter une planche") == library.search("raboter une planche")
    assert [c.source for c in reader.cards()] == ["bread.txt", "wood.txt"]
    assert reader.referentials() == (BREAD.referential, WOOD.referential)
    assert reader.referential("rncp 2") == WOOD.referential
    assert reader.document("wood.txt") == WOOD.document
    assert reader.original("wood.txt") is None
    assert reader.generation == 1
    assert library.search(" ") == library.search("pain", top=0) == []


def test_added_once_replaced_and_removed(library, tmp_path):
    path = write(tmp_path, "metier.txt", "Tailler la pierre calcaire", "", "Poser des pierres de taille")
    assert added(library, path).added == ("metier.txt",)
    assert added(library, path).unchanged == ("metier.txt",)
    assert library.generation == 1
    write(tmp_path, "metier.txt", "Souffler le verre en fusion")
    assert added(library, path).added == ("metier.txt",)
    assert "verre" in texts(library, "pierre")[0]
    assert library.remove(["metier.txt", "nobody.txt"]) == 1
    assert library.remove(["metier.txt"]) == 0
    assert library.search("verre") == []
    assert library.cards() == ()
    with pytest.raises(UsageError, match="no source named"):
        library.document("metier.txt")


def test_an_export_is_one_generation_and_a_new_day_costs_what_changed(library, tmp_path):
    assert counts(added(library, export(tmp_path / "monday.zip")).imports[0]) == (8, 8, 0, 0)
    assert library.generation == 1
    assert library.search("atelier de tonnelier")[0].passage.source == "RNCP105.xml"
    trades = (*TRADES[:7], "potier", "tisseur")
    report = added(library, export(tmp_path / "tuesday.zip", trades))
    assert counts(report.imports[0]) == (9, 2, 7, 0)
    assert not any("verrier" in text for text in texts(library, "atelier"))
    assert [r.title for r in library.referentials()] == [f"Artisan {t}" for t in trades]


def test_an_official_source_outranks_its_notice(library):
    notice = replace(BREAD, source="notice.txt", layout="notice")
    fill(library, notice)
    fill(library, BREAD, WOOD)
    assert {c.source for c in library.cards()} == {"bread.txt", "wood.txt"}
    assert {h.passage.source for h in library.search("pain")} == {"bread.txt", "wood.txt"}
    library.remove(["bread.txt"])
    assert {h.passage.source for h in library.search("pain")} == {"notice.txt", "wood.txt"}


def test_readers_see_one_generation_and_a_second_writer_is_told(library, place, monkeypatch):
    fill(library, BREAD)
    monkeypatch.setattr("index.store.PATIENCE", 0.2)
    monkeypatch.setattr("index.postgres.database.PATIENCE", 0.2)
    other = again(place)
    with library._store.writing() as connection:
        library._holdings.remove(connection, ["bread.txt"])
        assert texts(other, "pain")
        with pytest.raises(StoreBusy, match="another process is writing"):
            fill(other, WOOD)
    fill(other, WOOD)
    assert texts(library, "raboter")[0] == JOINER[1]


def test_a_search_never_mixes_two_states(library, place):
    states = [Invented("s.txt", "Artisan", tuple(f"{word} numéro {n}" for n in range(4))) for word in ("pain", "bois")]
    fill(library, states[0])
    reader, mixed, done = again(place), [], threading.Event()

    def look():
        while not done.is_set():
            found = {text.split()[0] for text in texts(reader, "numéro")}
            mixed.extend([found] if len(found) != 1 else [])

    thread = threading.Thread(target=look)
    thread.start()
    for turn in range(6):
        fill(library, states[turn % 2])
    done.set()
    thread.join()
    assert mixed == []


def test_a_failure_in_the_middle_changes_nothing(library, place):
    fill(library, BREAD)
    before = library.search("pain")
    broken = replace(WOOD, source="wood.txt").entry
    with pytest.raises(AttributeError):
        library._put([broken, None], {})
    assert again(place).search("pain") == library.search("pain") == before
    assert library.generation == 1


def test_another_encoder_is_refused(library, place):
    with pytest.raises(StoreError, match="built by encoder hashing-256, expected hashing-64"):
        again(place, HashingEncoder(64))


def test_an_empty_database_is_no_store(address):
    with pytest.raises(StoreError, match="no store in") as caught:
        opening.library(database(address), HashingEncoder())
    assert "acquis add" in caught.value.hint


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_filters_let_the_same_through(both, filters):
    for library in both:
        fill(library, BREAD, WOOD)
    found = [library.search("vendre", filters) for library in both]
    assert [h.passage for h in found[0]] == [h.passage for h in found[1]]


def test_both_rank_alike(both, tmp_path):
    paths = [
        export(tmp_path / "a.zip", TRADES * 3),
        write(tmp_path, "b.txt", *BAKER),
        write(tmp_path, "c.txt", *JOINER),
    ]
    for library in both:
        added(library, *paths)
    for query in ("atelier de doreur", "RNCP104", "cuire du pain", "je rabote le bois", "vendre en boutique", "atelié"):
        left, right = (library.search(query, top=10) for library in both)
        assert [h.passage for h in left][:3] == [h.passage for h in right][:3]
        for name in ("score", "cosine", "lexical"):
            np.testing.assert_allclose(
                [getattr(h, name) for h in left][:3], [getattr(h, name) for h in right][:3], atol=2e-3
            )
    vectors = HashingEncoder().encode_queries(["atelier de doreur", "cuire du pain"])
    near = [library.nearest(vectors, top=3) for library in both]
    assert [name for name, _ in near[0]] == [name for name, _ in near[1]]
    np.testing.assert_allclose([c for _, c in near[0]], [c for _, c in near[1]], atol=2e-3)


def test_counts_of_words_are_those_of_a_store_built_at_once(address, tmp_path):
    """Added, replaced, outranked and removed again: what is counted is what is there."""
    one, other = (opening.library(database(address), HashingEncoder(), create=True) for _ in range(2))
    fill(one, replace(WOOD, source="n.txt", layout="notice"))
    fill(one, BREAD, WOOD, Invented("gone.txt", "Potier", ("Tourner l'argile", "Cuire au four")))
    fill(one, replace(BREAD, lines=JOINER))
    fill(one, BREAD)
    one.remove(["gone.txt"])
    fill(other, BREAD, WOOD)
    with one._store.reading() as left, other._store.reading() as right:
        for query in ("SELECT * FROM terms ORDER BY 1", "SELECT * FROM surfaces ORDER BY 1"):
            assert left.execute(query).fetchall() == right.execute(query).fetchall()


def test_an_address_is_told_from_a_folder(monkeypatch, tmp_path):
    assert opening.address(tmp_path) is None
    assert opening.address("postgresql://u@h/db") == "postgresql://u@h/db"
    monkeypatch.setenv(opening.VARIABLE, "postgres://u@h/db")
    assert opening.address(tmp_path) == "postgres://u@h/db"
    with pytest.raises(UsageError, match="not on PostgreSQL") as caught:
        opening.folder(tmp_path)
    assert "pg_amcheck" in caught.value.hint


def test_connections_that_the_server_ended_are_replaced(address):
    url = database(address)
    library = opening.library(url, HashingEncoder(), create=True)
    fill(library, BREAD)
    assert texts(library, "cuire du pain")[0] == BAKER[1]
    ended = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'acquis'"
    assert ask(f"{url}&application_name=test", f"{ended} AND datname = current_database()") == [(True,)]
    assert texts(library, "cuire du pain")[0] == BAKER[1]


def test_a_replica_is_read_and_the_primary_written(address):
    url = database(address)
    name, _, primary = url.partition("host=")
    writer = opening.library(url, HashingEncoder(), create=True)
    fill(writer, BREAD)
    with replica(address) as copy:
        reader = opening.library(f"{name}host={copy},{primary}", HashingEncoder())
        with reader._store.reading() as connection:
            assert connection.execute("SELECT pg_is_in_recovery()").fetchone() == (True,)
        assert reader.search("cuire du pain") == writer.search("cuire du pain")
        fill(reader, WOOD)
        assert texts(writer, "raboter")[0] == JOINER[1]
        until(lambda: reader.generation == 2)
        assert reader.search("raboter") == writer.search("raboter")
        with pytest.raises(StoreError, match="refuses to write: no host of the address is a primary") as caught:
            opening.library(f"{name}host={copy}", HashingEncoder()).remove(["wood.txt"])
        assert "copie en lecture (replica)" in caught.value.hint
    assert writer.generation == 2


def until(true, seconds=20):
    """Wait for what happens some moments later."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_server_out_of_reach_is_said_without_the_password(address):
    with pytest.raises(StoreError) as caught:
        opening.library("postgresql://me:secret@127.0.0.1:1/db", HashingEncoder())
    assert "ne répond pas" in caught.value.hint
    assert "secret" not in str(caught.value) + caught.value.hint + caught.value.hint_en


def test_the_indexes_find_what_an_exact_scan_finds(address, tmp_path, monkeypatch):
    """So few passages would be scanned: here they go through HNSW and the lists of words, filters included."""
    monkeypatch.setattr("index.postgres.library.INDEXED", 5)
    monkeypatch.setattr("index.postgres.meaning.exactly", lambda *_: False)
    for name, few in (("CANDIDATES", 8), ("NEAR", 8), ("PLACES", 4), ("WORDED", 8)):
        monkeypatch.setattr(f"index.postgres.searching.{name}", few)
    trades = TRADES * 8
    shared, own = (opening.library(p, HashingEncoder(), create=True) for p in (database(address), tmp_path / "home"))
    for library in (shared, own):
        added(library, export(tmp_path / "a.zip", trades))
        fill(library, *(replace(BREAD, source=f"{n}.txt", code=f"RNCP{n}") for n in range(20)))
    with shared._store.reading() as connection:
        assert connection.execute("SELECT to_regclass('vectors_by_meaning') IS NOT NULL").fetchone()[0]
    for query, filters in (
        ("atelier de doreur", Filters()),
        ("RNCP117", Filters()),
        ("cuire du pain", Filters(level=3)),
    ):
        left, right = (library.search(query, filters, top=3) for library in (shared, own))
        assert left[0].passage.text == right[0].passage.text
        assert left[0].cosine == pytest.approx(right[0].cosine, abs=2e-3)


def test_both_reach_the_same_gain_on_the_development_set(address, tmp_path, shared):
    gold = [json.loads(line) for line in (shared / "eval" / "dev" / "search.jsonl").read_text("utf-8").splitlines()]
    gains = []
    for place in (tmp_path / "home", database(address)):
        library = opening.library(place, create=True)
        added(library, *sorted((shared / "corpus").glob("*.txt")))
        gains.append(np.mean([gain for _, gain, _ in evaluate(library.search, gold)]))
    assert gains[0] == pytest.approx(gains[1], abs=0.01)
