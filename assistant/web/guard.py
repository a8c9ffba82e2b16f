"""What of a page may be called, and by whom: all that Gradio offers below its address stands behind this."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.gate import refusal, visitor_of
from assistant.web.page import Page
from assistant.web.uploads import arriving

# What Gradio’s pages call; what else it offers (files, proxies, other interfaces, monitoring, editing) is not there.
READ = re.compile(
    r"/|/config/?|/theme\.css|/(?:static|assets|svelte)/.+|/favicon\.ico"
    r"|/gradio_api/(?:queue/data|heartbeat/[^/]+|startup-events|theme\.css)"
)
WRITTEN = re.compile(r"/gradio_api/(?:queue/join|cancel|reset)/?")
UPLOADED = re.compile(r"/gradio_api/upload(?:_progress)?")
MEANT_OTHERWISE = ("page", "deep_link")  # of search results; of nothing here
PUBLIC = re.compile(r"/(?:static|assets|svelte)/.+|/favicon\.ico|/(?:gradio_api/)?theme\.css")  # the frame of all pages


class Guard:
    """Stands before one page's application."""

    def __init__(self, app: ASGIApp, page: Page) -> None:
        self.app, self.page = app, page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (refused := self.refused(scope)):
            await refused(scope, receive, send)
            return
        with arriving():
            await self.app(unmeant(scope), receive, send)

    def refused(self, scope: Scope) -> Response | None:
        path, visitor = scope["path"].removeprefix(scope.get("root_path", "")), visitor_of(scope)
        if visitor.role < self.page.role and not PUBLIC.fullmatch(path):
            if path == "/" and scope["method"] in ("GET", "HEAD") and not visitor.name:
                return RedirectResponse(f"connexion?vers={self.page.address}", 303)
            if path == "/" and "text/html" in Headers(scope=scope).get("accept", ""):
                return RedirectResponse("connexion?refus=role", 303)
            return refusal(
                scope, "refused.role" if visitor.name else "refused.signed_out", 403 if visitor.name else 401
            )
        return None if self.offered(scope["method"], path) else refusal(scope, "refused.absent", 404)

    def offered(self, method: str, path: str) -> bool:
        if UPLOADED.fullmatch(path):
            return self.page.files
        return bool((READ if method in ("GET", "HEAD") else WRITTEN).fullmatch(path))


def unmeant(scope: Scope) -> Scope:
    """A request without those parameters of our addresses that mean something else to Gradio, which fails of them."""
    given = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    kept = [(name, value) for name, value in given if name not in MEANT_OTHERWISE]
    return scope if kept == given else {**scope, "query_string": urlencode(kept).encode()}
