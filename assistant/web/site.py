"""The application: both languages of the page, and the health of the service."""

from __future__ import annotations

import json
from functools import partial

import gradio as gr
from fastapi import FastAPI

from assistant.answer import Lang
from assistant.web.envelope import Envelope, dressed
from assistant.web.page import page
from assistant.web.service import Service
from assistant.web.texts import LANGS, Texts, texts
from assistant.web.theme import SCRIPT, STYLE, theme

LARGEST = "50mb"  # of one uploaded file


def path(lang: Lang) -> str:
    """Where the page of a language is."""
    return "/" if lang == "fr" else f"/{lang}/"


def hints(t: Texts) -> str:
    """Words that the style puts in the place of Gradio's own."""
    return f":root {{ --drop: {json.dumps(t('control.drop'), ensure_ascii=False)}; }}"


def site(service: Service) -> FastAPI:
    """The application: French at /, English at /en/, and /healthz."""
    app = FastAPI(title="Acquis", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    def healthz() -> dict[str, object]:
        return {"status": "ok", "generation": service.library.generation}

    for lang in sorted(LANGS, key=lambda lang: lang == "fr"):  # "/" takes whatever comes to it, so it is mounted last
        gr.mount_gradio_app(
            app,
            page(service, texts(lang)),
            path=path(lang).rstrip("/") or "/",
            footer_links=[],
            run_history=False,
            allowed_paths=[],
            show_error=False,
            max_file_size=LARGEST,
            ssr_mode=False,
            enable_monitoring=False,
            mcp_server=False,
            pwa=False,
            theme=theme(),
        )
    script, style = SCRIPT.read_text(encoding="utf-8"), STYLE.read_text(encoding="utf-8")
    pages = {path(lang): partial(dressed, lang=lang, script=script, style=style + hints(texts(lang))) for lang in LANGS}
    app.add_middleware(Envelope, pages=pages)
    return app
