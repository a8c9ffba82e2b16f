"""What every request passes first: who asks, from where, how often, and how much they send."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from anyio import move_on_after
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, cookie_parser
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.access.entrance import Entrance
from assistant.access.sessions import Visitor
from assistant.api.mounting import REST
from assistant.api.problems import language, problem
from assistant.settings.sections import NAMES_OF_HERE
from assistant.web.texts import Texts, texts

COOKIE = "acquis_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Nobody but a proxy of ours may say these.
FORWARDED = (b"x-forwarded-", b"forwarded", b"x-real-ip", b"x-gradio-server")
MEGABYTE = 1_000_000
GONE = 499  # what nginx notes where somebody went away while they sent: no fault of the service
LINGER = 5.0  # seconds in which the rest of a body may come that nobody wants to read
JOIN = "/gradio_api/queue/join"  # below a page: to wait for one's turn


def visitor_of(scope: Scope) -> Visitor:
    """Who asks; the public where no gate was passed."""
    return scope.get("visitor") or Visitor()


def said_in(scope: Scope) -> Texts:
    """The phrases of the language that a request's address is in."""
    return texts("en" if address_in(scope).startswith("/en/") else "fr")


def address_in(scope: Scope) -> str:
    """The path of a request below the service's own, from the application or from one within it."""
    return scope["path"].removeprefix(scope.get("app_root_path", scope.get("root_path", "")))


def refusal(scope: Scope, key: str, status: int, headers: dict[str, str] | None = None, **values: object) -> Response:
    """A phrase as Gradio's pages show it, `detail` of a JSON reply; to other programs a problem like all of theirs."""
    if address_in(scope).startswith(f"{REST}/"):
        said = (texts("fr")(key, **values), texts("en")(key, **values))
        reply = problem(status, said, language(Headers(scope=scope)))
        reply.headers.update(headers or {})
        return reply
    return JSONResponse({"detail": said_in(scope)(key, **values)}, status, headers)


class Gate:
    """Finds the visitor and refuses what goes beyond the limits, before anything is read or worked on.

    Args:
        full: whether nobody more may wait at a page, named by its path without "/" at the end. Who comes then is told
            so first of all, for whatever takes a thread or reads would be as late as the answers that are awaited.
    """

    def __init__(self, app: ASGIApp, entrance: Entrance, full: Callable[[str], bool] = lambda _: False) -> None:
        self.app, self.entrance, self.full = app, entrance, full
        self.limits = entrance.settings.limits
        self.proxies = frozenset(entrance.settings.server.proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return  # no page of ours opens a web socket
        bounded = Bounded(scope, receive, Polite(scope, send) if joins(scope) else send, self.largest(scope) * MEGABYTE)
        if joins(scope) and self.full(address_in(scope).removesuffix(JOIN)):
            await too_many(scope)(scope, nothing, bounded.reply)
            return
        direct = self.arrived(scope)
        headers = Headers(scope=scope)
        token = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        here = direct and host_name(headers.get("host", "")) in NAMES_OF_HERE and is_here(scope)
        visitor = self.entrance.visitor
        scope["visitor"] = await run_in_threadpool(visitor, token, here) if token else visitor(token, here)
        refused = self.refused(scope, headers)
        if not refused:
            try:
                await self.app(scope, bounded.received, bounded.sent)
            except ClientDisconnect:
                if not bounded.cut:
                    raise
            if bounded.cut and not bounded.begun:
                refused = self.too_large(scope) if bounded.broken else Response(status_code=GONE)
        if refused:
            await refused(scope, nothing, bounded.reply)

    def arrived(self, scope: Scope) -> bool:
        """Put what a proxy of ours forwards in its place, and take away what others say; True if there was none."""
        address = (scope.get("client") or ("", 0))[0]
        forwarded = {n.decode("latin-1"): v.decode("latin-1") for n, v in scope["headers"] if n.startswith(FORWARDED)}
        scope["headers"] = [(n, v) for n, v in scope["headers"] if not n.startswith(FORWARDED)]
        if address in self.proxies:
            scope["client"] = (self.beyond(forwarded.get("x-forwarded-for", ""), address), 0)
            if forwarded.get("x-forwarded-proto", "") in ("http", "https"):
                scope["scheme"] = forwarded["x-forwarded-proto"]
            if host := forwarded.get("x-forwarded-host", "").partition(",")[0].strip():
                scope["headers"] = [(n, v) for n, v in scope["headers"] if n != b"host"] + [(b"host", host.encode())]
        return not forwarded

    def beyond(self, chain: str, last: str) -> str:
        """The last address of a chain that is no proxy of ours."""
        named = [one.strip() for one in chain.split(",") if one.strip()]
        return next((one for one in reversed(named) if one not in self.proxies), last)

    def refused(self, scope: Scope, headers: Headers) -> Response | None:
        if scope["method"] not in SAFE and foreign(scope, headers):
            return refusal(scope, "refused.foreign", 403)
        if int(headers.get("content-length") or 0) > self.largest(scope) * MEGABYTE:
            return self.too_large(scope)
        wait = max(self.waits(scope), default=0.0)
        if wait:
            seconds = math.ceil(wait)
            return refusal(scope, "refused.often", 429, {"retry-after": str(seconds)}, seconds=seconds)
        return None

    def waits(self, scope: Scope) -> Iterable[float]:
        """How long each rate that counts a request wants it to wait, in seconds."""
        if scope["path"].endswith("/deconnexion") or (scope["method"] in SAFE and "/api/" not in scope["path"]):
            return  # one may always leave, and look
        entrance, address, session = self.entrance, (scope.get("client") or ("", 0))[0], visitor_of(scope).session
        if uploads(scope):
            yield entrance.uploading.taken(address)
        elif scope["path"].endswith("/connexion"):
            yield entrance.signing_in.taken(address)
        else:
            yield entrance.asking.taken(address)
            if session:
                yield entrance.asking_in_session.taken(session)

    def too_large(self, scope: Scope) -> Response:
        return refusal(scope, "refused.large", 413, {"connection": "close"}, size=self.largest(scope))

    def largest(self, scope: Scope) -> int:
        """Megabytes of a request's body."""
        return self.limits.upload_megabytes + 1 if uploads(scope) else self.limits.body_megabytes


def too_many(scope: Scope) -> Response:
    return refusal(scope, "refused.full", 429, {"retry-after": "10"})


def uploads(scope: Scope) -> bool:
    return scope["path"].endswith("/gradio_api/upload")


def joins(scope: Scope) -> bool:
    return scope["path"].endswith(JOIN)


def host_name(host: str) -> str:
    """A Host header without its port."""
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def is_here(scope: Scope) -> bool:
    """Whether a connection comes from this machine; of a test's client, which has no address, it does."""
    return (scope.get("client") or ("", 0))[0] in (*NAMES_OF_HERE, "testclient")


def foreign(scope: Scope, headers: Headers) -> bool:
    """Whether a page of another site sends this (CSRF): browsers say from where, other programs send no cookie."""
    site = headers.get("sec-fetch-site")
    if site:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    if origin:
        return origin.partition("://")[2] != headers.get("host", "")
    return "cookie" in headers


class Bounded:
    """Breaks off a body that is longer than was said, and keeps back what the application says of one that is cut off.

    Attributes:
        begun: whether the application's reply had begun before.
        ended: whether the whole body was sent, or its sender went away.
        gone: whether its sender went away before.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send, largest: int) -> None:
        self.receive, self.send, self.left = receive, send, largest
        self.begun, self.ended, self.gone = False, scope["method"] in SAFE, False

    @property
    def broken(self) -> bool:
        return self.left < 0

    @property
    def cut(self) -> bool:
        return self.broken or self.gone

    async def received(self) -> Message:
        message = await self.receive()
        self.left -= len(message.get("body", b""))
        self.gone |= message["type"] == "http.disconnect" and not self.ended
        self.ended = not message.get("more_body")
        return {"type": "http.disconnect"} if self.broken else message

    async def sent(self, message: Message) -> None:
        if self.begun or not self.cut:
            self.begun = True
            await self.reply(message)

    async def reply(self, message: Message) -> None:
        """Send a reply, and end it only when the whole body has come, or has not for a while.

        Where one side closes while the other still sends, the reply is thrown away before it is read.
        """
        if self.ended or message["type"] != "http.response.body" or message.get("more_body"):
            await self.send(message)
            return
        await self.send({**message, "more_body": True})
        with move_on_after(LINGER):
            while not self.ended:
                await self.received()
        await self.send({"type": "http.response.body"})


class Polite:
    """A `send` that says in the page's language that too many are waiting; Gradio says it in English."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope, self.send, self.full = scope, send, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 503:
            self.full = True
            await too_many(self.scope)(self.scope, nothing, self.send)
        elif not self.full:
            await self.send(message)


async def nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
