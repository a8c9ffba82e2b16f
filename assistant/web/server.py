"""The service: the store opened, the pages mounted, the address told."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from assistant.assistant import Assistant
from assistant.web.site import site
from corpus import notices
from index.library import Library

Say = Callable[[str], None]


def default_home() -> Path:
    """ACQUIS_HOME, or the place where the desktop keeps a user's data."""
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(os.environ.get("ACQUIS_HOME") or Path(data) / "acquis")


def told(phrase: str) -> None:
    print(f"Acquis : {phrase}", flush=True)


def open_library(home: Path, say: Say = told) -> Library:
    """The store of a home, made if it is missing, filled with the shipped notices if it is empty."""
    say(f"ouverture de la base {home}…")
    library = Library.open(home, create=True)
    if not library.referentials():
        paths = sorted(p for p in notices.folder().iterdir() if p.suffix == ".toml" or p.suffix == ".md")
        say(f"base vide : ajout des {len(paths)} notices livrées avec le programme…")
        for step in library.add(paths):
            if step.report is not None:
                for name, error in step.report.failed:
                    say(f"{name} n’a pas pu être ajoutée. {error.hint}")
    say(f"{len(library.referentials())} certifications dans la base.")
    return library


def create_app(home: Path, say: Say = told) -> FastAPI:
    """The application over the store of a home."""
    library = open_library(home, say)
    say("préparation des pages…")
    return site(Assistant(library), library)


def serve(home: Path, host: str = "127.0.0.1", port: int = 7860, say: Say = told) -> None:
    """Answer until interrupted."""
    app = create_app(home, say)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    server = Announcing(uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False), say)
    server.run()


class Announcing(uvicorn.Server):
    """A server that tells its address once it answers."""

    def __init__(self, config: uvicorn.Config, say: Say) -> None:
        super().__init__(config)
        self.say = say

    async def startup(self, sockets: list | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            shown = "localhost" if self.config.host in ("0.0.0.0", "::") else self.config.host
            self.say(f"prêt. Ouvrez http://{shown}:{self.config.port} dans votre navigateur (Ctrl+C pour arrêter).")
