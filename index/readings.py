"""What came of the fiches of an export when they were last read, so that they need not be read again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from index.seals import RowDamaged, seal, unseal

TABLE = """
CREATE TABLE IF NOT EXISTS readings (
    source TEXT PRIMARY KEY REFERENCES sources ON DELETE CASCADE, reading BLOB NOT NULL) WITHOUT ROWID
"""  # made when it is needed: stores of before lack it


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one fiche.

    Attributes:
        mark: SHA-256 in hexadecimal of its bytes in the export and of how they are read.
        digest: the same of what they say.
    """

    mark: str
    digest: str


def readings(connection: sqlite3.Connection) -> dict[str, Reading]:
    """The readings of the sources that have one, by name; what is damaged is left out, and read again."""
    found = {}
    for source, data in sealed(connection):
        with suppress(RowDamaged):
            found[source] = load(data)
    return found


def sealed(connection: sqlite3.Connection) -> Iterable[tuple[str, bytes]]:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'readings'").fetchone():
        return ()
    return connection.execute("SELECT source, reading FROM readings")


def load(data: object) -> Reading:
    told = unseal(data).hex()
    return Reading(told[:64], told[64:])


def put_readings(connection: sqlite3.Connection, readings: Mapping[str, Reading]) -> None:
    """Keep the readings of those sources that are there, in place of earlier ones."""
    connection.execute(TABLE)
    connection.executemany(
        "INSERT OR REPLACE INTO readings SELECT name, ? FROM sources WHERE name = ?",
        ((seal(bytes.fromhex(r.mark + r.digest)), name) for name, r in readings.items()),
    )
