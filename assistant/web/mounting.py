"""Gradio's pages as parts of our application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr
from fastapi import FastAPI
from gradio.routes import App
from starlette.types import ASGIApp

from assistant.settings import Limits
from assistant.web.theme import theme


@contextmanager
def described(limits: Limits, **options: Any) -> Iterator[gr.Blocks]:
    """A page to be filled with components, and queued.

    Gradio makes an application of 70 routes each time a page is begun, ended and queued, to throw away all but the one
    that is mounted; over ten pages that is several seconds. They are only made when they are mounted.
    """
    create, App.create_app = App.create_app, staticmethod(lambda *_, **__: None)
    try:
        with gr.Blocks(**options) as blocks:
            yield blocks
        blocks.queue(max_size=limits.waiting, default_concurrency_limit=limits.at_once, api_open=False)
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
    mounted.app = guard(mounted.app)


def queued(blocks: gr.Blocks) -> int:
    """How many requests of a page wait for their turn."""
    return len(blocks._queue)
