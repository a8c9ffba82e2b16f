"""Gradio's pages as parts of our application."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr
from fastapi import FastAPI
from gradio.routes import App

from assistant.web.theme import theme

QUEUE = {"max_size": 64, "default_concurrency_limit": 8, "api_open": False}


@contextmanager
def described(**options: Any) -> Iterator[gr.Blocks]:
    """A page to be filled with components, and queued.

    Gradio makes an application of 70 routes each time a page is begun, ended and queued, to throw away all but the one
    that is mounted; over ten pages that is several seconds. They are only made when they are mounted.
    """
    create, App.create_app = App.create_app, staticmethod(lambda *_, **__: None)
    try:
        with gr.Blocks(**options) as blocks:
            yield blocks
        blocks.queue(**QUEUE)
    finally:
        App.create_app = create


def mount(app: FastAPI, blocks: gr.Blocks, path: str, largest: int) -> None:
    """Put a page at a path of the application; no file larger than `largest` bytes is taken there."""
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
