"""The service: the store opened, the pages mounted, the address told."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from assistant.assistant import Assistant
from assistant.model import Guarded, configured
from assistant.model.port import settings
from assistant.web import UPLOADS
from assistant.web.service import Service
from assistant.web.site import site
from corpus import notices
from corpus.errors import UsageError
from index.library import Library

Say = Callable[[str], None]


def told(phrase: str) -> None:
    print(f"Acquis : {phrase}", flush=True)


def create_app(home: Path, say: Say = told) -> FastAPI:
    """The application over the store of a home, with the language model that the environment names, if any."""
    library = open_library(home, say)
    model = configured_model(say)
    say("préparation des pages…")
    return site(Service(Assistant(library, model), library, model.name if model else None))


def open_library(home: Path, say: Say = told) -> Library:
    """The store of a home, made if it is missing, filled with the shipped notices if it is empty."""
    say(f"ouverture de la base {home}")
    library = Library.open(home, create=True)
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
    model, chosen = configured(), settings()
    if model is None or chosen is None:
        say("aucun modèle de langue configuré : les réponses sont des extraits des sources")
        return None
    say(f"modèle de langue {chosen.name}, {chosen.place}")
    return model


def serve(home: Path, host: str = "127.0.0.1", port: int = 7860, say: Say = told) -> None:
    """Answer until interrupted.

    Raises:
        UsageError: the address cannot be listened on; told before seconds are spent on loading.
        StoreError: the store cannot be opened.
    """
    reserve(host, port)
    app = create_app(home, say)
    Announced(uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False), say).run()


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
