"""A store of an earlier format rebuilt in today's: every source, with what was read of it, and no file asked for."""

from __future__ import annotations

import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from corpus.document import Document
from corpus.errors import StoreError
from corpus.layouts import recognise
from corpus.passages import passages as cut
from index import holdings
from index.contract import Encoder, Matrix
from index.forms import meanings
from index.holdings import Entry
from index.importing import encoded
from index.library import Library
from index.progress import Progress, Report
from index.seals import unseal
from index.serial import load_document, load_passage, load_referential
from index.store import FILE, FORMAT, PATIENCE, Store, stamp, tell
from index.tokens import count
from index.troubles import busy, damaged, missing, other_format, told

DRAFT = "upgrading"  # the folder in the home in which the new store is made
BATCH = 200  # sources written in one transaction
VECTORS = 10_000  # of them written at once
SEALED_SINCE = 2  # the format from which rows bear checksums
HALVED_SINCE = 3  # the format from which vectors are in half precision


@dataclass(frozen=True, slots=True)
class Earlier:
    """A store of an earlier format, open for reading.

    Attributes:
        encoder: the digest of what made its vectors.
        generation: how many times it was changed.
    """

    connection: sqlite3.Connection
    format: int
    encoder: str
    generation: int

    def open(self, data: bytes) -> bytes:
        """What a row holds, by its checksum where it has one."""
        return unseal(data) if self.format >= SEALED_SINCE else data

    def names(self) -> list[str]:
        return [name for (name,) in self.connection.execute("SELECT name FROM sources ORDER BY name")]

    def entry(self, name: str) -> Entry:
        """A source as it was stored; parts that have another shape today are made from its text again."""
        query = "SELECT digest, document, original FROM sources WHERE name = ?"
        _, stored, original = self.connection.execute(query, (name,)).fetchone()
        document = load_document(zlib.decompress(self.open(stored)))
        try:
            return Entry(document, tuple(self._referentials(name)), original)
        except ValidationError:
            return Entry(document, _read_again(document), original)

    def _referentials(self, name: str) -> Iterator[tuple]:
        heads = "SELECT id, body FROM referentials WHERE source = ? ORDER BY id"
        below = "SELECT body FROM passages WHERE referential = ? ORDER BY id"
        for key, body in self.connection.execute(heads, (name,)).fetchall():
            rows = self.connection.execute(below, (key,)).fetchall()
            found = tuple(load_passage(self.open(row)) for (row,) in rows)
            yield load_referential(zlib.decompress(self.open(body))), found

    def vectors(self) -> Iterator[tuple[bytes, Matrix]]:
        kind = "<f2" if self.format >= HALVED_SINCE else "<f4"
        for key, vector in self.connection.execute("SELECT key, vector FROM vectors"):
            yield key, np.frombuffer(self.open(vector), dtype=kind).astype(np.float32)


def upgrade(home: Path, encoder: Encoder) -> Iterator[Progress]:
    """Rebuild the store of a home beside it, then put it in its place; the earlier file stays under another name.

    Interrupted, it leaves the earlier store as it was, and begins anew when it is called again. A store of today's
    format is left alone.

    Yields:
        How many sources are done, of how many; the stage of the last one is "done".

    Raises:
        StoreError: no store, a damaged one, or one of a later format; StoreBusy: somebody is writing to it.
    """
    path = home / FILE
    if not path.exists():
        raise missing(home)
    with told(path), closing(_opened(path)) as connection:
        earlier = _earlier(connection, path)
        names = earlier.names() if earlier else []
        if earlier:
            yield from _rebuilt(earlier, names, home / DRAFT, encoder)
    if earlier:
        yield Progress(len(names), len(names), "", "write")
        with told(path):
            _exchange(path, earlier.format)
        Library.open(home, encoder).search("acquis", top=1)  # the derived files are made now, not at the first search
    yield Progress(len(names), len(names), "", "done", Report(tuple(names)))


def kept_as(path: Path, version: int) -> Path:
    """Where the file of an earlier format stays."""
    return path.with_name(f"{path.name}.format-{version}")


def _opened(path: Path) -> sqlite3.Connection:
    """A connection that lets no other program write, from now to its end."""
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _earlier(connection: sqlite3.Connection, path: Path) -> Earlier | None:
    """The store that a connection leads to; None where it is of today's format."""
    meta = dict(connection.execute("SELECT key, value FROM meta"))
    found = meta.get("format", "")
    if not found.isdecimal() or int(found) > FORMAT:
        raise other_format(path, found or "none", FORMAT)
    if int(found) == FORMAT:
        return None
    return Earlier(connection, int(found), meta["encoder.digest"], int(meta["generation"]))


def _rebuilt(earlier: Earlier, names: list[str], draft: Path, encoder: Encoder) -> Iterator[Progress]:
    shutil.rmtree(draft, ignore_errors=True)
    store = Store.open(draft, encoder, create=True)
    if earlier.encoder == encoder.digest:
        with store.writing() as connection:
            _put_vectors(connection, earlier)
    for done in range(0, len(names), BATCH):
        yield Progress(done, len(names), names[done], "read")
        with store.writing() as connection:
            _put(connection, [_entry(earlier, name) for name in names[done : done + BATCH]], encoder)
    with store.writing() as connection:
        holdings.settle(connection)
        tell(connection, {"generation": str(earlier.generation + 1), "stamp": stamp()})
        if sorted(holdings.digests(connection)) != sorted(names):
            raise damaged(draft / FILE, sqlite3.DatabaseError("sources are missing after the upgrade"))
    with closing(store.connect()) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _entry(earlier: Earlier, name: str) -> Entry:
    try:
        return earlier.entry(name)
    except (ValueError, zlib.error) as error:
        raise _unreadable(name, error) from error


def _read_again(document: Document) -> tuple:
    return tuple((referential, cut(referential, count)) for referential in recognise(document))


def _put_vectors(connection: sqlite3.Connection, earlier: Earlier) -> None:
    rows = earlier.vectors()
    while batch := dict(islice(rows, VECTORS)):
        holdings.put_vectors(connection, batch)


def _put(connection: sqlite3.Connection, entries: list[Entry], encoder: Encoder) -> None:
    """Store sources, with vectors for those texts that have none: of another model, or cut anew."""
    texts = meanings(p for entry in entries for p in entry.passages)
    known = holdings.known_vectors(connection, texts)
    holdings.put_vectors(connection, encoded({k: t for k, t in texts.items() if k not in known}, encoder))
    for entry in entries:
        holdings.put(connection, entry)


def _exchange(path: Path, version: int) -> None:
    """Put the new file in the place of the earlier one, which stays beside it; at each moment one is in place."""
    if path.with_name(f"{path.name}-wal").exists() and path.with_name(f"{path.name}-wal").stat().st_size:
        raise busy(path)
    kept = kept_as(path, version)
    _linked(path, kept)
    (path.parent / DRAFT / FILE).replace(path)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.rmtree(path.parent / DRAFT, ignore_errors=True)


def _linked(path: Path, kept: Path) -> None:
    kept.unlink(missing_ok=True)
    try:
        kept.hardlink_to(path)
    except OSError:  # a file system without links
        shutil.copy2(path, kept)


def _unreadable(name: str, error: Exception) -> StoreError:
    return StoreError(
        f"cannot read {name} of the earlier store: {error}",
        f"La source « {name} » de l'ancienne base est abîmée : rien n'a été changé. Restaurez une sauvegarde, ou "
        "construisez une base neuve (--home) en ajoutant de nouveau vos documents.",
        f"The source “{name}” of the earlier library is damaged: nothing was changed. Restore a backup, or build a new "
        "library (--home) by adding your documents again.",
    )
