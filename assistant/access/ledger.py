"""The database of who may come in: one SQLite file in the home, readable by its owner alone."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import StoreError

FILE = "access.sqlite"
VERSION = 1
TABLES = """
CREATE TABLE accounts (
    name TEXT PRIMARY KEY COLLATE NOCASE, role INTEGER NOT NULL, hash TEXT NOT NULL, made REAL NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0, locked_until REAL NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE sessions (
    digest BLOB PRIMARY KEY, name TEXT NOT NULL, role INTEGER NOT NULL, begun REAL NOT NULL, seen REAL NOT NULL,
    account TEXT COLLATE NOCASE REFERENCES accounts (name) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE journeys (
    digest BLOB PRIMARY KEY, nonce TEXT NOT NULL, verifier TEXT NOT NULL, onward TEXT NOT NULL, begun REAL NOT NULL
) STRICT, WITHOUT ROWID;
"""


def digest(token: str) -> bytes:
    """What is kept of a token: who reads the file cannot sign in with it."""
    return hashlib.sha256(token.encode()).digest()


class Ledger:
    """Short transactions on the file, one after the other."""

    def __init__(self, home: Path | None) -> None:
        """Open the file of a home, made if it is missing; without a home nothing is written.

        Raises:
            StoreError: it cannot be opened, or another version made it.
        """
        self.path = home / FILE if home else Path(":memory:")
        self.lock = threading.Lock()
        try:
            if home:
                home.mkdir(parents=True, exist_ok=True)
                os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            self.connection = sqlite3.connect(self.path, timeout=10, check_same_thread=False, isolation_level=None)
            self.connection.executescript(
                "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL"
            )
            self.prepare()
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"cannot open {self.path}: {error}",
                f"Les comptes ({self.path}) ne peuvent pas être ouverts : vérifiez les droits sur ce dossier.",
                f"The accounts ({self.path}) cannot be opened: check the rights on this folder.",
            ) from error

    def prepare(self) -> None:
        with self.writing() as write:
            (version,) = write.execute("PRAGMA user_version").fetchone()
            if version == 0:
                for statement in TABLES.split(";")[:-1]:
                    write.execute(statement)
                write.execute(f"PRAGMA user_version = {VERSION}")
            elif version != VERSION:
                raise StoreError(
                    f"{self.path} is of version {version}, expected {VERSION}",
                    f"Les comptes ({self.path}) ont été faits par une autre version d’Acquis.",
                    f"The accounts ({self.path}) were made by another version of Acquis.",
                )

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it, or nothing."""
        with self.lock:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")

    def rows(self, query: str, *values: object) -> list[tuple]:
        with self.lock:
            return self.connection.execute(query, values).fetchall()

    def close(self) -> None:
        self.connection.close()
