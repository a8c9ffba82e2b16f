"""What the store holds, read and changed through one open connection to PostgreSQL: `index.holdings.Holdings`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.document import Document
from corpus.passages import Passage
from corpus.referential import Referential
from index import precedence
from index.cards import Card, card_of, dump_card, load_card
from index.contract import Matrix
from index.filters import code
from index.forms import ancestor_words, meaning_key, prior
from index.holdings import Entry
from index.kinds import kinds
from index.naming import identity, title_terms
from index.postgres.counting import count, uncount
from index.postgres.database import Connection, meta_of, tell
from index.seals import pack, seal, unpack, unseal
from index.serial import dump_document, dump_passage, dump_referential, load_document, load_passage, load_referential
from index.store import Generation
from index.store import stamp as fresh_stamp
from index.words import content, stem, surfaces

PER_LEXEME = 255  # positions that PostgreSQL keeps of a lexeme
HEAD = ("source", "card", "body", "passages", "identity", "title", "surfaces", "code", "register", "level", "active")
HEAD += ("vae", "until", "rome", "nsf", "formacodes", "issuers", "kinds")
INSERT_HEAD = f"INSERT INTO referentials ({', '.join(HEAD)}) VALUES ({', '.join(['%s'] * len(HEAD))}) RETURNING id"
COPY = "COPY passages (referential, place, prior, own, above, words, vector, body) FROM STDIN"


def generation_of(connection: Connection) -> Generation:
    meta = meta_of(connection)
    return Generation(int(meta["generation"]), meta["stamp"])


def digests(connection: Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT name, digest FROM sources").fetchall())


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
    query = "SELECT id, body FROM passages WHERE id = ANY(%s)"
    bodies = dict(connection.execute(query, ([int(key) for key in keys],)).fetchall())
    return [load_passage(unseal(bodies.get(int(key)))) for key in keys]


def known_vectors(connection: Connection, keys: Iterable[bytes]) -> set[bytes]:
    return {key for (key,) in connection.execute("SELECT key FROM vectors WHERE key = ANY(%s)", (list(keys),))}


def put_vectors(connection: Connection, vectors: Mapping[bytes, Matrix]) -> None:
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS coming (LIKE vectors) ON COMMIT DROP")
    with connection.cursor().copy("COPY coming FROM STDIN") as copy:
        for key, vector in vectors.items():
            copy.write_row((key, written(vector)))
    connection.execute("INSERT INTO vectors SELECT * FROM coming ON CONFLICT DO NOTHING")
    connection.execute("TRUNCATE coming")


def written(vector: Matrix) -> str:
    """As pgvector reads it, in half precision: what the embedded store keeps."""
    return str(vector.astype(np.float16).tolist())


def without_vector(connection: Connection) -> list[Passage]:
    query = "SELECT body FROM passages p WHERE NOT EXISTS (SELECT 1 FROM vectors v WHERE v.key = p.vector)"
    return [load_passage(unseal(body)) for (body,) in connection.execute(query)]


def put(connection: Connection, entry: Entry) -> None:
    """Store a source in place of the one of its name; its referentials are shown from `settle` on."""
    doc = entry.document
    remove(connection, [doc.name])
    row = (doc.name, doc.digest, pack(dump_document(doc)), entry.original)
    connection.execute("INSERT INTO sources VALUES (%s, %s, %s, %s)", row)
    for referential, found in entry.referentials:
        said = [Said(p, content(p.text), [w for a in p.ancestors for w in ancestor_words(a)]) for p in found]
        head = connection.execute(INSERT_HEAD, _head(doc.name, referential, said)).fetchone()[0]
        _put_passages(connection, head, said)


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


@dataclass(frozen=True, slots=True)
class Said:
    """A passage with its folded words and those of its ancestors."""

    passage: Passage
    own: list[str]
    above: list[str]


def _head(source: str, referential: Referential, found: Sequence[Said]) -> tuple[object, ...]:
    card = card_of(referential)
    words = {w for said in found for w in (*said.own, *said.above)}
    return (
        source,
        seal(dump_card(card)),
        pack(dump_referential(referential)),
        len(found),
        identity(card),
        title_terms(card),
        sorted(words),
        card.code and code(card.code),
        card.register,
        card.level,
        card.active,
        card.vae,
        card.until,
        [code(c) for c in card.rome],
        [code(c) for c in card.nsf],
        [code(c) for c in card.formacodes],
        [f" {' '.join(surfaces(name))} " for name in card.issuers],
        sorted(kinds()[card.kind].keys) if card.kind in kinds() else [],
    )


def _put_passages(connection: Connection, referential: int, found: Sequence[Said]) -> None:
    terms = [Counter(map(stem, said.own)) for said in found]
    places: dict[int, Counter[str]] = {}
    for said, own in zip(found, terms, strict=True):
        places.setdefault(said.passage.block or 0, Counter()).update(own)
    query = "INSERT INTO places (referential, block, length, words) VALUES (%s, %s, %s, %s::tsvector) RETURNING id"
    keys = {
        block: connection.execute(query, (referential, block, own.total(), lexemes(own, Counter()))).fetchone()[0]
        for block, own in places.items()
    }
    with connection.cursor().copy(COPY) as copy:
        for said, own in zip(found, terms, strict=True):
            passage, words = said.passage, lexemes(own, Counter(map(stem, said.above)))
            head = (referential, keys[passage.block or 0], prior(passage), len(said.own), len(said.above), words)
            copy.write_row((*head, meaning_key(passage), seal(dump_passage(passage))))


def lexemes(own: Counter[str], above: Counter[str]) -> str:
    """A tsvector of stems: as many positions as a word stands there, those of the ancestors marked B."""
    return " ".join(f"{quoted(term)}:{','.join(_positions(own[term], above[term]))}" for term in own | above)


def _positions(own: int, above: int) -> Iterator[str]:
    own = min(own, PER_LEXEME)
    yield from (f"{n}A" for n in range(1, own + 1))
    yield from (f"{n}B" for n in range(own + 1, min(own + above, PER_LEXEME) + 1))


def quoted(term: str) -> str:
    """A lexeme as PostgreSQL reads it."""
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
