"""The pages on privacy and accessibility: plain HTML, filled from the configuration in force."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.access.sessions import Visitor
from assistant.answer import Lang
from assistant.settings import Settings
from assistant.web.gate import visitor_of
from assistant.web.markup.legal import ADDRESSES, reached, statement
from assistant.web.texts import LANGS, Texts, texts

Subject = Literal["privacy", "accessibility"]
Show = Callable[[str, str, Visitor, Texts, str, str], str]  # title, body, visitor, texts, address, that of the other


def legal(settings: Settings, model: str | None, show: Show) -> APIRouter:
    """The routes of both pages in both languages."""
    router = APIRouter(include_in_schema=False)
    for lang in LANGS:
        for subject in ADDRESSES[lang]:
            route(router, lang, subject, settings, model, show)
    return router


def route(router: APIRouter, lang: Lang, subject: Subject, settings: Settings, model: str | None, show: Show) -> None:
    t = texts(lang)
    title, body = page(lang, subject, settings, model)
    here, elsewhere = ADDRESSES[lang][subject], ADDRESSES[t.other][subject]

    @router.get(f"/{here}" if lang == "fr" else f"/{lang}/{here}")
    def shown(request: Request) -> HTMLResponse:
        return HTMLResponse(show(title, body, visitor_of(request.scope), t, here, elsewhere))


def page(lang: Lang, subject: Subject, settings: Settings, model: str | None) -> tuple[str, str]:
    """The title and the HTML of a page."""
    t, told = texts(lang), written()[lang]
    holes = filled(settings, model, told["words"])
    contact = holes.pop("contact")
    return t.spaced(told[subject]["title"]), statement(told[subject], holes, contact, t)


def filled(settings: Settings, model: str | None, words: Mapping[str, str]) -> dict[str, str]:
    """What stands in the holes; `contact` is HTML, the others are not."""
    privacy, sessions = settings.privacy, settings.sessions
    return {
        "responsible": words["named"].format(responsible=privacy.responsible)
        if privacy.responsible
        else words["unnamed"],
        "committed": privacy.responsible or words["someone"],
        "contact": reached(privacy.contact, words["contact"]) if privacy.contact else words["no_contact"],
        "model": words["model"].format(model=model) if model else words["local"],
        "uploads": lasting(privacy.uploads_seconds // 60, words),
        "feedback": lasting(settings.feedback.keep_hours * 60, words),
        "idle": lasting(sessions.idle_minutes, words),
        "absolute": lasting(sessions.absolute_hours * 60, words),
        "addresses": words[settings.logs.addresses],
    }


def lasting(minutes: int, words: Mapping[str, str]) -> str:
    """A duration in the largest unit of which it is a whole number, two at least."""
    for unit, length in (("days", 24 * 60), ("hours", 60)):
        if minutes % length == 0 and minutes // length > 1:
            return words[unit].format(n=minutes // length)
    return words["minutes"].format(n=minutes)


@cache
def written() -> dict[str, Any]:
    """The texts of both pages, by language."""
    return tomllib.loads(files("assistant.web").joinpath("legal.toml").read_text(encoding="utf-8"))
