"""Every request counted and told, by its route: what stands in an address beyond that is never written."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable, Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.running.figures import Figures
from assistant.running.logs import REQUEST, shortened

log = logging.getLogger("acquis.requests")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
CALLS = re.compile(r"/gradio_api/(queue/join|queue/data|upload|cancel|reset|heartbeat|startup-events)(?:[/_].*)?")
PARTS = re.compile(r"/(?:static|assets|svelte)/.+|/theme\.css|/favicon\.ico|/config/?|/gradio_api/theme\.css")
MARK = re.compile(r"[\w.-]{8,64}")  # what a proxy may call a request


class Routes:
    """The names of routes: of a page, of what it calls, of an interface; "other" for whatever else is asked for.

    Args:
        pages: their paths, without "/" at the end.
        fixed: other paths that are told as they are; those that end with "/" with whatever is below them.
    """

    def __init__(self, pages: Iterable[str], fixed: Iterable[str]) -> None:
        self.pages = sorted({page.rstrip("/") for page in pages}, key=len, reverse=True)
        fixed = tuple(fixed)
        self.fixed = frozenset(fixed)
        self.above = tuple(path for path in fixed if path.endswith("/"))

    def __call__(self, path: str) -> str:
        if path in self.fixed:
            return path
        for above in self.above:
            if path.startswith(above):
                return above + "…"
        for page in self.pages:
            if path.rstrip("/") == page:
                return page or "/"
            if path.startswith(page + "/") and (named := self.below(path[len(page) :])):
                return f"{page}{named}"
        return "other"

    @staticmethod
    def below(path: str) -> str | None:
        called = CALLS.fullmatch(path)
        if called:
            return f"/gradio_api/{called[1]}"
        return "/assets" if PARTS.fullmatch(path) else None


class Watched:
    """Stands before everything else.

    Args:
        proxies: whose word for a request is taken over, so that their log and ours can be read together.
        addresses: whether a request's address is written, without its last part.
        now: seconds of a clock that never goes back.
    """

    def __init__(
        self,
        app: ASGIApp,
        routes: Routes,
        figures: Figures,
        proxies: Iterable[str] = (),
        addresses: bool = False,
        now: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.app, self.routes, self.figures = app, routes, figures
        self.proxies, self.addresses, self.now = frozenset(proxies), addresses, now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        said = dict(scope["headers"])
        peer = (scope.get("client") or ("", 0))[0]
        behind = any(name.startswith((b"x-forwarded-", b"forwarded", b"x-real-ip")) for name in said)
        scope["stranger"] = behind and peer not in self.proxies  # its address is that of a proxy nobody configured
        given = said.get(b"x-request-id", b"").decode("latin-1") if peer in self.proxies else ""
        mark = given if MARK.fullmatch(given) else uuid.uuid4().hex[:16]
        REQUEST.set(mark)
        await self.answered(scope, receive, Noting(send, mark))

    async def answered(self, scope: Scope, receive: Receive, send: Noting) -> None:
        route = self.routes(scope["path"].removeprefix(scope.get("root_path", "")) or "/")
        method = scope["method"] if scope["method"] in METHODS else "other"
        begun = self.now()
        self.figures.underway.inc()
        try:
            await self.app(scope, receive, send)
        finally:
            self.figures.underway.dec()
            seconds = self.now() - begun
            self.figures.request(route, method, send.status, seconds)
            told = {"route": route, "method": method, "status": send.status, "ms": round(seconds * 1000, 1)}
            if self.addresses:
                told["address"] = shortened((scope.get("client") or ("", 0))[0])  # by now that of who asks
            log.info("request", extra={"fields": told})


class Noting:
    """A `send` that remembers the status, 500 where none was sent, and gives the reply the request's mark."""

    def __init__(self, send: Send, mark: str) -> None:
        self.send, self.mark, self.status = send, mark, 500

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = [*message.get("headers", ()), (b"x-request-id", self.mark.encode())]
            message = {**message, "headers": headers}
        await self.send(message)
