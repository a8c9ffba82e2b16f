"""A store is loaded before anybody asks, again after a change, and a store out of reach is tried again."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date

import pytest
from awaited import awaited
from invented_fiches import NEWER, OTHER, store

from assistant.assistant import Assistant
from assistant.running.warming import keep_warm
from corpus.errors import StoreError
from index.library import Library


class Watched:
    """An assistant over a store whose generation changes once, and that cannot be read at first."""

    def __init__(self) -> None:
        self.generations, self.warmings = [None, 1, 1, 2], 0

    @property
    def library(self) -> Watched:
        return self

    @property
    def generation(self) -> int:
        found = self.generations.pop(0) if len(self.generations) > 1 else self.generations[0]
        if found is None:
            raise StoreError("out of reach", "Réessayez.")
        return found

    def warm(self) -> None:
        self.warmings += 1


def test_each_generation_is_loaded_once():
    watched = Watched()

    watch(watched)
    assert watched.warmings == 2


def watch(watched: Watched) -> None:
    async def run() -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(keep_warm(watched, first=0, pause=0.01), 0.5)

    awaited(run())


def test_what_nobody_foresaw_does_not_end_it(monkeypatch, caplog):
    watched, faults = Watched(), [MemoryError("too much")]

    def warm() -> None:
        watched.warmings += 1
        if faults:
            raise faults.pop()

    monkeypatch.setattr(watched, "warm", warm)
    watch(watched)
    assert watched.warmings == 3
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == ["not loaded"]


def test_after_warming_nothing_is_left_to_load(tmp_path, monkeypatch):
    assistant = Assistant(store(tmp_path, NEWER, OTHER), today=lambda: date(2026, 1, 15))
    assistant.warm()
    known = assistant.knowledge
    assert {"names", "title_vectors", "_places"} <= known.__dict__.keys()
    for loading in ("index.library.Library._load", "assistant.searching.finding.directory"):
        monkeypatch.setattr(loading, lambda *_: pytest.fail("something was left to load"))
    assert "RNCP90012" in assistant.ask("le niveau du RNCP90012").text
    assert assistant.finder.find("RNCP90012").total
    assert assistant.knowledge is known


def test_who_asks_while_it_loads_waits_and_loads_nothing(tmp_path, monkeypatch):
    library = store(tmp_path, NEWER, OTHER)
    assistant, loads = Assistant(Library.open(library._store.home, library.encoder)), []
    load = Library._load

    def slow(self, *given):
        loads.append(given)
        time.sleep(0.2)
        return load(self, *given)

    monkeypatch.setattr(Library, "_load", slow)
    with ThreadPoolExecutor(5) as askers:
        list(askers.map(assistant.library.search, ["pain"] * 5))
        held = {id(known) for known in askers.map(lambda _: assistant.knowledge, range(5))}
    assert (len(loads), len(held)) == (1, 1)
