"""What answers need of a store is loaded before anybody asks, and again when the store has changed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from assistant.assistant import Assistant
from corpus.errors import AcquisError

FIRST, PAUSE = 1.0, 15.0  # seconds before the first look, so that the first page comes first, and between two
log = logging.getLogger("acquis.warming")


def warmed(app: FastAPI, assistant: Assistant) -> None:
    """Let the application load, while it runs, what a change of the store has made out of date."""
    around = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(inner: FastAPI) -> AsyncIterator[object]:
        async with around(inner) as state:
            warming = asyncio.create_task(keep_warm(assistant))
            try:
                yield state
            finally:
                warming.cancel()

    app.router.lifespan_context = lifespan


async def keep_warm(assistant: Assistant, first: float = FIRST, pause: float = PAUSE) -> None:
    known = -1
    await asyncio.sleep(first)
    while True:
        try:
            generation = await asyncio.to_thread(lambda: assistant.library.generation)
            if generation != known:
                begun = time.monotonic()
                await asyncio.to_thread(assistant.warm)
                known = generation
                log.info("loaded", extra={"fields": {"seconds": round(time.monotonic() - begun, 1)}})
        except (AcquisError, OSError):
            pass  # what is wrong with the store is told to those who ask, and by /readyz
        except Exception:  # whatever it is, the next look may be luckier
            log.exception("not loaded")
        await asyncio.sleep(pause)
