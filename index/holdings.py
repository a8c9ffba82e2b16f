"""What the store holds, read and changed through one open connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol

import numpy as np

from corpus.document import Document
from corpus.passages import Passage
from corpus.referential import Referential
from index import precedence
from index.building import Ints, Row, Run
from index.cards import Card, card_of, dump_card, load_card
from index.contract import Matrix
from index.forms import meaning_key
from index.readings import Reading
from index.readings import put_readings as put_readings
from index.readings import readings as readings
from index.seals import pack, seal, unpack, unseal
from index.serial import dump_document, dump_passage, dump_referential, load_document, load_passage, load_referential
from index.store import Generation
from index.store import generation_of as generation_of

NO_KEYS = np.zeros(0, dtype=np.int64)
VISIBLE = "SELECT card FROM referentials WHERE NOT hidden ORDER BY source, id"
SHOWN = "SELECT id FROM referentials WHERE NOT hidden ORDER BY source, id"
KEYS = "SELECT referential, min(id), max(id), count(*) FROM passages GROUP BY referential"
ROWS = """
SELECT p.id, p.body, v.vector FROM passages p LEFT JOIN vectors v ON v.key = p.vector
WHERE p.referential = ? ORDER BY p.id
"""
UNEMBEDDED = """
SELECT body FROM passages WHERE vector IN (
    SELECT DISTINCT vector FROM passages p WHERE NOT EXISTS (SELECT 1 FROM vectors v WHERE v.key = p.vector))
"""
FORGET = """
DELETE FROM vectors WHERE rowid IN (
    SELECT v.rowid FROM vectors v WHERE NOT EXISTS (SELECT 1 FROM passages p WHERE p.vector = v.key))
"""  # both look through indexes alone: rows hold much that is not asked for


@dataclass(frozen=True, slots=True)
class Entry:
    """A source ready to be stored: each referential with its passages."""

    document: Document
    referentials: tuple[tuple[Referential, tuple[Passage, ...]], ...]
    original: bytes | None = None
    reading: Reading | None = None

    @property
    def passages(self) -> Iterator[Passage]:
        return (p for _, passages in self.referentials for p in passages)


class Holdings(Protocol):
    """What a kind of store must be able to do through a connection of its own; this module does it for SQLite."""

    def generation_of(self, connection: Any, /) -> Generation: ...
    def digests(self, connection: Any, /) -> dict[str, str]: ...
    def readings(self, connection: Any, /) -> dict[str, Reading]: ...
    def put_readings(self, connection: Any, readings: Mapping[str, Reading], /) -> None: ...
    def cards(self, connection: Any, /) -> tuple[Card, ...]: ...
    def referentials(self, connection: Any, /) -> tuple[Referential, ...]: ...
    def referentials_of(self, connection: Any, names: Iterable[str], /) -> dict[str, tuple[Referential, ...]]: ...
    def document(self, connection: Any, name: str, /) -> Document | None: ...
    def original(self, connection: Any, name: str, /) -> bytes | None: ...
    def passages(self, connection: Any, keys: Sequence[int], /) -> list[Passage]: ...
    def known_vectors(self, connection: Any, keys: Iterable[bytes], /) -> set[bytes]: ...
    def put_vectors(self, connection: Any, vectors: Mapping[bytes, Matrix], /) -> None: ...
    def without_vector(self, connection: Any, /) -> list[Passage]: ...
    def put(self, connection: Any, entry: Entry, /) -> None: ...
    def remove(self, connection: Any, names: Iterable[str], /) -> int: ...


def digests(connection: sqlite3.Connection) -> dict[str, str]:
    """The digest of each source's bytes, by name."""
    return dict(connection.execute("SELECT name, digest FROM sources"))


def put(connection: sqlite3.Connection, entry: Entry) -> None:
    """Store a source in place of the one of the same name; its vectors must be there already."""
    document = entry.document
    remove(connection, [document.name])
    connection.execute(
        "INSERT INTO sources VALUES (?, ?, ?, ?)",
        (document.name, document.digest, pack(dump_document(document)), entry.original),
    )
    if entry.reading:
        put_readings(connection, {document.name: entry.reading})
    for referential, passages in entry.referentials:
        row = (document.name, seal(dump_card(card_of(referential))), pack(dump_referential(referential)))
        key = connection.execute("INSERT INTO referentials (source, card, body) VALUES (?, ?, ?)", row).lastrowid
        connection.executemany(
            "INSERT INTO passages (referential, vector, body) VALUES (?, ?, ?)",
            ((key, meaning_key(p), seal(dump_passage(p))) for p in passages),
        )


def remove(connection: sqlite3.Connection, names: Iterable[str]) -> int:
    """Delete sources with all that came from them; the number of those that were there."""
    return sum(connection.execute("DELETE FROM sources WHERE name = ?", (name,)).rowcount for name in names)


def put_vectors(connection: sqlite3.Connection, vectors: Mapping[bytes, Matrix]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO vectors VALUES (?, ?)",
        ((key, dump_vector(vector)) for key, vector in vectors.items()),
    )


def dump_vector(vector: Matrix) -> bytes:
    """Half precision: cosines differ by less than 0.001, the store is half as large."""
    return seal(vector.astype("<f2").tobytes())


def load_vector(data: bytes) -> Matrix:
    return np.frombuffer(unseal(data), dtype="<f2").astype(np.float32)


def known_vectors(connection: sqlite3.Connection, keys: Iterable[bytes]) -> set[bytes]:
    """Those of the keys that already have a vector."""
    query = "SELECT 1 FROM vectors WHERE key = ?"
    return {key for key in keys if connection.execute(query, (key,)).fetchone()}


def without_vector(connection: sqlite3.Connection) -> list[Passage]:
    """The passages whose text has no vector."""
    return [load_passage(unseal(body)) for (body,) in connection.execute(UNEMBEDDED)]


def settle(connection: sqlite3.Connection) -> tuple[Card, ...]:
    """After changes: hide what an official source outranks, drop the vectors that no passage needs; then `cards`."""
    rows = connection.execute("SELECT id, card FROM referentials ORDER BY source, id").fetchall()
    found = [load_card(unseal(card)) for _, card in rows]
    outranked = precedence.hidden(found)
    connection.execute("UPDATE referentials SET hidden = 0 WHERE hidden")
    connection.executemany("UPDATE referentials SET hidden = 1 WHERE id = ?", ((rows[i][0],) for i in outranked))
    connection.execute(FORGET)
    return tuple(card for place, card in enumerate(found) if place not in outranked)


def cards(connection: sqlite3.Connection) -> tuple[Card, ...]:
    """The referentials that are shown, in the order of their sources."""
    return tuple(load_card(unseal(card)) for (card,) in connection.execute(VISIBLE))


def rows(connection: sqlite3.Connection, known: Ints = NO_KEYS) -> Iterator[Row | Run]:
    """The passages of the referentials that are shown, in the order of `cards`; of those known the keys alone.

    Args:
        known: keys of passages, in ascending order.
    """
    shown = [key for (key,) in connection.execute(SHOWN)]
    spans = _known_spans(connection, known)
    for again, group in groupby(enumerate(shown), lambda item: item[1] in spans):
        if again:
            found = [(position, *spans[key]) for position, key in group]
            cards = np.repeat([f[0] for f in found], [last - first + 1 for _, first, last in found])
            yield Run(cards, np.concatenate([np.arange(first, last + 1) for _, first, last in found]))
            continue
        for position, referential in group:
            for key, body, vector in connection.execute(ROWS, (referential,)):
                yield Row(key, position, load_passage(unseal(body)), load_vector(vector))


def _known_spans(connection: sqlite3.Connection, known: Ints) -> dict[int, tuple[int, int]]:
    """For each referential whose keys are all known, and without a gap, the first and the last one."""
    if not len(known):
        return {}
    spans = np.array(connection.execute(KEYS).fetchall(), dtype=np.int64).reshape(-1, 4)
    held = np.searchsorted(known, spans[:, 2], "right") - np.searchsorted(known, spans[:, 1])
    whole = (held == spans[:, 3]) & (spans[:, 2] - spans[:, 1] + 1 == spans[:, 3])
    return {key: (first, last) for key, first, last, _ in spans[whole].tolist()}


def passages(connection: sqlite3.Connection, keys: Sequence[int]) -> list[Passage]:
    """The passages of the given keys, in that order."""
    query = f"SELECT id, body FROM passages WHERE id IN ({','.join('?' * len(keys))})"
    bodies = dict(connection.execute(query, [int(key) for key in keys]))
    return [load_passage(unseal(bodies.get(int(key)))) for key in keys]


def present(connection: sqlite3.Connection, keys: Sequence[int]) -> set[int]:
    """Those of some keys that passages have."""
    query = f"SELECT id FROM passages WHERE id IN ({','.join('?' * len(keys))})"
    return {key for (key,) in connection.execute(query, [int(key) for key in keys])}


def referentials(connection: sqlite3.Connection) -> tuple[Referential, ...]:
    """Those that are shown, in the order of their sources."""
    query = "SELECT body FROM referentials WHERE NOT hidden ORDER BY source, id"
    return tuple(load_referential(unpack(body)) for (body,) in connection.execute(query))


def referentials_of(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, tuple[Referential, ...]]:
    """For each source named, and there, those of its referentials that are shown."""
    query = "SELECT body FROM referentials WHERE source = ? AND NOT hidden ORDER BY id"
    found = {n: tuple(load_referential(unpack(b)) for (b,) in connection.execute(query, (n,))) for n in names}
    return {name: read for name, read in found.items() if read}


def entry(connection: sqlite3.Connection, name: str) -> Entry:
    """A source that is there, as it was put."""
    heads = connection.execute("SELECT id, body FROM referentials WHERE source = ? ORDER BY id", (name,)).fetchall()
    query = "SELECT body FROM passages WHERE referential = ? ORDER BY id"
    found = (
        (load_referential(unpack(body)), tuple(load_passage(unseal(b)) for (b,) in connection.execute(query, (key,))))
        for key, body in heads
    )
    return Entry(document(connection, name), tuple(found), original(connection, name))


def document(connection: sqlite3.Connection, name: str) -> Document | None:
    row = connection.execute("SELECT document FROM sources WHERE name = ?", (name,)).fetchone()
    return load_document(unpack(row[0])) if row else None


def original(connection: sqlite3.Connection, name: str) -> bytes | None:
    row = connection.execute("SELECT original FROM sources WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None
