"""The application: each page in both languages, and the health of the service."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

from fastapi import FastAPI

from assistant.access.entrance import Entrance
from assistant.access.sessions import Visitor
from assistant.answer import Lang
from assistant.api.mounting import offer
from assistant.api.operations import Operations
from assistant.running.figures import Figures
from assistant.running.watching import Watched
from assistant.web import UPLOADS
from assistant.web.envelope import Dress, Envelope
from assistant.web.gate import MEGABYTE, Gate
from assistant.web.guard import Guard
from assistant.web.health import health, measure, routes, swept
from assistant.web.legal import legal
from assistant.web.markup.frame import colophon, masthead, plain
from assistant.web.mounting import full, mount, queued
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


def plainly(service: Service, entrance: Entrance) -> Callable[..., str]:
    """What draws a page without Gradio around a body, dressed like the others."""

    def show(title: str, body: str, visitor: Visitor, t: Texts, here: str = "connexion", away: str = "") -> str:
        pages = [(p.name, p.address) for p in PAGES if p.role <= visitor.role]
        head = masthead(pages, here, visitor, not entrance.open, t, away or here)
        style = filled(STYLE, "__DROP__", "")
        return plain(f"{title} · {t('page.title')}", head, body, colophon(service.model, t), style, t)

    return show


def filled(file: Path, hole: str, value: object) -> str:
    """A script or style of ours with its words in."""
    return file.read_text(encoding="utf-8").replace(hole, json.dumps(value, ensure_ascii=False))


def site(service: Service, entrance: Entrance | None = None, figures: Figures | None = None) -> FastAPI:
    """The application: French at /, English at /en/, the ways in, the interfaces, and what looks after it.

    Args:
        service: what the pages call.
        entrance: who may come in; without one, who sits at this machine.
        figures: where requests are counted, and what else is.
    """
    entrance, figures = entrance or Entrance.of_this_machine(), figures or Figures()
    settings = entrance.settings
    app = FastAPI(title="Acquis", docs_url=None, redoc_url=None, openapi_url=None)

    app.include_router(health(service, figures, settings))
    offer(app, Operations(service.assistant, service.today))
    show = plainly(service, entrance)
    app.include_router(SignIn(entrance, frozenset(p.address for p in PAGES), show).router)
    app.include_router(legal(settings, service.model, show))
    places = {path(page, lang): (page, lang) for page in PAGES for lang in LANGS}
    named, drawn = routes(app, places), {}
    for place in sorted(places, key=len, reverse=True):  # a path takes whatever begins with it: the longest come first
        page, lang = places[place]
        drawn[place] = blocks(page, service, texts(lang), settings.limits, settings.privacy.uploads_seconds)
        mount(app, drawn[place], place.rstrip("/") or "/", largest(entrance), partial(Guard, page=page))
    measure(service, figures, lambda: sum(map(queued, drawn.values())))
    swept(app, settings, Path(UPLOADS.name))
    pages = {place.rstrip("/"): page for place, page in drawn.items()}
    app.add_middleware(Gate, entrance=entrance, full=lambda place: place in pages and full(pages[place]))
    app.add_middleware(
        Watched,
        routes=named,
        figures=figures,
        proxies=settings.server.proxies,
        addresses=settings.logs.addresses != "none",
    )
    app.add_middleware(Envelope, pages={place: dress(*what, service, entrance) for place, what in places.items()})
    return app
