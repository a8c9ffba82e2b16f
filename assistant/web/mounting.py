"""Gradio's pages as parts of our application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

import gradio as gr
from fastapi import FastAPI
from gradio.block_function import BlockFunction
from gradio.queueing import Queue
from gradio.routes import App
from gradio.state_holder import StateHolder
from starlette.types import ASGIApp

from assistant.settings import Limits
from assistant.web.drawn import Drawn
from assistant.web.theme import theme
from assistant.web.uploads import uploaded

COMPUTING = 4  # calls of a page worked on at once: they share one interpreter, and so does who answers its visitors
AWAITING = 40  # the same where most of them wait for a language model
CLOSED = 50  # pages that were closed, whose state is kept in case they were only out of reach


class Sessions(StateHolder):
    """Forgets who closed the page longest ago; Gradio keeps some 0.4 MB each until 10,000 others have come."""

    def update(self, session_id: str) -> None:
        super().update(session_id)
        with self.lock:
            closed = [name for name, session in self.session_data.items() if session.is_closed]
            for name in closed[: max(0, len(closed) - CLOSED)]:
                del self.session_data[name]
                self.time_last_used.pop(name, None)


class Sparing(gr.Blocks):
    """Blocks for which `gr.skip()` costs nothing; Gradio builds the skipped component anew each time.

    They take no file but those that were uploaded. Gradio looks where a file lies only in applications that it launched
    itself: a mounted one would copy whatever path or address a request names, and hand it to the page's function.
    """

    async def preprocess_data(
        self, block_fn: BlockFunction, inputs: list[Any], state: Any, explicit_call: bool = False
    ) -> list[Any]:
        if not all(map(uploaded, named(inputs))):
            raise gr.Error("not an uploaded file", print_exception=False)
        return await super().preprocess_data(block_fn, inputs, state, explicit_call)

    async def postprocess_data(self, block_fn: BlockFunction, predictions: Any, state: Any) -> list[Any]:
        several = isinstance(predictions, tuple | list) and len(predictions) == len(block_fn.outputs) > 1
        kept = [n for n, one in enumerate(predictions) if not skipped(one)] if several else []
        if not several or len(kept) == len(predictions):
            return await super().postprocess_data(block_fn, predictions, state)
        output: list[Any] = [None if block.stateful else gr.skip() for block in block_fn.outputs]
        if kept:
            part = copy(block_fn)
            part.outputs, values = [block_fn.outputs[n] for n in kept], [predictions[n] for n in kept]
            done = await super().postprocess_data(part, values if len(kept) > 1 else values[0], state)
            for n, one in zip(kept, done, strict=True):
                output[n] = one
        return output


def eased(queue: Queue) -> None:
    """Let a page's queue do less: of ten pages it is felt, even while nobody asks."""
    # After each call Gradio makes a table of the last 10,000, for a monitoring page that is not offered here.
    queue.ANALYTICS_MAX_EVENTS = 0
    queue.compute_analytics_summary = lambda _: {}
    queue.sleep_when_free = 0.01  # seconds between two looks for work; Gradio looks a thousand times a second
    queue.progress_update_sleep_when_free = 0.1


def named(sent: Any) -> Iterator[str]:
    """The paths of files in what a browser sent."""
    if isinstance(sent, dict):
        if "path" in sent:
            yield str(sent["path"])
        yield from (path for one in sent.values() for path in named(one))
    elif isinstance(sent, list | tuple):
        yield from (path for one in sent for path in named(one))


def skipped(prediction: object) -> bool:
    return isinstance(prediction, dict) and prediction == gr.skip()


@contextmanager
def described(limits: Limits, threads: int = AWAITING, **options: Any) -> Iterator[gr.Blocks]:
    """A page to be filled with components, and queued; so many of its calls are worked on at once.

    Gradio makes an application of 70 routes each time a page is begun, ended and queued, to throw away all but the one
    that is mounted; over ten pages that is several seconds. They are only made when they are mounted.
    """
    create, App.create_app = App.create_app, staticmethod(lambda *_, **__: None)
    try:
        with Sparing(**options) as blocks:
            yield blocks
        blocks.max_threads = threads
        blocks.queue(max_size=limits.waiting, default_concurrency_limit=limits.at_once, api_open=False)
        eased(blocks._queue)
    finally:
        App.create_app = create


def mount(app: FastAPI, blocks: gr.Blocks, path: str, largest: int, guard: Callable[[ASGIApp], ASGIApp]) -> None:
    """Put a page at a path of the application, behind a guard; no file larger than `largest` bytes is taken there."""
    gr.mount_gradio_app(
        app,
        blocks,
        path=path,
        footer_links=[],
        run_history=False,
        allowed_paths=[],
        show_error=False,
        max_file_size=largest,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        pwa=False,
        theme=theme(),
    )
    mounted = app.router.routes[-1]
    mounted.app.state_holder = Sessions()
    mounted.app.state_holder.set_blocks(blocks)
    unasked(mounted.app)
    mounted.app = guard(Drawn(mounted.app))


def unasked(app: App) -> None:
    """Let no request take a thread for Gradio to see that nobody signs in with it; the guard has looked before."""

    async def anybody() -> None:
        pass

    config = next(route for route in app.routes if getattr(route, "path", "") == "/config")
    app.dependency_overrides |= {asked.dependency: anybody for asked in config.dependencies}


def queued(blocks: gr.Blocks) -> int:
    """How many requests of a page wait for their turn."""
    return len(blocks._queue)


def full(blocks: gr.Blocks) -> bool:
    """Whether no more requests of a page may wait."""
    return queued(blocks) >= blocks._queue.max_size
