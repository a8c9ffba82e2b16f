"""What every reply of the site carries, and what our pages have that Gradio's template has not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.access.sessions import Visitor
from assistant.web.gate import visitor_of

# Gradio compiles its templates in the browser, hence 'unsafe-eval'; nothing may come from, or go to, another host.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),  # to ourselves it is the origin, by which forged forms are told
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
STRICT = (b"strict-transport-security", b"max-age=31536000")
UNKEPT = ((b"cache-control", b"no-store"),)  # a page names its reader: nothing is left of it after they signed out
# Names of Gradio's with pictures elsewhere; a base that would send links inside a page to another one.
STRANGERS = re.compile(r'\s*<(?:meta\s+(?:property|name)="(?:og|twitter):|base\s|link rel="manifest")[^>]*>')


@dataclass(frozen=True, slots=True)
class Dress:
    """What Gradio's page lacks.

    Attributes:
        title: of the window.
        script: ours, before any of Gradio's.
        style: ours, after Gradio's first.
        above: HTML above what Gradio draws, for a visitor.
        below: HTML below it.
        assets: where the files of Gradio's page are, from the page; one place for all pages, so that they come once.
    """

    lang: str
    title: str
    script: str
    style: str
    above: Callable[[Visitor], str]
    below: str
    assets: str

    def __call__(self, page: str, visitor: Visitor) -> str:
        page = STRANGERS.sub("", page).replace('lang="en"', f'lang="{self.lang}"', 1)
        page = page.replace('="./assets/', f'="{self.assets}')
        head = f'<head><title>{self.title}</title><link rel="icon" href="data:,"><script>{self.script}</script>'
        page = page.replace("<head>", head, 1)  # without an icon browsers ask for one at the root, beyond any subpath
        page = page.replace("</head>", f"<style>{self.style}</style></head>", 1)
        page = page.replace("<gradio-app", f"{self.above(visitor)}<gradio-app", 1)
        return page.replace("</gradio-app>", f"</gradio-app>{self.below}", 1)


class Envelope:
    """Adds the headers to every reply, dresses the pages, and leads to them who has a "/" too many or too few.

    Args:
        pages: for the path of each page, what to do with its HTML. A path without "/" at its end is served as it is.
    """

    def __init__(self, app: ASGIApp, pages: Mapping[str, Callable[[str, Visitor], str]]) -> None:
        self.app, self.pages = app, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if path in self.pages and scope["method"] in ("GET", "HEAD"):
            if not path.endswith("/"):
                scope = {**scope, "path": scope["path"] + "/", "raw_path": None}  # where Gradio answers
            dress = self.pages[path] if scope["method"] == "GET" else None
            await self.app(scope, receive, Sealed(scope, send, dress))
        elif (other := turned(path)) in self.pages:
            await elsewhere(other, path, scope)(scope, receive, Sealed(scope, send))
        else:
            await self.app(scope, receive, Sealed(scope, send))


def turned(path: str) -> str:
    """A path with "/" at its end without it, and the other way round."""
    return path[:-1] if path.endswith("/") else path + "/"


def elsewhere(path: str, asked: str, scope: Scope) -> RedirectResponse:
    """To a page from its path with the slash turned; relative, for the service may live under a subpath."""
    name = path.rstrip("/").rpartition("/")[2]
    query = scope["query_string"].decode("latin-1")
    return RedirectResponse((f"../{name}" if asked.endswith("/") else f"{name}/") + (f"?{query}" if query else ""))


class Sealed:
    """A `send` that adds the headers, and dresses the body of a page where `dress` is given."""

    def __init__(self, scope: Scope, send: Send, dress: Callable[[str, Visitor], str] | None = None) -> None:
        self.scope, self.send, self.dress = scope, send, dress
        self.start: Message = {}
        self.body: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            tls = (STRICT,) if self.scope["scheme"] == "https" else ()
            self.start = {**message, "headers": [*message["headers"], *HEADERS, *tls]}
            if message["status"] != 200:
                self.dress = None
            if self.dress is None:
                await self.send(self.start)
        elif self.dress is None or message["type"] != "http.response.body":
            await self.send(message)
        else:
            self.body.append(message.get("body", b""))
            if not message.get("more_body"):
                await self.page(self.dress(b"".join(self.body).decode(), visitor_of(self.scope)).encode())

    async def page(self, page: bytes) -> None:
        headers = [(name, value) for name, value in self.start["headers"] if name.lower() != b"content-length"]
        headers += [(b"content-length", str(len(page)).encode()), *UNKEPT]
        await self.send({**self.start, "headers": headers})
        await self.send({"type": "http.response.body", "body": page})
