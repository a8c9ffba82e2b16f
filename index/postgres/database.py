"""Connections to one PostgreSQL database: reading one committed state, writing the next; the one door to psycopg."""

from __future__ import annotations

import hashlib
import os
import queue
import selectors
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from index.contract import Encoder
from index.postgres.schema import NAMES, TABLES, TABLES_FORMAT
from index.postgres.troubles import missing, other_tables, refused, unreadable, unusable
from index.store import FORMAT, PATIENCE
from index.store import stamp as fresh_stamp
from index.troubles import busy, other_encoder

Connection = Any  # psycopg's, whose types do not leave this file
HALF, ITERATIVE = (0, 7), (0, 8)  # versions of pgvector that brought half precision, and scans that go on
WRITER = 0x41435155  # the advisory lock of the one writer
IDLE = 8  # connections kept open
SHOWN = ("host", "port", "dbname", "options")  # what of an address is printed
TELLING = (*SHOWN, "hostaddr", "service", "user")  # what leads to one database and schema, not to another


class Database:
    """Opens transactions on one database.

    Attributes:
        url: of the database, as libpq reads it; the parameter `options=-csearch_path=NAME` chooses a schema.
        kind: the type of a vector's column.
        iterative: whether a filtered scan of the vectors goes on until enough are found.
    """

    def __init__(self, url: str) -> None:
        self.url, self.shown = url, shown(url)
        data = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        self._home = Path(data) / "acquis" / hashlib.sha256(_some(_parts(url), TELLING).encode()).hexdigest()[:16]
        self.kind, self.iterative = "vector", False
        self._idle: queue.LifoQueue[Connection] = queue.LifoQueue(IDLE)

    @classmethod
    def open(cls, url: str, encoder: Encoder, create: bool = False) -> Database:
        """Raises StoreError where the database cannot be reached, holds no store, or one of another encoder."""
        if _parts(url) is None:
            raise unreadable()
        database = cls(url)
        with database.writing() if create else database.reading() as connection:
            if create and not _there(connection):
                database._create(connection, encoder)
            elif not _there(connection):
                raise missing(database.shown)
            database._look(connection)
            database.agree(connection, encoder)
        return database

    @property
    def home(self) -> Path:
        """A folder of this machine, in which an import is prepared before it is written; made when it is asked for."""
        self._home.mkdir(parents=True, exist_ok=True)
        return self._home

    @contextmanager
    def reading(self, encoder: Encoder | None = None) -> Iterator[Connection]:
        """A connection that sees one committed state, whatever is written meanwhile; it may be a replica's.

        What is asked goes out when an answer is read, together with all that was asked before: ask first, then read.

        Args:
            encoder: of whom asks before knowing the state; what fails since another one has remade it is told so.
        """
        with _told(self.shown), self._lent() as connection:
            try:
                with connection.pipeline():
                    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    yield connection
                    connection.execute("COMMIT")
            except BaseException as error:
                with suppress(psycopg.Error):
                    connection.execute("ROLLBACK")
                    if encoder and isinstance(error, psycopg.Error):
                        self.agree(connection, encoder)
                raise

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection to the primary whose changes are committed together at the end, or not at all.

        Raises:
            StoreBusy: another writer was at work for longer than PATIENCE.
            StoreError: the address leads to replicas only, or the server refuses to write.
        """
        with _told(self.shown), self._to_primary() as connection:
            connection.execute("BEGIN READ WRITE")
            connection.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (WRITER,))
            connection.execute("SET LOCAL lock_timeout = 0")
            yield connection
            connection.execute("COMMIT")

    def agree(self, connection: Connection, encoder: Encoder) -> None:
        """Raises StoreError where the state that a connection sees was built by another version or encoder."""
        meta = meta_of(connection)
        held, expected = f"{meta['format']}.{meta.get('tables', 1)}", f"{FORMAT}.{TABLES_FORMAT}"
        if held != expected:
            raise other_tables(self.shown, held, expected)
        if (meta["encoder.digest"], meta["encoder.dim"]) != (encoder.digest, str(encoder.dim)):
            raise other_encoder(Path(self.shown), meta["encoder.name"], encoder)

    def close(self) -> None:
        with suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()

    @contextmanager
    def _lent(self) -> Iterator[Connection]:
        """A connection for reading, idle before and after."""
        connection = self._awake() or self._connect()
        try:
            yield connection
        finally:
            try:
                if not connection.closed:
                    self._idle.put_nowait(connection)
            except queue.Full:
                connection.close()

    def _awake(self) -> Connection | None:
        """One that is idle and that the server has not closed meanwhile: it would have said so, unasked."""
        with suppress(queue.Empty):
            while True:
                connection = self._idle.get_nowait()
                if not _speaks(connection):
                    return connection
                connection.close()
        return None

    def _to_primary(self) -> Connection:
        """A new one, to the host of the address that may be written to."""
        try:
            return self._connect(target_session_attrs="primary")
        except psycopg.OperationalError as error:
            with suppress(psycopg.OperationalError), self._connect():  # a host answers: it is a replica
                raise refused(self.shown, "no host of the address is a primary server") from error
            raise

    def _connect(self, **options: str) -> Connection:
        return psycopg.connect(self.url, autocommit=True, connect_timeout=10, application_name="acquis", **options)

    def _look(self, connection: Connection) -> None:
        version = _version(connection)
        self.kind, self.iterative = ("halfvec" if version >= HALF else "vector"), version >= ITERATIVE

    def _create(self, connection: Connection, encoder: Encoder) -> None:
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        self._look(connection)
        for statement in TABLES.format(kind=self.kind, dim=encoder.dim).split(";"):
            if statement.strip():
                connection.execute(statement)
        rows: dict[str, object] = {"format": FORMAT, "generation": 0, "stamp": fresh_stamp()}
        rows |= {"encoder.name": encoder.name, "encoder.digest": encoder.digest, "encoder.dim": encoder.dim}
        rows |= {"tables": TABLES_FORMAT}
        rows |= dict.fromkeys(NAMES, 0)
        tell(connection, {key: str(value) for key, value in rows.items()})


def _speaks(connection: Connection) -> bool:
    """Whether there is anything to read on a connection, though nothing was asked."""
    with selectors.DefaultSelector() as selector:
        selector.register(connection, selectors.EVENT_READ)
        return bool(selector.select(0))


def array_of(numbers: Iterable[int]) -> str:
    """Whole numbers as PostgreSQL reads an array; psycopg takes a millisecond for a thousand."""
    return f"{{{','.join(map(str, numbers))}}}"


def send(connection: Connection, query: str, rows: Iterable[Sequence[object]]) -> None:
    """Send rows by a COPY: one round trip for all of them."""
    with connection.cursor().copy(query) as copy:
        for row in rows:
            copy.write_row(row)


def meta_of(connection: Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT key, value FROM meta").fetchall())


def tell(connection: Connection, rows: dict[str, str]) -> None:
    """Change what the store says of itself."""
    query = "INSERT INTO meta VALUES (%s, %s) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    connection.cursor().executemany(query, list(rows.items()))


def _there(connection: Connection) -> bool:
    return connection.execute("SELECT to_regclass('meta') IS NOT NULL").fetchone()[0]


def _version(connection: Connection) -> tuple[int, ...]:
    query = "SELECT extversion FROM pg_extension WHERE extname = 'vector'"
    return tuple(int(n) for n in connection.execute(query).fetchone()[0].split(".")[:2])


def shown(url: str) -> str:
    """What of an address may be printed: "" where it cannot be told what of it is the password."""
    return _some(_parts(url), SHOWN)


def _some(parts: Mapping[str, str] | None, wanted: Sequence[str]) -> str:
    return make_conninfo(**{name: parts[name] for name in wanted if name in parts}) if parts else ""


def _parts(url: str) -> dict[str, str] | None:
    """An address as libpq reads it; None where it cannot be read, or a piece of a password is taken for another part.

    So libpq does where a slash or an `@` stands in the password: what follows is the name, the host or the port.
    """
    try:
        parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    except psycopg.ProgrammingError:
        return None
    hosts, ports = parts.get("host", "").split(","), parts.get("port", "").split(",")
    astray = any("@" in part for part in (parts.get("dbname", ""), *(host[1:] for host in hosts)))  # @name: a socket
    return None if astray or not all(port.isdecimal() or not port for port in ports) else parts


@contextmanager
def _told(shown: str) -> Iterator[None]:
    """Turn errors of PostgreSQL into ours."""
    try:
        yield
    except (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure) as error:
        raise busy(Path(shown)) from error
    except (errors.ReadOnlySqlTransaction, errors.InsufficientPrivilege, errors.DiskFull) as error:
        raise refused(shown, str(error).splitlines()[0]) from error
    except psycopg.Error as error:
        raise unusable(shown, error) from error
