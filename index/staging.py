"""A large import while it is being prepared: a file beside the store that no reader of the store looks into."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from index import holdings
from index.contract import Encoder, Matrix
from index.holdings import Entry
from index.readings import Reading
from index.seals import unseal
from index.store import FORMAT, PATIENCE, SCHEMA
from index.troubles import told

FILE = "import.sqlite"
SEALED = (
    "SELECT document FROM sources",
    "SELECT card FROM referentials",
    "SELECT body FROM referentials",
    "SELECT body FROM passages",
    "SELECT vector FROM vectors",
)


class Staging:
    """Sources with their passages and vectors, committed batch by batch; what a killed import left is found again."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def digests(self) -> dict[str, str]:
        return holdings.digests(self._connection)

    @property
    def readings(self) -> dict[str, Reading]:
        return holdings.readings(self._connection)

    def put(self, entries: Sequence[Entry], vectors: Mapping[bytes, Matrix]) -> None:
        """Keep a batch, for good: each source in place of the one of its name."""
        self._connection.execute("BEGIN IMMEDIATE")
        holdings.put_vectors(self._connection, vectors)
        for entry in entries:
            holdings.put(self._connection, entry)
        self._connection.execute("COMMIT")

    def known_vectors(self, keys: Iterable[bytes]) -> set[bytes]:
        return holdings.known_vectors(self._connection, keys)

    def vectors(self) -> Iterator[tuple[bytes, Matrix]]:
        """Every vector with its key."""
        rows = self._connection.execute("SELECT key, vector FROM vectors")
        return ((key, holdings.load_vector(vector)) for key, vector in rows)

    def entries(self, names: Sequence[str]) -> Iterator[Entry]:
        """The sources of the given names, as they were put."""
        return (holdings.entry(self._connection, name) for name in sorted(names))

    def move(self, names: Sequence[str], connection: sqlite3.Connection) -> None:
        """Put the sources of the given names into the store, in the transaction that is open there."""
        holdings.remove(connection, names)
        staged, wanted = self._connection, set(names)
        connection.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", staged.execute("SELECT * FROM vectors"))
        sources = staged.execute("SELECT name, digest, document, original FROM sources ORDER BY name")
        connection.executemany("INSERT INTO sources VALUES (?, ?, ?, ?)", (s for s in sources if s[0] in wanted))
        holdings.put_readings(connection, {name: r for name, r in self.readings.items() if name in wanted})
        base = connection.execute("SELECT coalesce(max(id), 0) FROM referentials").fetchone()[0]
        heads = staged.execute("SELECT ? + id, source, card, body FROM referentials ORDER BY id", (base,))
        connection.executemany(
            "INSERT INTO referentials (id, source, card, body) VALUES (?, ?, ?, ?)",
            (h for h in heads if h[1] in wanted),
        )
        passages = staged.execute(
            "SELECT ? + p.referential, p.vector, p.body, r.source FROM passages p JOIN referentials r"
            " ON r.id = p.referential ORDER BY p.id",
            (base,),
        )
        connection.executemany(
            "INSERT INTO passages (referential, vector, body) VALUES (?, ?, ?)",
            (p[:3] for p in passages if p[3] in wanted),
        )


@contextmanager
def staging(home: Path, encoder: Encoder, kind: str = "whole") -> Iterator[Staging]:
    """Open the file for one import; what another encoder or version, or a fault of the disk, left of it is thrown away.

    Args:
        kind: of import; what another kind left is thrown away as well.

    Raises:
        StoreBusy: another import is at work.
    """
    path = home / FILE
    with told(path), closing(_opened(path, f"{FORMAT} {encoder.digest} {encoder.dim} {kind}")) as connection:
        yield Staging(connection)


def discard(home: Path) -> None:
    """Delete the file once the store holds what it held."""
    for path in (home / FILE, home / f"{FILE}-journal"):
        path.unlink(missing_ok=True)


def abandon(home: Path) -> None:
    """Delete what an interrupted import left; raises StoreBusy where one is at work."""
    path = home / FILE
    if path.exists():
        with told(path), closing(_connect(path)) as connection:
            try:
                _lock(connection)
            except sqlite3.OperationalError:  # held by an import
                raise
            except sqlite3.DatabaseError:  # no database any more
                pass
    discard(home)


def sound(home: Path) -> bool:
    """False where an interrupted import is there and damaged; raises StoreBusy where one is at work."""
    path = home / FILE
    if not path.exists():
        return True
    with told(path), closing(_connect(path)) as connection:
        _lock(connection)
        return _sound(connection)


def _sound(connection: sqlite3.Connection) -> bool:
    """True where every page and every row is as it was written."""
    try:
        if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            return False
        if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            return True  # no room on the disk for more than its name
        for query in SEALED:
            for (data,) in connection.execute(query):
                unseal(data)
    except sqlite3.DatabaseError:
        return False
    return True


def _opened(path: Path, made_by: str) -> sqlite3.Connection:
    with suppress(_Unusable):
        return _resumed(path, made_by)
    discard(path.parent)
    connection = _connect(path)
    _lock(connection)
    connection.execute("BEGIN IMMEDIATE")
    for statement in SCHEMA.split(";"):
        connection.execute(statement)
    connection.execute("INSERT INTO meta VALUES ('made by', ?)", (made_by,))
    connection.execute("COMMIT")
    return connection


class _Unusable(Exception):
    """What is there is no staging file of this encoder."""


def _resumed(path: Path, made_by: str) -> sqlite3.Connection:
    connection = _connect(path)
    try:
        _lock(connection)
        found = connection.execute("SELECT value FROM meta").fetchone()
        if found == (made_by,) and _sound(connection):
            return connection
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):  # locked, or no room: not ours to throw away
            connection.close()
            raise
    except sqlite3.DatabaseError:
        pass
    connection.close()
    raise _Unusable


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)


def _lock(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = 1")
    connection.execute("PRAGMA synchronous = NORMAL")  # power that fails costs a batch of work, nothing that was said
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # one import at a time
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")
