"""The store on PostgreSQL: finds what a folder finds, counts its words, keeps its connections, has replicas."""

import json
import time
import traceback
import tracemalloc
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import BAKER, BREAD, JOINER, WOOD, Invented, fill, texts, write
from shared_store import ask, database, replica
from test_importing import TRADES, added, export

from benchmarks.search_dev import evaluate
from corpus.errors import StoreError, UsageError
from index import opening
from index.contract import Filters
from index.encoder import HashingEncoder
from index.forms import short
from index.postgres import holdings
from index.postgres.allowed import Allowed
from index.postgres.database import Database
from index.postgres.lists import ENTRY
from index.postgres.packing import Line, Packed, number, pack
from index.postgres.searching import _chosen
from index.postgres.vocabulary import Vocabulary, vocabulary
from index.postgres.wording import Worded
from index.spelling import Speller
from index.store import Generation
from index.words import content, stem


def test_an_empty_database_is_no_store(address):
    with pytest.raises(StoreError, match="no store in") as caught:
        opening.library(database(address), HashingEncoder())
    assert "acquis add" in caught.value.hint


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


def test_counts_and_lists_of_words_are_those_of_a_store_built_at_once(address, monkeypatch):
    """Added, replaced, outranked and removed again: what is counted and listed is what is there."""
    monkeypatch.setattr("index.postgres.lists.PART", 1)  # so that few places fill several parts
    monkeypatch.setattr("index.postgres.lists.BATCH", 2)
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
        assert listed(left) == listed(right)
        assert listed(left)[number(stem("pain")), "bread.txt", 2] == (1, 0, len(content(BAKER[1])))


def listed(connection):
    """What the lists say: for each stem, source and block how often it stands there, whether above, and the length."""
    query = "SELECT p.id, r.source, p.block FROM places p JOIN referentials r ON r.id = p.referential"
    where = {key: place for key, *place in connection.execute(query).fetchall()}
    found = {}
    for term, part, places in connection.execute("SELECT term, part, places FROM lists").fetchall():
        for place, *counts in np.frombuffer(places, dtype=ENTRY).tolist():
            assert place >> 1 == part
            found[(term, *where[place])] = tuple(counts)
    return found


WORDS = st.lists(st.sampled_from(("pain", "bois", "four", "atelier")), max_size=6)
PLACE = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5)


@given(st.lists(PLACE, max_size=4), st.permutations(["four", "bois", "absent", "pain"]))
def test_what_is_packed_is_counted_as_it_was_written(places, terms):
    packed = [pack([Line(9, 7, 0.5, own, above) for own, above in lines]) for lines in places]
    found = Packed.of(packed)
    lines = [(own, above) for some in places for own, above in some]
    assert found.place_of.tolist() == [at for at, some in enumerate(places) for _ in some]
    for held, counts in zip(zip(*lines, strict=True), found.counts(np.array([*map(number, terms)])), strict=False):
        assert counts.tolist() == [[words.count(term) for term in terms] for words in held]
    assert found.rows[["id", "vector", "prior", "own", "above"]].tolist() == [
        (9, 7, 0.5, len(own), len(above)) for own, above in lines
    ]


@given(st.lists(st.integers(-9, 9), min_size=1), st.dictionaries(st.integers(-9, 9), st.floats(-1, 1)))
def test_every_near_passage_is_ranked(vectors, near):
    passages = Packed.of([pack([Line(at, vector, 1.0, [], []) for at, vector in enumerate(vectors)])])
    rows = _chosen(passages, np.zeros(len(vectors), dtype=np.float32), near)
    assert rows.tolist() == [at for at, vector in enumerate(vectors) if vector in near]


MOVED = 10_000_000  # what keys of places grow by in some thousand replacements of a large store
KNOWN = Vocabulary(
    Generation(1, "1"),
    {"pain": (5, 3, 4), "bois": (2, 0, 2), "four": (0, 7, 3)},
    {"rows": 90, "own": 900, "above": 300, "places": 40, "words": 900},
    Speller([]),
)
ENTRIES = st.dictionaries(
    st.integers(1, 60), st.tuples(st.integers(0, 9), st.booleans(), st.integers(1, 99)), min_size=1
)
SPANS = st.lists(st.integers(0, 9), max_size=6)


@given(st.dictionaries(st.sampled_from([*KNOWN.terms]), ENTRIES), st.none() | SPANS)
def test_how_high_the_keys_of_places_are_changes_nothing(lists, tens):
    """Keys are never given again: what a search finds, and its memory, must not follow the highest one."""
    low, high = (found_by_words(lists, moved, tens) for moved in (0, MOVED))
    assert [key - MOVED for key in high.best] == low.best
    assert high.scores == low.scores
    assert sorted(low.best) == [
        place
        for place in sorted({place for held in lists.values() for place, (often, above, _) in held.items()})
        if told(lists, place) and (tens is None or place // 10 in tens)
    ]
    assert [score > 0 for score in low.scores] == [any(p in h and h[p][0] for h in lists.values()) for p in range(70)]
    assert high.peak < 1 << 20


def told(lists, place):
    """Whether any word of a place says anything: one that stands there, or one above it that is above any passage."""
    held = [(KNOWN.terms[term], *entries[place]) for term, entries in lists.items() if place in entries]
    return any(often or (above and known[1]) for known, often, above, _ in held)


def found_by_words(lists, moved, tens):
    """The best places, the score of each key below 70, and the memory that both took, keys moved up by so much."""
    rows = []
    for term, held in lists.items():
        entries = np.array([(p + moved, o, a, n) for p, (o, a, n) in held.items()], dtype=ENTRY)
        rows.append((number(term), 0, entries.tobytes()))
    firsts = np.array(sorted(set(tens or [])), dtype=np.int64) * 10 + moved
    tracemalloc.start()
    worded = Worded.of(rows, KNOWN, dict.fromkeys(lists, 1.0))
    best = worded.best(100, None if tens is None else Allowed(9, firsts, firsts, firsts + 9))
    scores = worded.scores_of(np.arange(70) + moved).tolist()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return SimpleNamespace(best=best, scores=scores, peak=peak)


@pytest.mark.parametrize(
    "change", ["UPDATE meta SET value = '9' WHERE key = 'tables'", "DELETE FROM meta WHERE key = 'tables'"]
)
def test_tables_of_another_version_are_refused(address, change):
    url = database(address)
    opening.library(url, HashingEncoder(), create=True)
    ask(url, change)
    with pytest.raises(StoreError, match=r"the tables in .* are of version \d\.[19], expected \d\.2") as caught:
        opening.library(url, HashingEncoder())
    assert "base vide" in caught.value.hint


def test_an_address_is_told_from_a_folder(monkeypatch, tmp_path):
    assert opening.address(tmp_path) is None
    assert opening.address("postgresql://u@h/db") == "postgresql://u@h/db"
    monkeypatch.setenv(opening.VARIABLE, "postgres://u@h/db")
    assert opening.address(tmp_path) == "postgres://u@h/db"
    with pytest.raises(UsageError, match="not on PostgreSQL") as caught:
        opening.folder(tmp_path)
    assert "pg_amcheck" in caught.value.hint


def test_a_store_in_a_folder_is_copied_as_it_is(address, tmp_path, monkeypatch):
    """Nothing is encoded again, what is there already stays, and both answer alike."""
    home, encoder = tmp_path / "home", HashingEncoder()
    folder = opening.library(home, encoder, create=True)
    added(folder, export(tmp_path / "a.zip", TRADES * 3))
    fill(folder, BREAD, WOOD)
    monkeypatch.setenv(opening.VARIABLE, database(address))
    monkeypatch.setattr("index.postgres.library.VECTORS", 2)
    monkeypatch.setattr(HashingEncoder, "encode_passages", None)
    *steps, last = opening.copied(home, tmp_path, encoder)
    shared = opening.library(tmp_path, encoder)
    names = tuple(sorted(card.source for card in folder.cards()))
    assert (last.report.added, last.report.unchanged, shared.generation) == (names, (), 1)
    assert [(step.done, step.total) for step in steps] == [(0, len(names)), (len(names), len(names))]
    assert shared.referentials() == folder.referentials()
    assert shared.original(names[0]) == folder.original(names[0])
    for query in ("atelier de doreur", "cuire du pain", "je rabote le bois"):
        assert texts(shared, query, top=3) == texts(folder, query, top=3)
    shared.remove([BREAD.source])
    *_, last = opening.copied(home, tmp_path, encoder)
    assert (last.report.added, len(last.report.unchanged)) == ((BREAD.source,), len(names) - 1)


@pytest.mark.parametrize("half", [True, False])
def test_vectors_are_kept_as_a_folder_keeps_them(address, half):
    url = database(address)
    library = opening.library(url, HashingEncoder(), create=True)
    encoded = library.encoder.encode_passages(["raboter le bois", "cuire du pain", "raboter"])
    vectors = dict(zip((b"12345678 a", b"\xff2345678 b", b"\x7f2345678 c"), encoded, strict=True))
    if not half:  # as an older pgvector makes the column
        ask(url, f"ALTER TABLE vectors ALTER COLUMN meaning TYPE vector({library.encoder.dim})")
    with library._store.writing() as connection:
        holdings.put_vectors(connection, vectors)
        holdings.put_vectors(connection, dict(list(vectors.items())[:1]))
    held = {key: json.loads(meaning) for key, meaning in ask(url, "SELECT key, meaning::text FROM vectors")}
    assert held.keys() == {short(key) for key in vectors}
    for key, vector in vectors.items():
        np.testing.assert_array_equal(np.float16(held[short(key)]), vector.astype(np.float16))


def test_what_cannot_be_copied_changes_nothing(address, tmp_path, monkeypatch):
    with pytest.raises(UsageError, match="ACQUIS_STORE is not set"):
        opening.copied(tmp_path, tmp_path, HashingEncoder())
    url = database(address)
    monkeypatch.setenv(opening.VARIABLE, url)
    with pytest.raises(StoreError, match="no store at"):
        opening.copied(tmp_path / "none", tmp_path, HashingEncoder())
    assert ask(url, "SELECT to_regclass('meta')") == [(None,)]


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


ADDRESSES = {
    "postgresql://acquis:p?sesame@localhost:1/db": "host=localhost port=1 dbname=db",
    "postgresql://acquis:p?x=1&sesame@localhost:1/db": "host=localhost port=1 dbname=db",
    "postgresql://acquis:pa#sesame@localhost:1/db": "host=localhost port=1 dbname=db",
    "postgresql://localhost:1/db?user=u&pass%77ord=sesame": "host=localhost port=1 dbname=db",
    "postgresql://localhost:1/db?sslpassword=sesame&options=-csearch_path%3Dx": "port=1 dbname=db options=-csearch",
    "postgresql://u:sesame@localhost:1,localhost:2/db": "host=localhost,localhost port=1,2 dbname=db",
    "postgresql://u:sesame/w@localhost:1/db": "PostgreSQL",
    "postgresql://u:1/sesame@localhost:1/db": "PostgreSQL",
    "postgresql://u:p@sesame@localhost:1/db": "PostgreSQL",
    "postgresql://u:%zsesame@localhost:1/db": "PostgreSQL",
    "postgresql://u:sesame b@localhost:1/db": "PostgreSQL",
    "postgresql://u@localhost:1/db?pasword=sesame": "PostgreSQL",
}


@pytest.mark.parametrize(("url", "told"), ADDRESSES.items())
def test_a_password_is_never_shown(address, url, told):
    """Wherever it stands in the address and whatever signs it holds: where it cannot be told, nothing is."""
    with pytest.raises(StoreError) as caught:
        opening.library(url, HashingEncoder())
    assert caught.value.hint
    printed = [opening.shown(url), "".join(traceback.format_exception(caught.value)), caught.value.hint]
    assert not any("sesame" in text for text in (*printed, caught.value.hint_en))
    assert told in printed[0]


def test_each_database_has_its_own_folder_for_imports():
    """Told by what leads to it: not by the password, and by all that follows a sign of one."""
    urls = [
        f"postgresql://{place}" for place in ("u:p#a@h1/db", "u:p#a@h2/db", "u:p?a@h1/db2", "h1/db", "v@h1", "u@h1")
    ]
    homes = {url: Database(url).home for url in urls}
    assert len(set(homes.values())) == len(urls)
    assert Database("postgresql://u:other@h1/db").home == homes[urls[0]]


def test_the_indexes_find_what_an_exact_scan_finds(address, tmp_path, monkeypatch):
    """So few passages would be scanned: here they go through HNSW and the lists of words, filters included."""
    monkeypatch.setattr("index.postgres.library.INDEXED", 5)
    monkeypatch.setattr("index.postgres.meaning.exactly", lambda *_: False)
    for name, few in (("CANDIDATES", 8), ("NEAR", 8), ("AMONG", 8), ("PLACES", 4), ("WORDED", 8)):
        monkeypatch.setattr(f"index.postgres.searching.{name}", few)
    trades = TRADES * 8
    shared, own = (opening.library(p, HashingEncoder(), create=True) for p in (database(address), tmp_path / "home"))
    for library in (shared, own):
        added(library, export(tmp_path / "a.zip", trades))
        fill(library, *(replace(BREAD, source=f"{n}.txt", code=f"RNCP{n}") for n in range(20)))
    with shared._store.reading() as connection:
        assert connection.execute("SELECT to_regclass('vectors_by_meaning') IS NOT NULL").fetchone()[0]
    asked = [f"atelier de {trade}" for trade in TRADES] + [f"RNCP{number}" for number in range(100, 160, 7)]
    for query, level in [*((q, None) for q in (*asked, *BAKER)), *((q, 3) for q in (*BAKER, "pain"))]:
        left, right = (library.search(query, Filters(level=level), top=3) for library in (shared, own))
        texts_of = [Counter(hit.passage.text for hit in hits) for hits in (left, right)]  # of copies any is as good
        assert texts_of[0] == texts_of[1], query
        np.testing.assert_allclose(*(sorted(h.cosine for h in hits) for hits in (left, right)), atol=2e-3)
    for vector in HashingEncoder().encode_queries([*asked, *BAKER]):
        left, right = ([c for _, c in library.nearest(vector[None], top=10)] for library in (shared, own))
        np.testing.assert_allclose(left, right, atol=2e-3)


def test_sources_replaced_together_are_taken_out_together(address, monkeypatch):
    """Each list is written once, however many of them it names, and no row is looked at that none of them touches."""
    url = database(address)
    library = opening.library(url, HashingEncoder(), create=True)
    sources = [replace(BREAD, source=f"{n}.txt", code=f"RNCP{n}") for n in range(20)]
    fill(library, *sources)
    kept = {"terms": "'apart', 0, 0, 0", "surfaces": "'apart', 0", "lists": "1, 9999, ''"}
    ask(url, ";".join(f"INSERT INTO {table} VALUES ({row})" for table, row in kept.items()))
    ((lists,),) = ask(url, "SELECT count(*) FROM lists")
    written, settle = [], library._settle

    def settled(connection):
        query = "SELECT n_tup_upd FROM pg_stat_xact_user_tables WHERE relname = 'lists'"
        written.extend(connection.execute(query).fetchone())
        settle(connection)

    monkeypatch.setattr(library, "_settle", settled)
    fill(library, *(replace(source, lines=JOINER) for source in sources))
    assert 0 < written[0] <= lists
    for table, emptied in (("terms", "own + above + places = 0"), ("surfaces", "held = 0"), ("lists", "places = ''")):
        assert ask(url, f"SELECT count(*) FROM {table} WHERE {emptied}") == [(1,)]


def test_whoever_asks_while_words_are_loaded_waits_and_loads_nothing_again(address, monkeypatch):
    url, loads = database(address), []
    fill(opening.library(url, HashingEncoder(), create=True), BREAD)

    def loaded(connection):
        loads.append(connection)
        time.sleep(0.5)
        return vocabulary(connection)

    monkeypatch.setattr("index.postgres.library.vocabulary", loaded)
    reader = opening.library(url, HashingEncoder())
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: texts(reader, "cuire du pain")[0], range(4)))
    assert found == [BAKER[1]] * 4
    assert len(loads) == 1


@pytest.mark.parametrize("coming", [(BREAD,), ()], ids=["filled", "empty"])
def test_a_database_remade_with_another_encoder_is_told_so(address, coming):
    """Under a process that goes on: as a store in a folder says it, not as an error of vectors."""
    url = database(address)
    library = opening.library(url, HashingEncoder(), create=True)
    fill(library, BREAD, WOOD)
    assert texts(library, "cuire du pain")[0] == BAKER[1]
    ask(url, "DROP TABLE meta, sources, referentials, places, passages, vectors, terms, lists, surfaces")
    fill(opening.library(url, HashingEncoder(64), create=True), *coming)
    for _ in range(2):
        with pytest.raises(StoreError, match="built by encoder hashing-64, expected hashing-256") as caught:
            library.search("cuire du pain")
        assert "autre modèle" in caught.value.hint


def test_both_reach_the_same_gain_on_the_development_set(address, tmp_path, shared):
    gold = [json.loads(line) for line in (shared / "eval" / "dev" / "search.jsonl").read_text("utf-8").splitlines()]
    gains = []
    for place in (tmp_path / "home", database(address)):
        library = opening.library(place, create=True)
        added(library, *sorted((shared / "corpus").glob("*.txt")))
        gains.append(np.mean([gain for _, gain, _ in evaluate(library.search, gold)]))
    assert gains[0] == pytest.approx(gains[1], abs=0.01)
