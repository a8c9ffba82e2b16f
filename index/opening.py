"""Where a store is: a folder of this machine or a PostgreSQL database; told apart by how the place is written."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UsageError
from index.contract import Encoder
from index.encoder import configured_encoder
from index.library import Library
from index.progress import Progress
from index.store import Store

if TYPE_CHECKING:
    from index.postgres.library import SharedLibrary

VARIABLE = "ACQUIS_STORE"  # the address of a shared store; the home then keeps only what is of this machine
ADDRESS = re.compile(r"(postgres(?:ql)?):/{1,2}")  # a Path writes two slashes as one


def library(home: Path | str, encoder: Encoder | None = None, create: bool = False) -> Library:
    """Open the store of a home, or the shared one that ACQUIS_STORE or the home itself gives the address of.

    Raises:
        StoreError: it is missing (unless `create`), damaged, out of reach, or built by another encoder.
        UsageError: the address of a database is given, and the library to reach one is not installed.
    """
    if (url := address(home)) is None:
        return Library.open(Path(home), encoder, create)
    return _shared(url, encoder, create)


def copied(folder: Path, home: Path | str, encoder: Encoder | None = None) -> Iterator[Progress]:
    """Copy the store in a folder into the shared one that ACQUIS_STORE or the home gives the address of.

    Yields:
        See `SharedLibrary.copy`.

    Raises:
        StoreError: as `library`, of either store.
        UsageError: no address of a database is given.
    """
    if (url := address(home)) is None:
        raise UsageError(
            f"no shared store to copy to: {VARIABLE} is not set",
            f"Donnez dans {VARIABLE} l'adresse de la base PostgreSQL où copier (postgresql://utilisateur@serveur/base).",
            f"Give in {VARIABLE} the address of the PostgreSQL database to copy to (postgresql://user@server/name).",
        )
    encoder = encoder or configured_encoder()
    Store.open(folder, encoder)  # before anything is made of the database
    return _shared(url, encoder, create=True).copy(folder)


def address(home: Path | str) -> str | None:
    """The address of a shared store, None where the store is the home's own."""
    given = os.environ.get(VARIABLE) or str(home)
    return ADDRESS.sub(r"\1://", given, count=1) if ADDRESS.match(given) else None


def shown(home: Path | str) -> str:
    """The place as it may be printed: an address without its password."""
    if (url := address(home)) is None:
        return str(home)
    try:
        # As above.
        from index.postgres import database  # noqa: PLC0415
    except ImportError:
        return "PostgreSQL"
    return f"PostgreSQL {database.shown(url)}".rstrip()


def folder(home: Path) -> Path:
    """A home whose store is its own; raises UsageError for a shared one, which its server looks after."""
    if address(home) is None:
        return home
    raise UsageError(
        "this command works on a store in a folder, not on PostgreSQL",
        "Cette commande porte sur une base dans un dossier. Une base PostgreSQL se vérifie avec pg_amcheck et se "
        "compacte avec VACUUM ; pour changer de modèle, ajoutez les documents à une base vide.",
        "This command is about a store in a folder. A PostgreSQL database is verified by pg_amcheck and compacted by "
        "VACUUM; to change the model, add the documents to an empty database.",
    )


def _shared(url: str, encoder: Encoder | None, create: bool) -> SharedLibrary:
    try:
        # Only who shares a corpus has psycopg.
        from index.postgres.library import SharedLibrary  # noqa: PLC0415
    except ImportError as error:
        raise _without_driver(error) from error
    return SharedLibrary.open(url, encoder, create)


def _without_driver(error: ImportError) -> UsageError:
    return UsageError(
        f"no driver for PostgreSQL: {error}",
        "Une base PostgreSQL demande une bibliothèque de plus : pip install 'acquis[postgres]'.",
        "A PostgreSQL database needs one more library: pip install 'acquis[postgres]'.",
    )
