"""What a library promises, over both kinds of store: a folder of this machine, and a PostgreSQL database."""

import os
import signal
import threading
from dataclasses import replace
from datetime import date

import pytest
from invented import BAKER, BREAD, JOINER, WOOD, Invented, fill, texts, write
from invented_fiches import NEWER, OLDER, OTHER
from test_importing import TRADES, added, counts, export

from assistant.comparison.compare import compare
from assistant.comparison.pairing import pair
from assistant.searching.finding import Finder
from benchmarks.crash import child
from corpus.errors import StoreBusy, StoreError, UsageError
from index import opening
from index.contract import Filters
from index.encoder import HashingEncoder

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
        with pytest.raises(StoreBusy, match="another process is writing") as caught:
            fill(other, WOOD)
    assert caught.value.retryable
    assert "Réessayez" in caught.value.hint
    fill(other, WOOD)
    assert texts(library, "raboter")[0] == JOINER[1]


def test_a_search_never_mixes_two_states(library, place):
    """Whatever moment it falls on while a source is replaced, all its passages come from one generation."""
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


@pytest.mark.parametrize("change", ["add", "remove"])
def test_killed_in_the_middle_nothing_has_changed_and_the_next_may_write(library, place, change):
    """With everything written and nothing committed: SIGKILL, as the system does to whom it finds too large."""
    fill(library, BREAD)
    before = library.search("pain")

    def work():
        writer = again(place)
        writer._settle = lambda _: os.kill(os.getpid(), signal.SIGKILL)
        fill(writer, WOOD) if change == "add" else writer.remove(["bread.txt"])

    assert child(work) == -signal.SIGKILL
    for seen in (library, again(place)):
        assert (seen.generation, seen.search("pain")) == (1, before)
    fill(library, WOOD)
    assert texts(again(place), "raboter")[0] == JOINER[1]


def test_another_encoder_is_refused(library, place):
    with pytest.raises(StoreError, match="built by encoder hashing-256, expected hashing-64") as caught:
        again(place, HashingEncoder(64))
    assert "autre modèle" in caught.value.hint


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_filters_let_the_same_through(both, filters):
    for library in both:
        fill(library, BREAD, WOOD)
    found = [library.search("vendre", filters) for library in both]
    assert [h.passage for h in found[0]] == [h.passage for h in found[1]]


def test_found_in_the_box_and_compared_alike(both, tmp_path):
    """Pages with their passages, facets, filters in words, and what became of a certification's blocks."""
    paths = [tmp_path / fiche.file for fiche in (OLDER, NEWER, OTHER)]
    for fiche, path in zip((OLDER, NEWER, OTHER), paths, strict=True):
        path.write_text(fiche.xml, encoding="utf-8")
    found, compared = [], []
    for library in both:
        added(library, *paths)
        finder = Finder(library, lambda: date(2026, 1, 1))
        found.append([finder.find(query) for query in ("jardin", "RNCP90011", "organiser niveau 4", "")])
        compared.append(compare(*pair(library, "RNCP90011"), library.encoder, library.document))
    assert found[0][0].total > 0
    assert found[0][0].facets
    assert [shape(page) for page in found[0]] == [shape(page) for page in found[1]]
    assert len(compared[0].blocks) > 1
    assert compared[0] == compared[1]


def shape(page):
    """What a page of the box shows, but for scores, which differ in the third place."""
    cards = [(c.card, [(b.number, [h.passage for h in b.hits]) for b in c.blocks]) for c in page.cards]
    return page.asked, page.total, page.pages, page.facets, page.spared, page.missing, cards
