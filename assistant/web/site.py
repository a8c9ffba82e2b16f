"""The application: both languages of the page, and the health of the service."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import partial

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import RedirectResponse

from assistant.answer import Lang
from assistant.web.envelope import Envelope, dressed
from assistant.web.page import page
from assistant.web.service import Service
from assistant.web.texts import LANGS, texts
from assistant.web.theme import SCRIPT, STYLE, theme
from corpus.reading import Limits

LARGEST = Limits().size  # bytes of one uploaded file


def path(lang: Lang) -> str:
    """Where the page of a language is."""
    return "/" if lang == "fr" else f"/{lang}/"


def dress(lang: Lang) -> Callable[[str], str]:
    """What turns Gradio's page into ours: the script and the style with their words in a language."""
    t = texts(lang)
    words = {"kind": t("control.kind"), "size": t("control.size"), "largest": LARGEST}
    script = SCRIPT.read_text(encoding="utf-8").replace("__WORDS__", json.dumps(words))
    style = STYLE.read_text(encoding="utf-8").replace("__DROP__", json.dumps(t("control.drop"), ensure_ascii=False))
    return partial(dressed, lang=lang, script=script, style=style)


def how_the_model_does(service: Service) -> dict[str, object]:
    """The state of the language model's circuit breaker, where there is one."""
    state = getattr(getattr(service.assistant, "model", None), "state", None)
    return {"model": asdict(state)} if state else {}


def site(service: Service) -> FastAPI:
    """The application: French at /, English at /en/, and /healthz."""
    app = FastAPI(title="Acquis", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    def healthz() -> dict[str, object]:
        return {"status": "ok", "generation": service.library.generation, **how_the_model_does(service)}

    @app.get("/en", include_in_schema=False)
    def english() -> RedirectResponse:
        return RedirectResponse("en/")

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
    app.add_middleware(Envelope, pages={path(lang): dress(lang) for lang in LANGS})
    return app
