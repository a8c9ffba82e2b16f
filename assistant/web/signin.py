"""The ways in and out: pages and forms that work without a script, and the provider's ways back."""

from __future__ import annotations

import logging
from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.access.entrance import Entrance
from assistant.access.oidc import NoRole, SignInError
from assistant.access.sessions import Visitor
from assistant.answer import Lang
from assistant.web.gate import COOKIE, visitor_of
from assistant.web.markup.signin import sign_in_form
from assistant.web.texts import LANGS, Texts, texts

TRAVELLING = "acquis_journey"
LONGEST = 300  # characters of a field
PROBLEMS = {
    "role": "access.problem.role",
    "acces": "access.problem.access",
    "fournisseur": "access.problem.provider",
}
log = logging.getLogger("acquis.access")

Show = Callable[[str, str, Visitor, Texts], str]  # (title, body, visitor, texts) to a page


class SignIn:
    """The routes of one entrance.

    Args:
        addresses: of the pages that one can go on to, below a language's root.
        show: draws a page around a body.
    """

    def __init__(self, entrance: Entrance, addresses: frozenset[str], show: Show) -> None:
        self.entrance, self.addresses, self.show = entrance, addresses, show
        self.router = APIRouter(include_in_schema=False)
        for lang in LANGS:
            self.ways(lang, "" if lang == "fr" else f"/{lang}")
        self.router.get("/connexion/retour")(self.back)

    def ways(self, lang: Lang, root: str) -> None:
        """The routes of one language."""
        t = texts(lang)

        @self.router.get(f"{root}/connexion")
        def form(request: Request, vers: str = "", refus: str = "") -> Response:
            return self.page(request, vers, t(PROBLEMS[refus]) if refus in PROBLEMS else "", t)

        @self.router.post(f"{root}/connexion")
        async def enter(request: Request) -> Response:
            return await self.enter(request, root, t)

        @self.router.post(f"{root}/deconnexion")
        def leave(request: Request) -> Response:
            self.entrance.sessions.end(request.cookies.get(COOKIE, ""))
            reply = RedirectResponse(".", 303)
            reply.delete_cookie(COOKIE, path=home(request))
            return reply

        @self.router.get(f"{root}/connexion/fournisseur")
        def depart(request: Request, vers: str = "") -> Response:
            return self.depart(request, f"{root}/{self.known(vers)}")

    def known(self, onward: str) -> str:
        """The address if it is of a page of ours; nobody is sent elsewhere."""
        return onward if onward in self.addresses else ""

    def page(self, request: Request, onward: str, problem: str, t: Texts, status: int = 200) -> Response:
        entrance = self.entrance
        provider = entrance.settings.oidc.name if entrance.provider else ""
        body = sign_in_form(self.known(onward), problem, bool(entrance.accounts), provider, t)
        page = self.show(t("access.title"), body, visitor_of(request.scope), t)
        return HTMLResponse(page, status, {"cache-control": "no-store"})

    async def enter(self, request: Request, root: str, t: Texts) -> Response:
        """Sign in by name and password."""
        form = await request.form(max_files=0, max_fields=10)
        name, password, onward = (str(form.get(key, ""))[:LONGEST] for key in ("name", "password", "vers"))
        account = await run_in_threadpool(self.entrance.accounts.signed_in, name.strip(), password)
        if account is None:
            log.warning("a sign-in by password failed")
            return self.page(request, onward, t("access.problem.password"), t, 401)
        return self.admitted(request, Visitor(account.name, account.role), f"{root}/{self.known(onward)}", local=True)

    def admitted(self, request: Request, visitor: Visitor, onward: str, local: bool) -> Response:
        """A new session, whatever there was before."""
        self.entrance.sessions.end(request.cookies.get(COOKIE, ""))
        token = self.entrance.sessions.begin(visitor.name, visitor.role, local)
        reply = RedirectResponse(request.scope.get("root_path", "") + onward, 303)
        set_cookie(reply, request, COOKIE, token)
        return reply

    def depart(self, request: Request, onward: str) -> Response:
        """To the provider."""
        provider = self.entrance.provider
        if provider is None:
            return Response(status_code=404)
        try:
            address, state = provider.departure(self.return_to(request), onward, self.entrance.sessions.set_out)
        except SignInError as error:
            return self.unsuccessful(request, error)
        reply = RedirectResponse(address, 303)
        set_cookie(reply, request, TRAVELLING, state)
        return reply

    def back(self, request: Request, state: str = "", code: str = "") -> Response:
        """From the provider: only in the browser that set out, and once."""
        provider = self.entrance.provider
        same = bool(state) and request.cookies.get(TRAVELLING, "") == state
        journey = self.entrance.sessions.come_back(state) if same else None
        if provider is None or journey is None or not code:
            return self.unsuccessful(request, None)
        try:
            visitor = provider.arrival(self.return_to(request), code, journey)
        except SignInError as error:
            return self.unsuccessful(request, error)
        reply = self.admitted(request, visitor, journey.onward, local=False)
        reply.delete_cookie(TRAVELLING, path=home(request))
        return reply

    def unsuccessful(self, request: Request, error: SignInError | None) -> Response:
        log.warning("a sign-in by the provider failed: %s", error or "nobody set out, or too long ago")
        why = "acces" if isinstance(error, NoRole) else "fournisseur"
        reply = RedirectResponse(f"{request.scope.get('root_path', '')}/connexion?refus={why}", 303)
        reply.delete_cookie(TRAVELLING, path=home(request))
        return reply

    def return_to(self, request: Request) -> str:
        """Where a provider sends people back to, as it was told when this service was registered."""
        host = request.headers.get("host", "")
        return f"{request.scope['scheme']}://{host}{request.scope.get('root_path', '')}/connexion/retour"


def home(request: Request) -> str:
    """The path that cookies are for."""
    return request.scope.get("root_path", "") or "/"


def set_cookie(reply: Response, request: Request, name: str, value: str) -> None:
    """A cookie that no script reads, that other sites do not send, and that does not leave TLS."""
    secure = request.scope["scheme"] == "https"
    reply.set_cookie(name, value, path=home(request), httponly=True, samesite="lax", secure=secure)
