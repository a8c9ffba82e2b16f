"""A search in SQL: candidates by meaning and by words, with all that ranking needs to know of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.contract import Filters
from index.fusion import foremost
from index.postgres import lists, meaning
from index.postgres.allowed import Allowed
from index.postgres.database import Connection, Database, array_of
from index.postgres.filtering import condition
from index.postgres.packing import Packed, number
from index.postgres.scoring import Called, Measured, Scored
from index.postgres.vocabulary import ABOVE, OWN, Vocabulary
from index.postgres.wording import Worded
from index.ranking import CANDIDATES

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Near = dict[int, float]  # the cosine of each vector that is near, by its key
NEAR = 200  # passages taken by their meaning
AMONG = 100  # the same where filters leave part of them: the index comes across few of these
PLACES = 150  # places taken by their words
WORDED = CANDIDATES - NEAR  # passages taken by their words, of all places taken; ranking asks for no more
LOOKED = """
SELECT p.id, p.referential, p.block, p.packed FROM places p JOIN referentials r ON r.id = p.referential
WHERE p.id = ANY(%s::int[]) AND NOT r.hidden ORDER BY p.id
"""
NAMED = "SELECT identity, title FROM referentials WHERE id = ANY(%s::bigint[]) ORDER BY id"


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: words with their weights, and a meaning.

    Attributes:
        weights: of the stems that the store knows.
        vector: a unit vector, as `meaning.written` gives it.
    """

    known: Vocabulary
    weights: Mapping[str, float]
    vector: str

    @property
    def numbers(self) -> list[int]:
        return [number(term) for term in self.weights]


@dataclass(frozen=True, slots=True)
class Reached:
    """The places in which candidates stand.

    Attributes:
        ids, referentials, blocks: of each place.
        passages: all of theirs.
    """

    ids: Ints
    referentials: Ints
    blocks: Ints
    passages: Packed

    @classmethod
    def of(cls, connection: Connection, places: Sequence[int]) -> Reached:
        rows = connection.execute(LOOKED, (array_of(places),), binary=True).fetchall()
        ids, referentials, blocks = np.array([row[:3] for row in rows], dtype=np.int64).reshape(-1, 3).T
        return cls(ids, referentials, blocks, Packed.of([packed for *_, packed in rows]))


def candidates(database: Database, connection: Connection, sought: Sought, filters: Filters) -> Catalogue:
    """The passages worth ranking, as a catalogue of them alone whose words weigh what they weigh in the whole store."""
    everything = filters == Filters() and sought.known.totals["rows"] > CANDIDATES
    allowed = None if everything else Allowed.of(connection, filters)
    every = allowed is not None and allowed.passages <= CANDIDATES
    if every:
        near: Near = {}
        worded = Worded.of(lists.asked(connection, sought.numbers, allowed.parts), sought.known, sought.weights)
        places = allowed.places.tolist()
    else:
        near, places, worded = _engines(database, connection, sought, filters, allowed)
    reached = Reached.of(connection, places)
    scores = _scores(sought, reached.passages)
    rows = np.arange(len(reached.passages.rows)) if every else _chosen(reached.passages, sum(scores), near)
    return _catalogue(database, connection, sought, reached, rows, near, [s[rows] for s in scores], worded)


def _engines(
    database: Database, connection: Connection, sought: Sought, filters: Filters, allowed: Allowed | None
) -> tuple[Near, list[int], Worded]:
    """The vectors nearest by meaning with their cosines, the places of these and of the words, and these words."""
    found = lists.asked(connection, sought.numbers, allowed and allowed.parts)
    most, where, among = NEAR, None, None
    if allowed is not None:
        most, where = AMONG, condition(filters)
        if meaning.exactly(allowed.passages, sought.known.totals["rows"], most):
            among = allowed.referentials.tolist()
    if among is None:
        meaning.prepare(database, connection, NEAR, allowed is not None)
    nearest = meaning.nearest(database, connection, sought.vector, most, where, among)
    worded = Worded.of(found, sought.known, sought.weights)
    rows = nearest.fetchall()
    places = sorted({place for _, place, *_ in rows}.union(worded.best(PLACES, allowed)))
    return {key: cosine for key, *_, cosine in rows}, places, worded


def _scores(sought: Sought, passages: Packed) -> tuple[Floats, Floats]:
    """BM25 of each passage by its own words, and by those above it."""
    terms = np.array(sought.numbers, dtype=np.int32)
    found = []
    for kind, counts in zip((OWN, ABOVE), passages.counts(terms), strict=True):
        lengths = passages.rows["own" if kind == OWN else "above"].reshape(-1, 1)
        weights = [weight * sought.known.rarity(term, kind) for term, weight in sought.weights.items()]
        found.append((sought.known.share(kind, counts, lengths) @ np.array(weights)).astype(np.float32))
    return tuple(found)


def _chosen(passages: Packed, scores: Floats, near: Near) -> Ints:
    """The rows that are ranked: those near by meaning, and the best by words."""
    held = passages.rows["vector"]
    keys = np.sort(np.fromiter(near, dtype=np.int64))
    found = np.flatnonzero(keys[np.searchsorted(keys[1:], held, side="right")] == held) if near else keys
    if len(found) > NEAR:  # one text may stand in a thousand places
        cosines = np.array([near[key] for key in held[found].tolist()])
        found = found[np.argsort(-cosines, kind="stable")[:NEAR]]
    taken = np.zeros(len(scores), dtype=np.bool_)
    taken[found] = True
    taken[foremost(scores, WORDED)] = True
    return np.flatnonzero(taken)


def _catalogue(
    database: Database,
    connection: Connection,
    sought: Sought,
    reached: Reached,
    rows: Ints,
    near: Near,
    scores: Sequence[Floats],
    worded: Worded,
) -> Catalogue:
    """Some rows of the places reached, ready to be ranked; the cards, which ranking does not read, stay behind."""
    packed = reached.passages.rows[rows]
    places, place_of = np.unique(reached.passages.place_of[rows], return_inverse=True)
    heads, card_of_place = np.unique(reached.referentials[places], return_inverse=True)
    vectors = packed["vector"].tolist()
    named = connection.execute(NAMED, (array_of(heads.tolist()),), binary=True)
    cosines = near | meaning.cosines(database, connection, sought.vector, sorted(set(vectors) - near.keys()))
    names = named.fetchall()
    return Catalogue(
        sought.known.generation,
        (),
        packed["id"],
        card_of_place[place_of],
        place_of,
        packed["prior"],
        card_of_place,
        reached.blocks[places],
        Measured(np.clip(np.array([cosines[key] for key in vectors], dtype=np.float32), -1, 1)),
        *map(Scored, scores),
        Scored(worded.scores_of(reached.ids[places])),
        Called([identity for identity, _ in names]),
        Called([title for _, title in names]),
        sought.known.speller,
    )
