"""Whether all that was written is still there to the last bit: what the checksums and the parts' agreement say."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import StoreError
from index import derived, precedence, readings, staging
from index.cards import load_card
from index.forms import meaning_key
from index.holdings import load_vector
from index.seals import RowDamaged, unpack, unseal
from index.serial import load_document, load_passage, load_referential
from index.store import Generation, Store, generation_of, meta_of
from index.troubles import told

Found = Iterator["Fault"]
SPOILT = (sqlite3.Error, ValueError, TypeError, KeyError, OverflowError)  # what damaged rows are met by when read
PASSAGES = """
SELECT p.id, p.vector, p.body, r.source, v.vector FROM passages p
LEFT JOIN referentials r ON r.id = p.referential LEFT JOIN vectors v ON v.key = p.vector
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was written.

    Attributes:
        what: in French; what_en: the same in English.
        source: the source whose text or referential is hit; adding its file again mends it. None where it is not known.
    """

    what: str
    what_en: str
    source: str | None = None


def check(home: Path) -> Iterator[Fault]:
    """Read all that a store holds and tell what is damaged; some minutes for the national répertoire.

    Derived files that are damaged are deleted: they are made again when they are next needed.

    Raises:
        StoreError: there is no store, or it is so damaged that it cannot be opened at all.
    """
    store = Store.open_for_reindexing(home)
    with store.reading() as connection:
        generation = generation_of(connection)
        for step in (_pages, _sources, _readings, _referentials, _passages, _precedence):
            yield from _sparing(step, connection)
        dim = int(meta_of(connection)["encoder.dim"])
    yield from _lost(store, generation)
    yield from _derived(home, generation, dim)
    yield from _staged(home)


def whole(home: Path) -> bool:
    return next(check(home), None) is None


def _sparing(step: Callable[[sqlite3.Connection], Found], connection: sqlite3.Connection) -> Found:
    """The faults that a step finds, and what stops it, as one more."""
    try:
        yield from step(connection)
    except SPOILT as error:
        yield Fault(f"la base est endommagée ({error})", f"the store is damaged ({error})")


def _pages(connection: sqlite3.Connection) -> Found:
    """What SQLite says of its own pages and indexes."""
    for (told_by_sqlite,) in connection.execute("PRAGMA integrity_check(5)"):
        if told_by_sqlite != "ok":
            said = told_by_sqlite.splitlines()[0]
            yield Fault(f"page ou index de la base endommagé ({said})", f"damaged page or index ({said})")
    for table, *_ in connection.execute("PRAGMA foreign_key_check"):
        yield Fault(f"ligne sans parent dans {table}", f"row without its parent in {table}")


def _sources(connection: sqlite3.Connection) -> Found:
    for name, digest, document, original in connection.execute("SELECT * FROM sources"):
        try:
            read = load_document(unpack(document))
            sound = (read.name, read.digest) == (name, digest) and original_is(original, digest)
        except SPOILT:
            sound = False
        if not sound:
            yield Fault(f"texte de {name} endommagé", f"text of {name} damaged", str(name))


def _readings(connection: sqlite3.Connection) -> Found:
    for source, data in readings.sealed(connection):
        try:
            readings.load(data)
        except RowDamaged:
            yield Fault(f"lecture de {source} endommagée", f"reading of {source} damaged", str(source))


def original_is(original: bytes | None, digest: str) -> bool:
    return original is None or hashlib.sha256(original).hexdigest() == digest


def _referentials(connection: sqlite3.Connection) -> Found:
    for source, card, body in connection.execute("SELECT source, card, body FROM referentials"):
        try:
            sound = load_card(unseal(card)).source == load_referential(unpack(body)).source == source
        except SPOILT:
            sound = False
        if not sound:
            yield Fault(f"référentiel de {source} endommagé", f"referential of {source} damaged", str(source))


def _passages(connection: sqlite3.Connection) -> Found:
    dim = int(meta_of(connection)["encoder.dim"])
    for number, key, body, source, vector in connection.execute(PASSAGES):
        try:
            passage = load_passage(unseal(body))
            sound = (passage.source, meaning_key(passage), len(load_vector(vector))) == (source, key, dim)
        except SPOILT:
            sound = False
        if not sound:
            yield Fault(f"passage {number} de {source} endommagé", f"passage {number} of {source} damaged", source)


def _precedence(connection: sqlite3.Connection) -> Found:
    rows = connection.execute("SELECT hidden, card, source FROM referentials ORDER BY source, id").fetchall()
    try:
        outranked = precedence.hidden([load_card(unseal(card)) for _, card, _ in rows])
    except RowDamaged:
        return  # said of its source already
    for place, (hidden, _, source) in enumerate(rows):
        if bool(hidden) != (place in outranked):
            yield Fault(f"{source} est montrée ou cachée à tort", f"{source} is wrongly shown or hidden", source)


def _lost(store: Store, generation: Generation) -> Found:
    """A change that was committed once and is there no more: its pages stood in a journal that was damaged."""
    if (committed := store.witnessed()) > generation.number:
        yield Fault(
            f"la dernière modification (n° {committed}) est perdue, la base en est au n° {generation.number}",
            f"the last change (no. {committed}) is lost, the store is at no. {generation.number}",
        )


def _derived(home: Path, generation: Generation, dim: int) -> Found:
    folder = derived.place(home, generation)
    if not folder.exists():
        return
    try:
        derived.read(folder, generation, dim)
    except (OSError, *SPOILT) as error:
        derived.discard(folder)
        said = (f"fichier dérivé endommagé, sera refait ({error})", f"derived file damaged, will be remade ({error})")
        yield Fault(*said)


def _staged(home: Path) -> Found:
    """An import that was interrupted: no reader looks into it; damaged, it is thrown away and begins anew."""
    try:
        with told(home / staging.FILE):
            sound = staging.sound(home)
    except StoreError:
        return  # it is being written
    if not sound:
        yield Fault("import interrompu endommagé, recommencera", "interrupted import damaged, will begin anew")
