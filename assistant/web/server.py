"""The service: the store opened, the pages mounted, the address told."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from assistant.access.accounts import Accounts
from assistant.access.entrance import Entrance
from assistant.access.ledger import Ledger
from assistant.assistant import Assistant
from assistant.feedback.opinions import Opinions
from assistant.model import Guarded, configured
from assistant.model.port import settings as model_settings
from assistant.running import logs
from assistant.running.figures import CountedAssistant, Figures
from assistant.running.warming import warmed
from assistant.settings import Settings, load
from assistant.web import UPLOADS
from assistant.web.service import Service
from assistant.web.site import site
from corpus import notices
from corpus.errors import UsageError
from index import opening
from index.library import Library

Say = Callable[[str], None]
# Seconds that a connection may rest. Proxies keep theirs for a minute; who closes first while the other begins to send
# cuts a request off, and at uvicorn's 5 s a busy service closed connections whose next request had come already.
IDLE = 75


def told(phrase: str) -> None:
    print(f"Acquis : {phrase}", flush=True)


def noted(phrase: str) -> None:
    """The same where programs read what the service writes: a line like the others."""
    logging.getLogger("acquis.service").info(phrase)


def create_app(home: Path, say: Say = told, settings: Settings | None = None) -> FastAPI:
    """The application over the store of a home, with the language model that the environment names, if any.

    Without settings they are read for this home as `acquis serve` does.
    """
    settings = settings or load(os.environ, home=home)
    entrance = Entrance(settings, Ledger(settings.accounts))
    library = open_library(home, say)
    model = configured_model(say)
    say("préparation des pages…")
    opinions = Opinions(settings.accounts, settings.feedback.keep_hours)
    named = model.name if model else None
    figures = Figures()
    answering = Assistant(library, model)
    assistant = CountedAssistant(answering, figures)
    app = site(Service(assistant, library, named, opinions=opinions), entrance, figures)
    warmed(app, answering)
    return app


def open_library(home: Path, say: Say = told) -> Library:
    """The store of a home, made if it is missing, filled with the shipped notices if it is empty."""
    say(f"ouverture de la base {opening.shown(home)}")
    library = opening.library(home, create=True)
    held = library.cards()
    if not held:
        fill(library, say)
        held = library.cards()
    say(f"{len(held)} certifications dans la base")
    return library


def fill(library: Library, say: Say) -> None:
    paths = sorted(p for p in notices.folder().iterdir() if p.suffix == ".txt")
    say(f"base vide : ajout des {len(paths)} notices livrées avec le programme…")
    for step in library.add(paths):
        for name, error in step.report.failed if step.report else ():
            say(f"{name} n’a pas pu être ajoutée. {error.hint}")


def configured_model(say: Say) -> Guarded | None:
    """The model that the environment names; raises UsageError where it names only half of one."""
    model, chosen = configured(), model_settings()
    if model is None or chosen is None:
        say("aucun modèle de langue configuré : les réponses sont des extraits des sources")
        return None
    say(f"modèle de langue {chosen.name}, {chosen.place}")
    return model


def serve(settings: Settings, say: Say | None = None) -> None:
    """Answer until interrupted; what is told on the way goes to `say`, by default to standard output.

    Raises:
        UsageError: the address cannot be listened on; told before seconds are spent on loading.
        StoreError: the store cannot be opened.
    """
    server = settings.server
    logs.configure(settings.logs)
    say = say or (noted if settings.logs.format == "json" else told)
    reserve(server.host, server.port)
    warn(settings, say)
    app = create_app(settings.home, say, settings)
    config = uvicorn.Config(
        app,
        host=server.host,
        port=server.port,
        root_path=server.path,
        proxy_headers=False,  # the gate believes those of the configured proxies, and nobody else's
        server_header=False,
        timeout_keep_alive=IDLE,
        log_config=None,  # to our own lines
        access_log=False,
    )
    Announced(config, say).run()


def warn(settings: Settings, say: Say) -> None:
    """Say what nobody could do where others connect and nobody can sign in."""
    if not settings.server.local and not settings.oidc.issuer and not Accounts(Ledger(settings.accounts)):
        say(
            "attention : d’autres machines peuvent se connecter et aucun compte n’existe. La question, la recherche et "
            "la comparaison sont ouvertes à tous ; les CV et les sources sont fermés jusqu’à « acquis user add »."
        )


def reserve(host: str, port: int) -> None:
    """Raise UsageError where nobody could listen."""
    try:
        family = socket.getaddrinfo(host, port)[0][0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, OverflowError) as error:
        raise UsageError(
            f"cannot listen on {host}:{port}: {error}",
            f"L’adresse {host}:{port} n’est pas disponible : un autre programme l’occupe sans doute. "
            f"Choisissez un autre port, par exemple avec --port {port + 1}.",
            f"The address {host}:{port} is not available: another program probably uses it. "
            f"Choose another port, for instance with --port {port + 1}.",
        ) from error


class Announced(uvicorn.Server):
    """A server that tells its address once it answers, and clears its temporary folder when it stops."""

    def __init__(self, config: uvicorn.Config, say: Say) -> None:
        super().__init__(config)
        self.say = say

    async def startup(self, sockets: list | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            shown = "127.0.0.1" if self.config.host in ("0.0.0.0", "::", "") else self.config.host
            self.say(f"prêt. Ouvrez http://{shown}:{self.config.port} dans un navigateur ; Ctrl+C arrête le service.")

    async def shutdown(self, sockets: list | None = None) -> None:
        """Leave nothing behind: a terminated process does not reach what Python does at exit."""
        await super().shutdown(sockets)
        UPLOADS.cleanup()
