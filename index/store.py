"""Everything that is known, in one SQLite file: sources, referentials, passages, vectors; changed in transactions."""

from __future__ import annotations

import sqlite3
import uuid
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import StoreBusy, StoreError
from index.contract import Encoder

FILE = "acquis.sqlite"
FORMAT = 1
APPLICATION = 0x41435155  # "ACQU", so that another program's file is not taken for ours
PATIENCE = 5.0  # seconds that a second writer waits
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (
    name TEXT PRIMARY KEY, digest TEXT NOT NULL, document BLOB NOT NULL, original BLOB);
CREATE TABLE referentials (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES sources ON DELETE CASCADE,
    hidden INTEGER NOT NULL DEFAULT 0, card BLOB NOT NULL, body BLOB NOT NULL);
CREATE INDEX referentials_by_source ON referentials (source);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, referential INTEGER NOT NULL REFERENCES referentials ON DELETE CASCADE,
    vector BLOB NOT NULL, body BLOB NOT NULL);
CREATE INDEX passages_by_referential ON passages (referential);
CREATE INDEX passages_by_vector ON passages (vector);
CREATE TABLE vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Generation:
    """One committed state of the store: its number from 0, and a mark that no other state ever bears."""

    number: int
    stamp: str


class Store:
    """Opens connections on one store file, for reading one committed state or for writing the next."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._path = home / FILE

    @classmethod
    def open(cls, home: Path, encoder: Encoder, create: bool = False) -> Store:
        """Raises StoreError where the store is missing, damaged, or built by another version or encoder."""
        store = cls(home)
        if not create and not store._path.exists():
            raise _missing(home)
        if create:
            with told(store._path):
                home.mkdir(parents=True, exist_ok=True)
        if create and store._blank():
            store._create(encoder)
        store._check(encoder)
        return store

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one committed state, whatever is written meanwhile."""
        with told(self._path), closing(self._connect()) as connection:
            connection.execute("PRAGMA query_only = 1")
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are committed together at the end, or not at all.

        Raises:
            StoreBusy: another writer was at work for longer than PATIENCE.
        """
        with told(self._path), closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA foreign_keys = 1")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def _blank(self) -> bool:
        if not self._path.exists():
            return True
        with self.reading() as connection:
            return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None

    def _create(self, encoder: Encoder) -> None:
        with told(self._path), closing(self._connect()) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():  # another process may have been first
                for statement in SCHEMA.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
                rows = {"format": FORMAT, "generation": 0, "stamp": _stamp(), "encoder.name": encoder.name}
                rows |= {"encoder.digest": encoder.digest, "encoder.dim": encoder.dim}
                connection.executemany("INSERT INTO meta VALUES (?, ?)", [(k, str(v)) for k, v in rows.items()])
            connection.execute("COMMIT")

    @classmethod
    def open_for_reindexing(cls, home: Path) -> Store:
        """A store whichever encoder built it; raises StoreError where it is missing, damaged or of another version."""
        store = cls(home)
        if not store._path.exists():
            raise _missing(home)
        store._check_format()
        return store

    def agree(self, connection: sqlite3.Connection, encoder: Encoder) -> None:
        """Raises StoreError where the state that a connection sees was built by another encoder."""
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        if (meta["encoder.digest"], meta["encoder.dim"]) != (encoder.digest, str(encoder.dim)):
            raise _other_encoder(self._path, meta["encoder.name"], encoder)

    def _check(self, encoder: Encoder) -> None:
        self._check_format()
        with self.reading() as connection:
            self.agree(connection, encoder)

    def _check_format(self) -> None:
        with self.reading() as connection:
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
                raise _foreign(self._path)
            meta = dict(connection.execute("SELECT key, value FROM meta"))
        if meta["format"] != str(FORMAT):
            raise _other_format(self._path, meta["format"])


def generation_of(connection: sqlite3.Connection) -> Generation:
    meta = dict(connection.execute("SELECT key, value FROM meta WHERE key IN ('generation', 'stamp')"))
    return Generation(int(meta["generation"]), meta["stamp"])


def next_generation(connection: sqlite3.Connection) -> Generation:
    """Number the state that the running transaction will commit."""
    coming = Generation(generation_of(connection).number + 1, _stamp())
    connection.execute("UPDATE meta SET value = ? WHERE key = 'generation'", (str(coming.number),))
    connection.execute("UPDATE meta SET value = ? WHERE key = 'stamp'", (coming.stamp,))
    return coming


def pack(data: bytes) -> bytes:
    return zlib.compress(data, 6)


def unpack(data: bytes) -> bytes:
    return zlib.decompress(data)


def _stamp() -> str:
    return uuid.uuid4().hex


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and of the disk into ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise _busy(path) from error
        if "full" in str(error) or "readonly" in str(error) or "unable to open" in str(error):
            raise _unwritable(path, error) from error
        raise _damaged(path, error) from error
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from error
    except OSError as error:
        raise _unwritable(path, error) from error


def _missing(home: Path) -> StoreError:
    return StoreError(
        f"no store at {home}, expected a folder holding {FILE}",
        f"Aucune base à l'emplacement {home}. Ajoutez un premier document avec « acquis add », "
        "ou indiquez le bon dossier avec --home.",
        f"There is no library at {home}. Add a first document with “acquis add”, or name the right folder with --home.",
    )


def _foreign(path: Path) -> StoreError:
    return StoreError(
        f"{path} is an SQLite file of another program, expected application id {APPLICATION:#x}",
        f"Le fichier {path} n'appartient pas à Acquis. Indiquez un autre dossier avec --home.",
        f"The file {path} does not belong to Acquis. Name another folder with --home.",
    )


def _other_format(path: Path, found: str) -> StoreError:
    return StoreError(
        f"store {path} has format {found}, expected {FORMAT}",
        f"La base {path} a été construite par une autre version d'Acquis. Construisez-en une nouvelle dans un dossier "
        "vide (--home) en y ajoutant de nouveau vos documents.",
        f"The library {path} was built by another version of Acquis. Build a new one in an empty folder (--home) "
        "by adding your documents again.",
    )


def _other_encoder(path: Path, found: str, encoder: Encoder) -> StoreError:
    return StoreError(
        f"store {path} was built by encoder {found}, expected {encoder.name} ({encoder.digest[:12]}, {encoder.dim} d)",
        f"La base {path} a été construite avec un autre modèle ({found}). Construisez-en une nouvelle dans un dossier "
        "vide (--home) en y ajoutant de nouveau vos documents, ou reprenez ce modèle.",
        f"The library {path} was built with another model ({found}). Build a new one in an empty folder (--home) "
        "by adding your documents again, or go back to that model.",
    )


def _busy(path: Path) -> StoreBusy:
    return StoreBusy(
        f"another process is writing to {path}",
        "Une autre opération écrit en ce moment dans la base. Réessayez dans un instant.",
        "Another operation is writing to the library. Try again in a moment.",
    )


def _unwritable(path: Path, error: Exception) -> StoreError:
    return StoreError(
        f"cannot write to {path}: {error}",
        f"Impossible d'écrire dans le dossier {path.parent} ({error}). Vérifiez la place libre sur le disque et vos "
        "droits ; rien n'a été modifié.",
        f"The folder {path.parent} cannot be written to ({error}). Check the free space on the disk and your rights; "
        "nothing was changed.",
    )


def _damaged(path: Path, error: sqlite3.Error) -> StoreError:
    return StoreError(
        f"SQLite cannot use {path}: {error}",
        f"La base {path} est illisible ou endommagée ({error}). Restaurez une sauvegarde du dossier, ou construisez "
        "une nouvelle base dans un dossier vide (--home).",
        f"The library {path} cannot be read or is damaged ({error}). Restore a copy of its folder, or build a new one "
        "in an empty folder (--home).",
    )
