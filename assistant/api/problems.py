"""Errors as other programs read them: problem+json, in the reader's language, never with the words of a request."""

from __future__ import annotations

import logging
import traceback

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.answer import Lang
from assistant.api.models import Problem
from corpus.errors import AcquisError, ModelError, NotHeld, StoreError, UsageError

LARGEST = 256 * 1024  # bytes of a request's body: 40 turns and a question fit many times
STATUSES = ((NotHeld, 404), (UsageError, 422), (StoreError, 503), (ModelError, 502))
TITLES = {
    400: ("Demande mal formée", "Malformed request"),
    403: ("Demande refusée", "Request refused"),
    404: ("Introuvable", "Not found"),
    405: ("Méthode refusée", "Method not allowed"),
    413: ("Demande trop volumineuse", "Request too large"),
    422: ("Demande irrecevable", "Request not acceptable"),
    429: ("Trop de demandes", "Too many requests"),
    500: ("Erreur de notre côté", "Error on our side"),
    502: ("Modèle indisponible", "Model unavailable"),
    503: ("Base indisponible", "Store unavailable"),
}
OTHER = ("Erreur", "Error")
UNEXPECTED = (
    "Quelque chose n’a pas fonctionné de notre côté. Vous pouvez réessayer.",
    "Something went wrong on our side. You can try again.",
)
NO_SUCH = ("Il n’y a rien à cette adresse.", "There is nothing at this address.")
TOO_LARGE = (f"{LARGEST // 1024} Ko au plus.", f"{LARGEST // 1024} KB at most.")
MEDIA = "application/problem+json"
log = logging.getLogger("acquis.api")


def described(api: FastAPI) -> None:
    """Let an application answer every error of a request as a problem."""
    api.add_exception_handler(AcquisError, _known)
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(HTTPException, _http)
    api.add_middleware(Guard)


def language(headers: Headers, asked: str | None = None) -> Lang:
    """The language of `lang=` where it is given, else English where Accept-Language puts it before French."""
    if asked in ("fr", "en"):
        return asked
    wanted = [part.split(";")[0].strip()[:2].lower() for part in headers.get("accept-language", "").split(",")]
    return next((lang for lang in wanted if lang in ("fr", "en")), "fr")


def problem(status: int, detail: tuple[str, str], lang: Lang) -> JSONResponse:
    choice = 0 if lang == "fr" else 1
    title = TITLES.get(status, OTHER)[choice]
    content = Problem(title=title, status=status, detail=detail[choice]).model_dump()
    return JSONResponse(content, status, media_type=MEDIA, headers={"content-language": lang})


def noted(error: Exception) -> None:
    """Log an unexpected error's kind and place; its message may quote what people wrote."""
    places = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    log.error("unexpected %s at\n%s", type(error).__name__, places)


def _of(request: Request) -> Lang:
    return language(request.headers, request.query_params.get("lang"))


async def _known(request: Request, error: AcquisError) -> JSONResponse:
    status = next((status for kind, status in STATUSES if isinstance(error, kind)), 500)
    return problem(status, (error.hint, error.hint_en), _of(request))


async def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    """The names of the fields only: what was in them stays between us."""
    fields = ", ".join(dict.fromkeys(".".join(map(str, e["loc"][1:])) or str(e["loc"][0]) for e in error.errors()))
    return problem(422, (f"À corriger : {fields}.", f"To correct: {fields}."), _of(request))


async def _http(request: Request, error: HTTPException) -> JSONResponse:
    return problem(error.status_code, NO_SUCH if error.status_code == 404 else (str(error.detail),) * 2, _of(request))


class Guard:
    """Refuses bodies that are too large, and answers where an operation fails in a way that nobody foresaw."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, _bounded(receive), sending)
        except _TooLarge:
            await problem(413, TOO_LARGE, language(Headers(scope=scope)))(scope, receive, send)
        except Exception as error:
            noted(error)
            if not started:
                await problem(500, UNEXPECTED, language(Headers(scope=scope)))(scope, receive, send)


class _TooLarge(BaseException):
    """A body beyond the limit; no Exception, so that no handler on the way takes it for a malformed one."""


def _bounded(receive: Receive) -> Receive:
    read = 0

    async def bounded() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > LARGEST:
            raise _TooLarge
        return message

    return bounded
