"""What every reply of the site carries, and what our pages have that Gradio's template has not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio compiles its templates in the browser, hence 'unsafe-eval'; nothing may come from, or go to, another host.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
CARDS = re.compile(r'\s*<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')  # names of Gradio's, pictures elsewhere


def dressed(page: str, lang: str, script: str, style: str) -> str:
    """Gradio's page in its language, with our script before any of Gradio's and our style after the first of them."""
    page = CARDS.sub("", page).replace('lang="en"', f'lang="{lang}"', 1)
    page = page.replace("<head>", f"<head><script>{script}</script>", 1)
    return page.replace("</head>", f"<style>{style}</style></head>", 1)


class Envelope:
    """Adds the headers to every reply, and dresses the pages.

    Args:
        pages: for the path of each page, what to do with its HTML.
    """

    def __init__(self, app: ASGIApp, pages: Mapping[str, Callable[[str], str]]) -> None:
        self.app, self.pages = app, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        dress = self.pages.get(scope["path"]) if scope["method"] == "GET" else None
        start: Message = {}
        body: list[bytes] = []

        async def sealed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = {**message, "headers": [*message["headers"], *HEADERS]}
                if dress is None:
                    await send(start)
            elif dress is None or message["type"] != "http.response.body":
                await send(message)
            else:
                body.append(message.get("body", b""))
                if not message.get("more_body"):
                    await self.send_page(start, dress(b"".join(body).decode()).encode(), send)

        await self.app(scope, receive, sealed)

    async def send_page(self, start: Message, page: bytes, send: Send) -> None:
        headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
        headers.append((b"content-length", str(len(page)).encode()))
        await send({**start, "headers": headers})
        await send({"type": "http.response.body", "body": page})
