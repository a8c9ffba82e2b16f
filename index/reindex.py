"""Every passage of a store encoded anew by another model; interrupted, it goes on where it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from index import derived
from index.contract import Encoder
from index.forms import meaning
from index.holdings import dump_vector
from index.library import Library
from index.progress import Progress, Report
from index.seals import unseal
from index.serial import load_passage
from index.store import Store, generation_of, next_generation, tell

BATCH = 2048  # texts encoded and committed at once
STAGED = "CREATE TABLE IF NOT EXISTS fresh_vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)"
MISSING = """
SELECT vector, body FROM passages
WHERE vector NOT IN (SELECT key FROM fresh_vectors) GROUP BY vector LIMIT ?
"""


def reindex(home: Path, encoder: Encoder) -> Iterator[Progress]:
    """Encode all passages by an encoder, beside the vectors in use; these are replaced in one commit at the end.

    Yields:
        How many distinct texts are done, of how many; the stage of the last one is "done".

    Raises:
        StoreError: the store is missing or damaged; StoreBusy: another process is writing.
    """
    store = Store.open_for_reindexing(home)
    _stage(store, encoder)
    total = _count(store, "SELECT COUNT(DISTINCT vector) FROM passages")
    while texts := _texts(store, BATCH):
        yield Progress(_count(store, "SELECT COUNT(*) FROM fresh_vectors"), total, "", "encode")
        with store.writing() as connection:
            _put(connection, encoder, texts)
    yield Progress(total, total, "", "write")
    _replace(store, encoder)
    Library.open(home, encoder).search("acquis", top=1)  # the derived files are made now, not at the first search
    yield Progress(total, total, "", "done", Report())


def _stage(store: Store, encoder: Encoder) -> None:
    """Make room for the new vectors; those that another encoder left there are dropped."""
    with store.writing() as connection:
        connection.execute(STAGED)
        begun = connection.execute("SELECT value FROM meta WHERE key = 'reindex.digest'").fetchone()
        if begun != (encoder.digest,):
            connection.execute("DELETE FROM fresh_vectors")
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('reindex.digest', ?)", (encoder.digest,))


def _count(store: Store, query: str) -> int:
    with store.reading() as connection:
        return connection.execute(query).fetchone()[0]


def _texts(store: Store, most: int) -> dict[bytes, str]:
    """Texts that have no new vector yet, by their key."""
    with store.reading() as connection:
        return _missing(connection, most)


def _missing(connection: sqlite3.Connection, most: int) -> dict[bytes, str]:
    return {key: meaning(load_passage(unseal(body))) for key, body in connection.execute(MISSING, (most,))}


def _put(connection: sqlite3.Connection, encoder: Encoder, texts: dict[bytes, str]) -> None:
    vectors: Iterable = encoder.encode_passages(list(texts.values()))
    rows = ((key, dump_vector(vector)) for key, vector in zip(texts, vectors, strict=True))
    connection.executemany("INSERT OR REPLACE INTO fresh_vectors VALUES (?, ?)", rows)


def _replace(store: Store, encoder: Encoder) -> None:
    """Put the new vectors in place of the old, with those of passages that came meanwhile."""
    with store.writing() as connection:
        while texts := _missing(connection, BATCH):
            _put(connection, encoder, texts)
        connection.execute("DELETE FROM vectors")
        wanted = "SELECT key, vector FROM fresh_vectors WHERE key IN (SELECT vector FROM passages)"
        connection.execute(f"INSERT INTO vectors {wanted}")
        connection.execute("DROP TABLE fresh_vectors")
        rows = {"encoder.name": encoder.name, "encoder.digest": encoder.digest, "encoder.dim": str(encoder.dim)}
        tell(connection, rows)
        connection.execute("DELETE FROM meta WHERE key = 'reindex.digest'")
        derived.sweep(store.home, {generation_of(connection).stamp})
        next_generation(connection)
