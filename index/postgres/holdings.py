"""What the store holds, read and changed through one open connection to PostgreSQL: `index.holdings.Holdings`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from corpus.document import Document
from corpus.passages import Passage
from corpus.referential import Referential
from index import precedence
from index.cards import Card, load_card
from index.contract import Matrix
from index.forms import short
from index.holdings import Entry
from index.postgres.counting import count, uncount
from index.postgres.database import Connection, array_of, send, tell
from index.postgres.entering import enter
from index.postgres.meaning import framed
from index.readings import Reading
from index.seals import pack, unpack, unseal
from index.serial import dump_document, load_document, load_passage, load_referential
from index.store import Generation
from index.store import stamp as fresh_stamp

HALVED = """
SELECT typname = 'halfvec' FROM pg_attribute JOIN pg_type t ON t.oid = atttypid
WHERE attrelid = 'vectors'::regclass AND attname = 'meaning'
"""


def generation_of(connection: Connection) -> Generation:
    return read_generation(asked_generation(connection))


def asked_generation(connection: Connection) -> Connection:
    """Ask for the generation; `read_generation` reads the answer, which may be later."""
    return connection.execute("SELECT key, value FROM meta WHERE key IN ('generation', 'stamp')")


def read_generation(asked: Connection) -> Generation:
    meta = dict(asked.fetchall())
    return Generation(int(meta["generation"]), meta["stamp"])


def digests(connection: Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT name, digest FROM sources").fetchall())


def readings(_: Connection) -> dict[str, Reading]:
    """None: they are kept by stores in a folder only, here each fiche of a new day's export is read."""
    return {}


def put_readings(_: Connection, __: Mapping[str, Reading]) -> None:
    """Keeps none, see `readings`."""


def cards(connection: Connection) -> tuple[Card, ...]:
    query = 'SELECT card FROM referentials WHERE NOT hidden ORDER BY source COLLATE "C", id'
    return tuple(load_card(unseal(card)) for (card,) in connection.execute(query))


def referentials(connection: Connection) -> tuple[Referential, ...]:
    query = 'SELECT body FROM referentials WHERE NOT hidden ORDER BY source COLLATE "C", id'
    return tuple(load_referential(unpack(body)) for (body,) in connection.execute(query))


def referentials_of(connection: Connection, names: Iterable[str]) -> dict[str, tuple[Referential, ...]]:
    query = "SELECT source, body FROM referentials WHERE source = ANY(%s) AND NOT hidden ORDER BY id"
    found: dict[str, tuple[Referential, ...]] = {}
    for source, body in connection.execute(query, (list(names),)):
        found[source] = (*found.get(source, ()), load_referential(unpack(body)))
    return found


def document(connection: Connection, name: str) -> Document | None:
    row = connection.execute("SELECT document FROM sources WHERE name = %s", (name,)).fetchone()
    return load_document(unpack(row[0])) if row else None


def original(connection: Connection, name: str) -> bytes | None:
    row = connection.execute("SELECT original FROM sources WHERE name = %s", (name,)).fetchone()
    return row[0] if row else None


def passages(connection: Connection, keys: Sequence[int]) -> list[Passage]:
    return read_passages(asked_passages(connection, keys), keys)


def asked_passages(connection: Connection, keys: Sequence[int]) -> Connection:
    """Ask for passages; `read_passages` reads the answer, which may be after the transaction."""
    query = "SELECT id, body FROM passages WHERE id = ANY(%s::bigint[])"
    return connection.execute(query, (array_of(keys),), binary=True)


def read_passages(asked: Connection, keys: Sequence[int]) -> list[Passage]:
    bodies = dict(asked.fetchall())
    return [load_passage(unseal(bodies.get(int(key)))) for key in keys]


def known_vectors(connection: Connection, keys: Iterable[bytes]) -> set[bytes]:
    wanted = {short(key): key for key in keys}
    found = connection.execute("SELECT key FROM vectors WHERE key = ANY(%s::bigint[])", (array_of(wanted),))
    return {wanted[key] for (key,) in found}


def put_vectors(connection: Connection, vectors: Mapping[bytes, Matrix]) -> None:
    if not vectors:
        return
    half = connection.execute(HALVED).fetchone()[0]
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS coming (LIKE vectors) ON COMMIT DROP")
    with connection.cursor().copy("COPY coming (key, meaning) FROM STDIN (FORMAT binary)") as copy:
        copy.write(framed({short(key): vector for key, vector in vectors.items()}, half))
    connection.execute("INSERT INTO vectors SELECT * FROM coming ON CONFLICT DO NOTHING")
    connection.execute("TRUNCATE coming")


def without_vector(connection: Connection) -> list[Passage]:
    query = "SELECT body FROM passages p WHERE NOT EXISTS (SELECT 1 FROM vectors v WHERE v.key = p.vector)"
    return [load_passage(unseal(body)) for (body,) in connection.execute(query)]


def put(connection: Connection, entry: Entry) -> None:
    """Store a source in place of the one of its name; its referentials are shown from `settle` on."""
    remove(connection, [entry.document.name])
    put_new(connection, [entry])


def put_new(connection: Connection, entries: Sequence[Entry]) -> None:
    """As `put`, for sources none of whose names is there."""
    documents = [(entry.document, entry.original) for entry in entries]
    rows = ((d.name, d.digest, pack(dump_document(d)), original) for d, original in documents)
    send(connection, "COPY sources (name, digest, document, original) FROM STDIN", rows)
    enter(connection, [(entry.document.name, *held) for entry in entries for held in entry.referentials])


def remove(connection: Connection, names: Iterable[str]) -> int:
    wanted = list(names)
    query = "SELECT id FROM referentials WHERE source = ANY(%s) AND NOT hidden"
    uncount(connection, [key for (key,) in connection.execute(query, (wanted,))])
    return connection.execute("DELETE FROM sources WHERE name = ANY(%s)", (wanted,)).rowcount


def settle(connection: Connection) -> None:
    """After changes: show what is to be shown and count its words, drop vectors without passage, a new generation."""
    rows = connection.execute('SELECT id, hidden, card FROM referentials ORDER BY source COLLATE "C", id').fetchall()
    outranked = precedence.hidden([load_card(unseal(card)) for *_, card in rows])
    vanishing = [key for place, (key, hidden, _) in enumerate(rows) if place in outranked and not hidden]
    appearing = [key for place, (key, hidden, _) in enumerate(rows) if place not in outranked and hidden]
    uncount(connection, vanishing)
    count(connection, appearing)
    connection.execute("UPDATE referentials SET hidden = NOT hidden WHERE id = ANY(%s)", (vanishing + appearing,))
    connection.execute("DELETE FROM vectors v WHERE NOT EXISTS (SELECT 1 FROM passages p WHERE p.vector = v.key)")
    number = generation_of(connection).number + 1
    tell(connection, {"generation": str(number), "stamp": fresh_stamp()})
