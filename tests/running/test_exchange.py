"""Questions while another process changes the store, again and again: always answered, and by what is committed."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from invented_fiches import NEWER, OTHER, store

from assistant.assistant import Assistant
from index import derived
from index.library import Library

CHANGES, ASKERS = 8, 2
LATEST = 10.0  # seconds: of a busy machine; the defects lasted for as long as an index takes to build, or for ever


def another(library: Library) -> Library:
    """The same store as another process has it."""
    return Library.open(library._store.home, library.encoder)


def file_of(folder: Path, fiche) -> Path:
    path = folder / fiche.file
    path.write_text(fiche.xml, encoding="utf-8")
    return path


def test_every_question_is_answered_while_the_index_is_exchanged(tmp_path):
    writer = store(tmp_path, NEWER, OTHER)
    assistant = Assistant(another(writer), today=lambda: date(2026, 1, 15))
    assistant.warm()
    third = replace(OTHER, file="RNCP90099.xml", code="RNCP90099")
    added, over = file_of(tmp_path, third), threading.Event()

    def ask(question: str) -> list[float]:
        took = []
        while not over.is_set():
            begun = time.monotonic()
            assert "RNCP90012" in assistant.ask(question).text
            assert assistant.library.search("pain", top=5)
            assert assistant.finder.find("RNCP90012").total
            took.append(time.monotonic() - begun)
        return took

    with ThreadPoolExecutor(ASKERS) as askers:
        asked = [askers.submit(ask, "le niveau du RNCP90012") for _ in range(ASKERS)]
        try:
            for n in range(CHANGES):
                list(writer.add([added])) if n % 2 == 0 else writer.remove([third.file])
        finally:
            over.set()
        took = [seconds for one in asked for seconds in one.result(30)]
    assert len(took) >= ASKERS
    assert max(took) < LATEST
    assert assistant.library.generation == writer.generation
    assert not assistant.finder.holds("RNCP90099")


def test_the_generation_before_answers_while_the_next_takes_long_to_load(tmp_path, monkeypatch):
    writer = store(tmp_path, NEWER, OTHER)
    library, loaded = another(writer), threading.Event()
    assistant = Assistant(library, today=lambda: date(2026, 1, 15))
    assistant.warm()
    load = Library._load

    def slow(self, *given):
        assert loaded.wait(30)
        return load(self, *given)

    monkeypatch.setattr(Library, "_load", slow)
    writer.remove([OTHER.file])
    begun = time.monotonic()
    hits = library.search("pain", top=50)
    assert hits
    assert {hit.passage.source for hit in hits} == {NEWER.file}  # what is gone is not quoted
    assert "RNCP90012" in assistant.ask("le niveau du RNCP90012").text
    assert time.monotonic() - begun < LATEST
    before = library._catalogue.generation
    loaded.set()
    until = time.monotonic() + LATEST
    while library._catalogue.generation == before and time.monotonic() < until:
        library.search("pain")
    assert library._catalogue.generation.number == writer.generation


def test_who_still_sees_the_generation_before_does_not_bring_it_back(tmp_path, monkeypatch):
    writer = store(tmp_path, NEWER, OTHER)
    library, loads = another(writer), []
    library.search("pain")
    load = Library._load
    with library._store.reading() as before:
        writer.remove([OTHER.file])
        library.search("pain")
        monkeypatch.setattr(Library, "_load", lambda self, *given: loads.append(given) or load(self, *given))
        assert library._current(before).generation.number == writer.generation
    assert loads == []


def test_an_index_that_is_swept_away_before_it_is_read_is_not_built_anew(tmp_path, monkeypatch):
    writer = store(tmp_path, NEWER, OTHER)
    library, read = another(writer), derived.read
    third = file_of(tmp_path, replace(OTHER, file="RNCP90099.xml", code="RNCP90099"))

    def overtaken(*given):
        monkeypatch.setattr(derived, "read", read)
        for _ in range(2):
            writer.remove([third.name])
            list(writer.add([third]))
        return read(*given)

    monkeypatch.setattr(derived, "read", overtaken)
    monkeypatch.setattr(library, "_derive", lambda *_: pytest.fail("built anew"))
    assert library.search("pain")
    assert library._catalogue.generation.number == writer.generation
