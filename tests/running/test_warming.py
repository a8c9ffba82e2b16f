"""A store is loaded before anybody asks, again after a change, and a store out of reach is tried again."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import date

from invented_fiches import NEWER, OTHER, store

from assistant.assistant import Assistant
from assistant.running.warming import keep_warm
from corpus.errors import StoreError


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

    async def run() -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(keep_warm(watched, first=0, pause=0.01), 0.5)

    asyncio.run(run())
    assert watched.warmings == 2


def test_after_warming_nothing_is_left_to_load(tmp_path):
    assistant = Assistant(store(tmp_path, NEWER, OTHER), today=lambda: date(2026, 1, 15))
    assistant.warm()
    known = assistant.knowledge
    assert {"names", "title_vectors", "_places"} <= known.__dict__.keys()
    assert "RNCP90012" in assistant.ask("le niveau du RNCP90012").text
    assert assistant.knowledge is known
