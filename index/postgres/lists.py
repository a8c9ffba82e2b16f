"""In which places each stem stands: lists in parts, kept up with every change, read whole by a search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.postgres.database import Connection, array_of, send
from index.postgres.packing import Packed

Ints = NDArray[np.int64]
ENTRY = np.dtype([("place", "<i4"), ("often", "u1"), ("above", "u1"), ("length", "<u2")])
PART = 12  # bits of a place's number within a part: a change writes lists of 4,096 places anew, not all of them
BATCH = 1000  # referentials whose places are in memory at once
LOOKED = "SELECT id, length, packed FROM places WHERE referential = ANY(%s::bigint[]) ORDER BY id"
READ = "SELECT term, part, places FROM lists WHERE term = ANY(%s::int[])"
COMING = "CREATE TEMP TABLE IF NOT EXISTS coming_lists (term int, part int, places bytea) ON COMMIT DROP"
ADDED = """
INSERT INTO lists SELECT term, part, places FROM coming_lists
ON CONFLICT (term, part) DO UPDATE SET places = lists.places || excluded.places
"""
HELD = "SELECT l.term, l.part, l.places FROM lists l JOIN coming_lists c ON c.term = l.term AND c.part = l.part"
CHANGED = "UPDATE lists l SET places = c.places FROM coming_lists c WHERE c.term = l.term AND c.part = l.part"
EMPTIED = "DELETE FROM lists l USING coming_lists c WHERE c.term = l.term AND c.part = l.part AND length(c.places) = 0"
List = tuple[int, int, NDArray[np.void]]  # a stem's number, a part's, entries


def add(connection: Connection, referentials: Sequence[int]) -> None:
    """Put the places of some referentials into the lists."""
    for first in range(0, len(referentials), BATCH):
        _come(connection, list(_lists(connection, referentials[first : first + BATCH])))
        connection.execute(ADDED)


def take(connection: Connection, referentials: Sequence[int]) -> None:
    """Take the places of some referentials, which are still there, out of the lists."""
    for first in range(0, len(referentials), BATCH):
        leaving = list(_lists(connection, referentials[first : first + BATCH]))
        if not leaving:
            continue
        gone = np.unique(np.concatenate([entries["place"] for *_, entries in leaving]))
        _come(connection, leaving)
        held = [(t, p, np.frombuffer(data, dtype=ENTRY)) for t, p, data in connection.execute(HELD, binary=True)]
        _come(connection, [(t, p, entries[~np.isin(entries["place"], gone)]) for t, p, entries in held])
        connection.execute(CHANGED)
        connection.execute(EMPTIED)


def asked(connection: Connection, terms: Sequence[int], parts: Sequence[int] | None = None) -> Connection:
    """Ask for the lists of some stems, in some parts or all; a row is a stem, a part, and bytes of ENTRY."""
    if parts is None:
        return connection.execute(READ, (array_of(terms),), binary=True)
    return connection.execute(f"{READ} AND part = ANY(%s::int[])", (array_of(terms), array_of(parts)), binary=True)


def _lists(connection: Connection, referentials: Sequence[int]) -> Iterator[List]:
    """What the places of some referentials add to each list."""
    places = connection.execute(LOOKED, (array_of(referentials),), binary=True).fetchall()
    if not places:
        return
    packed = Packed.of([packed for *_, packed in places])
    ids = np.array([p[0] for p in places], dtype=np.int64)
    lengths = np.minimum([p[1] for p in places], np.iinfo(np.uint16).max)
    own, often = np.unique(_keys(packed.own, packed.place_of[packed.own_of]), return_counts=True)
    above = np.unique(_keys(packed.above, packed.place_of[packed.leading[packed.above_of]]))
    keys = np.union1d(own, above)
    entries = np.zeros(len(keys), dtype=ENTRY)
    at = (keys & 0xFFFFFFFF).astype(np.int64)
    entries["place"], entries["length"] = ids[at], lengths[at]
    entries["often"][np.searchsorted(keys, own)] = np.minimum(often, np.iinfo(np.uint8).max)
    entries["above"][np.searchsorted(keys, above)] = 1
    terms, parts = keys >> 32, ids[at] >> PART
    ends = np.flatnonzero((np.diff(terms) != 0) | (np.diff(parts) != 0)) + 1
    for first, last in zip([0, *ends.tolist()], [*ends.tolist(), len(keys)], strict=True):
        yield int(terms[first]), int(parts[first]), entries[first:last]


def _keys(terms: NDArray[np.int32], places: Ints) -> Ints:
    return (terms.astype(np.int64) << 32) | places


def _come(connection: Connection, lists: Sequence[List]) -> None:
    """Lay lists into the temporary table, in place of what lay there."""
    connection.execute(COMING)
    connection.execute("TRUNCATE coming_lists")
    send(connection, "COPY coming_lists FROM STDIN", ((t, part, entries.tobytes()) for t, part, entries in lists))
