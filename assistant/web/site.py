"""The application: each page in both languages, and the health of the service."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from fastapi import FastAPI

from assistant.answer import Lang
from assistant.api.mounting import offer
from assistant.api.operations import Operations
from assistant.web.envelope import Dress, Envelope
from assistant.web.markup.frame import colophon, masthead
from assistant.web.mounting import mount
from assistant.web.page import PAGES, Page, blocks
from assistant.web.service import Service
from assistant.web.texts import LANGS, texts
from assistant.web.theme import SCRIPT, STYLE
from corpus.reading import Limits

LARGEST = Limits().size  # bytes of one uploaded file


def path(page: Page, lang: Lang) -> str:
    """Where a page is."""
    return f"/{page.address}" if lang == "fr" else f"/{lang}/{page.address}"


def dress(page: Page, lang: Lang, service: Service) -> Dress:
    """What turns Gradio's page into ours."""
    t = texts(lang)
    words = {"kind": t("control.kind"), "size": t("control.size"), "largest": LARGEST}
    return Dress(
        lang,
        t.title(page.name),
        script=filled(SCRIPT, "__WORDS__", words),
        style=filled(STYLE, "__DROP__", t("control.drop")),
        above=masthead([(p.name, p.address) for p in PAGES], page.address, t),
        below=colophon(service.model, t),
        assets="./assets/" if lang == "fr" else "../assets/",
    )


def filled(file: Path, hole: str, value: object) -> str:
    """A script or style of ours with its words in."""
    return file.read_text(encoding="utf-8").replace(hole, json.dumps(value, ensure_ascii=False))


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

    offer(app, Operations(service.assistant, service.today))
    places = {path(page, lang): (page, lang) for page in PAGES for lang in LANGS}
    for place in sorted(places, key=len, reverse=True):  # a path takes whatever begins with it: the longest come first
        page, lang = places[place]
        mount(app, blocks(page, service, texts(lang)), place.rstrip("/") or "/", LARGEST)
    app.add_middleware(Envelope, pages={place: dress(*named, service) for place, named in places.items()})
    return app
