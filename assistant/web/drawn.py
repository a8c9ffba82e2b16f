"""Gradio's pages, drawn once: they say the same to everybody who reaches them by the same address."""

from __future__ import annotations

from collections import OrderedDict

from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEPT = 8  # versions of one page: 0.1 MB each
MEANT = (b"host", b"origin", b"accept-encoding")  # headers on which a page depends
PARTS = ("http.response.start", "http.response.body")

Address = tuple[object, ...]


class Drawn:
    """Stands before one page's application and keeps the page that it drew.

    Drawing takes ten milliseconds of a thread, and four hundred people who come at once all wait for it. What differs
    from reader to reader comes by calls, or is put around the page afterwards.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: OrderedDict[Address, list[Message]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] != f"{scope.get('root_path', '')}/":
            await self.app(scope, receive, send)
            return
        address = (scope["scheme"], scope["path"], *sorted(pair for pair in scope["headers"] if pair[0] in MEANT))
        for part in self.kept.get(address) or await self.drawn(address, scope, receive):
            await send(part)

    async def drawn(self, address: Address, scope: Scope, receive: Receive) -> list[Message]:
        parts: list[Message] = []

        async def keep(message: Message) -> None:
            if message["type"] in PARTS:
                parts.append(message)

        await self.app({**scope, "query_string": b""}, receive, keep)
        if parts[0]["status"] == 200:
            self.kept[address] = parts
            while len(self.kept) > KEPT:
                self.kept.popitem(last=False)
        return parts
