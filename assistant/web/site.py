"""The application: each page in both languages, and the health of the service."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

from fastapi import APIRouter, FastAPI

from assistant.access.entrance import Entrance
from assistant.access.sessions import Visitor
from assistant.answer import Lang
from assistant.api.mounting import offer
from assistant.api.operations import Operations
from assistant.web.envelope import Dress, Envelope
from assistant.web.gate import MEGABYTE, Gate
from assistant.web.guard import Guard
from assistant.web.markup.frame import colophon, masthead, plain
from assistant.web.mounting import mount
from assistant.web.page import PAGES, Page, blocks
from assistant.web.service import Service
from assistant.web.signin import SignIn
from assistant.web.texts import LANGS, Texts, texts
from assistant.web.theme import SCRIPT, STYLE


def path(page: Page, lang: Lang) -> str:
    """Where a page is."""
    return f"/{page.address}" if lang == "fr" else f"/{lang}/{page.address}"


def above(here: str, entrance: Entrance, t: Texts) -> Callable[[Visitor], str]:
    """What stands above a page for each visitor: the pages that they may open, and who they are."""

    def drawn(visitor: Visitor) -> str:
        pages = [(p.name, p.address) for p in PAGES if p.role <= visitor.role]
        return masthead(pages, here, visitor, not entrance.open, t)

    return drawn


def dress(page: Page, lang: Lang, service: Service, entrance: Entrance) -> Dress:
    """What turns Gradio's page into ours."""
    t = texts(lang)
    words = {"kind": t("control.kind"), "size": t("control.size"), "largest": largest(entrance)}
    return Dress(
        lang,
        t.title(page.name),
        script=filled(SCRIPT, "__WORDS__", words),
        style=filled(STYLE, "__DROP__", t("control.drop")),
        above=above(page.address, entrance, t),
        below=colophon(service.model, t),
        assets="./assets/" if lang == "fr" else "../assets/",
    )


def largest(entrance: Entrance) -> int:
    """Bytes of one uploaded file."""
    return entrance.settings.limits.upload_megabytes * MEGABYTE


def signing(service: Service, entrance: Entrance) -> APIRouter:
    """The ways in and out, dressed like the pages."""

    def show(title: str, body: str, visitor: Visitor, t: Texts) -> str:
        pages = [(p.name, p.address) for p in PAGES if p.role <= visitor.role]
        head = masthead(pages, "connexion", visitor, not entrance.open, t)
        style = filled(STYLE, "__DROP__", "")
        return plain(f"{title} · {t('page.title')}", head, body, colophon(service.model, t), style, t)

    return SignIn(entrance, frozenset(p.address for p in PAGES), show).router


def filled(file: Path, hole: str, value: object) -> str:
    """A script or style of ours with its words in."""
    return file.read_text(encoding="utf-8").replace(hole, json.dumps(value, ensure_ascii=False))


def how_the_model_does(service: Service) -> dict[str, object]:
    """The state of the language model's circuit breaker, where there is one."""
    state = getattr(getattr(service.assistant, "model", None), "state", None)
    return {"model": asdict(state)} if state else {}


def site(service: Service, entrance: Entrance | None = None) -> FastAPI:
    """The application: French at /, English at /en/, the ways in, the interfaces, and /healthz.

    Args:
        service: what the pages call.
        entrance: who may come in; without one, who sits at this machine.
    """
    entrance = entrance or Entrance.of_this_machine()
    app = FastAPI(title="Acquis", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    def healthz() -> dict[str, object]:
        return {"status": "ok", "generation": service.library.generation, **how_the_model_does(service)}

    offer(app, Operations(service.assistant, service.today, service.finder))
    app.include_router(signing(service, entrance))
    places = {path(page, lang): (page, lang) for page in PAGES for lang in LANGS}
    for place in sorted(places, key=len, reverse=True):  # a path takes whatever begins with it: the longest come first
        page, lang = places[place]
        drawn = blocks(page, service, texts(lang), entrance.settings.limits)
        mount(app, drawn, place.rstrip("/") or "/", largest(entrance), partial(Guard, page=page))
    app.add_middleware(Gate, entrance=entrance)
    app.add_middleware(Envelope, pages={place: dress(*named, service, entrance) for place, named in places.items()})
    return app
