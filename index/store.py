"""Everything that is known, in one SQLite file: sources, referentials, passages, vectors; changed in transactions."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from index.contract import Encoder
from index.seals import RowDamaged, checksum
from index.troubles import foreign, missing, other_encoder, other_format, told

FILE = "acquis.sqlite"
WITNESS = "committed"
FORMAT = 4
APPLICATION = 0x41435155  # "ACQU", so that another program's file is not taken for ours
PATIENCE = 5.0  # seconds that a second writer waits
SEALED = ("format", "generation", "stamp", "encoder.name", "encoder.digest", "encoder.dim")  # of meta, by its sum
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (
    name TEXT PRIMARY KEY, digest TEXT NOT NULL, document BLOB NOT NULL, original BLOB);
CREATE TABLE referentials (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES sources ON DELETE CASCADE,
    hidden INTEGER NOT NULL DEFAULT 0, card BLOB NOT NULL, body BLOB NOT NULL);
CREATE INDEX referentials_by_source ON referentials (source);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, referential INTEGER NOT NULL REFERENCES referentials ON DELETE CASCADE,
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
            raise missing(home)
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
        with told(self._path), closing(self._snapshot()) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are committed together at the end, or not at all.

        Raises:
            StoreBusy: another writer was at work for longer than PATIENCE.
        """
        with told(self._path), closing(self.connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                number = generation_of(connection).number
                connection.execute("COMMIT")
                self._witness(number)
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def connect(self) -> sqlite3.Connection:
        """A connection outside of any transaction, ready to write."""
        return self._with("foreign_keys = 1", "synchronous = FULL")

    def _snapshot(self) -> sqlite3.Connection:
        """A connection at one committed state; SQLite shares memory by a file, for which a full disk has no room."""
        try:
            return _begun(self._with())
        except sqlite3.OperationalError as error:
            if "disk I/O error" not in str(error):
                raise
        return _begun(self._with("locking_mode = EXCLUSIVE"))

    def _with(self, *settings: str) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            for setting in settings:
                connection.execute(f"PRAGMA {setting}")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def witnessed(self) -> int:
        """The number of the last generation that is known to have been committed, 0 where none is."""
        with suppress(OSError, ValueError):
            return int((self.home / WITNESS).read_text(encoding="ascii"))
        return 0

    def _witness(self, number: int) -> None:
        """Say outside of SQLite what was committed: pages of its journal that are damaged vanish without a word."""
        draft = self.home / f"{WITNESS}.new"
        with suppress(OSError):
            draft.write_text(str(number), encoding="ascii")
            draft.replace(self.home / WITNESS)

    def _blank(self) -> bool:
        if not self._path.exists():
            return True
        with self.reading() as connection:
            return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None

    def _create(self, encoder: Encoder) -> None:
        with told(self._path), closing(self.connect()) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():  # another process may have been first
                for statement in SCHEMA.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
                rows = {"format": FORMAT, "generation": 0, "stamp": stamp(), "encoder.name": encoder.name}
                rows |= {"encoder.digest": encoder.digest, "encoder.dim": encoder.dim}
                tell(connection, {key: str(value) for key, value in rows.items()})
            connection.execute("COMMIT")

    @classmethod
    def open_for_reindexing(cls, home: Path) -> Store:
        """A store whichever encoder built it; raises StoreError where it is missing, damaged or of another version."""
        store = cls(home)
        if not store._path.exists():
            raise missing(home)
        store._check_format()
        return store

    def agree(self, connection: sqlite3.Connection, encoder: Encoder) -> None:
        """Raises StoreError where the state that a connection sees was built by another encoder."""
        meta = meta_of(connection)
        if (meta["encoder.digest"], meta["encoder.dim"]) != (encoder.digest, str(encoder.dim)):
            raise other_encoder(self._path, meta["encoder.name"], encoder)

    def _check(self, encoder: Encoder) -> None:
        self._check_format()
        with self.reading() as connection:
            self.agree(connection, encoder)

    def _check_format(self) -> None:
        with self.reading() as connection:
            if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                raise missing(self.home)  # killed while it was created
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
                raise foreign(self._path)
            found = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
            if found != (str(FORMAT),):
                raise other_format(self._path, found[0] if found else "none", FORMAT)
            meta_of(connection)


def _begun(connection: sqlite3.Connection) -> sqlite3.Connection:
    """At the one state that it will see: the first reading chooses it."""
    try:
        connection.execute("PRAGMA query_only = 1")
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def generation_of(connection: sqlite3.Connection) -> Generation:
    meta = meta_of(connection)
    return Generation(int(meta["generation"]), meta["stamp"])


def next_generation(connection: sqlite3.Connection) -> Generation:
    """Number the state that the running transaction will commit."""
    coming = Generation(generation_of(connection).number + 1, stamp())
    tell(connection, {"generation": str(coming.number), "stamp": coming.stamp})
    return coming


def meta_of(connection: sqlite3.Connection) -> dict[str, str]:
    """What the store says of itself; raises RowDamaged where that is not what was written."""
    meta = dict(connection.execute("SELECT key, value FROM meta"))
    if meta.get("sum") != _sum(meta):
        raise RowDamaged("the rows of meta differ from their checksum")
    return meta


def tell(connection: sqlite3.Connection, rows: dict[str, str]) -> None:
    """Change what the store says of itself, with the checksum over it."""
    meta = dict(connection.execute("SELECT key, value FROM meta")) | rows
    rows = {**rows, "sum": _sum(meta)}
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows.items())


def _sum(meta: dict[str, str]) -> str:
    return checksum(repr([(key, meta.get(key)) for key in SEALED]).encode()).hex()


def stamp() -> str:
    """A mark that no other state of any store bears."""
    return uuid.uuid4().hex
