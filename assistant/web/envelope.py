"""What every reply of the site carries, and the language of its pages."""

from __future__ import annotations

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
PAGES = {"/": b"fr", "/en/": b"en"}


class Envelope:
    """Adds the headers; on the pages themselves, sets the language that Gradio's template leaves at English."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        lang = PAGES.get(scope["path"]) if scope["method"] == "GET" else None

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
            elif lang and message["type"] == "http.response.body":
                # Two letters for two letters: the length told in the headers stays right.
                message["body"] = message["body"].replace(b'lang="en"', b'lang="' + lang + b'"', 1)
            await send(message)

        await self.app(scope, receive, sealed)
