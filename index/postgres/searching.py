"""A search in SQL: candidates by meaning and by words, with all that ranking needs to know of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.contract import Filters, Matrix
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
NEAR = 500  # passages taken by their meaning
PLACES = 250  # places taken by their words
WORDED = 500  # passages taken by their words, of all places taken
LOOKED = """
SELECT p.id, p.referential, p.block, p.rows, p.own, p.above, r.identity, r.title
FROM places p JOIN referentials r ON r.id = p.referential WHERE p.id = ANY(%s::int[]) AND NOT r.hidden ORDER BY p.id
"""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: words with their weights, and a meaning.

    Attributes:
        weights: of the stems that the store knows.
        vector: a unit vector.
    """

    known: Vocabulary
    weights: Mapping[str, float]
    vector: Matrix

    @property
    def numbers(self) -> list[int]:
        return [number(term) for term in self.weights]


@dataclass(frozen=True, slots=True)
class Reached:
    """The places in which candidates stand.

    Attributes:
        passages: all of theirs.
        referentials, blocks: of each place.
        identities, titles: words of its referential, packed.
    """

    passages: Packed
    referentials: Ints
    blocks: Ints
    ids: Ints
    identities: Sequence[bytes]
    titles: Sequence[bytes]

    @classmethod
    def of(cls, connection: Connection, places: Sequence[int]) -> Reached:
        rows = connection.execute(LOOKED, (array_of(places),), binary=True).fetchall()
        ids, referentials, blocks = np.array([row[:3] for row in rows], dtype=np.int64).reshape(-1, 3).T
        packed = Packed.of([row[3:6] for row in rows])
        return cls(packed, referentials, blocks, ids, [row[6] for row in rows], [row[7] for row in rows])


def candidates(database: Database, connection: Connection, sought: Sought, filters: Filters) -> Catalogue:
    """The passages worth ranking, as a catalogue of them alone whose words weigh what they weigh in the whole store."""
    everything = filters == Filters() and sought.known.totals["rows"] > CANDIDATES
    allowed = None if everything else Allowed.of(connection, filters)
    every = allowed is not None and allowed.passages <= CANDIDATES
    if every:
        cosines: dict[int, float] = {}
        worded = _worded(sought, lists.asked(connection, sought.numbers, allowed.parts))
        places = allowed.places.tolist()
    else:
        near, worded = _engines(database, connection, sought, filters, allowed)
        cosines = {key: cosine for key, _, _, cosine in near}
        places = sorted({place for _, place, *_ in near}.union(worded.best(PLACES, allowed)))
    reached = Reached.of(connection, places)
    scores = _scores(sought, reached.passages)
    rows = np.arange(len(reached.passages.rows)) if every else _chosen(reached.passages, sum(scores), cosines)
    vectors = reached.passages.rows["vector"][rows].tolist()
    lacking = sorted({key for key in vectors if key not in cosines})
    if lacking:
        cosines |= meaning.cosines(database, connection, sought.vector, lacking)
    measured = Measured(np.clip(np.array([cosines[key] for key in vectors], dtype=np.float32), -1, 1))
    return _catalogue(sought.known, reached, rows, measured, [s[rows] for s in scores], worded)


def _engines(
    database: Database, connection: Connection, sought: Sought, filters: Filters, allowed: Allowed | None
) -> tuple[list[tuple[int, int, int, float]], Worded]:
    """What is nearest by meaning, see `meaning.nearest`, and what the words find, asked for together."""
    total = sought.known.totals["rows"]
    exact = allowed is not None and meaning.exactly(allowed.passages, total, NEAR)
    if not exact:
        meaning.prepare(database, connection, NEAR)
    where = condition(filters) if allowed is not None else None
    near = meaning.nearest(database, connection, sought.vector, NEAR, where, exact)
    found = lists.asked(connection, sought.numbers, allowed and allowed.parts)
    return near.fetchall(), _worded(sought, found)


def _worded(sought: Sought, found: object) -> Worded:
    return Worded.of(found, sought.known, sought.weights)


def _scores(sought: Sought, passages: Packed) -> tuple[Floats, Floats]:
    """BM25 of each passage by its own words, and by those above it."""
    terms = np.array(sought.numbers, dtype=np.int32)
    found = []
    for kind, counts in zip((OWN, ABOVE), passages.counts(terms), strict=True):
        lengths = passages.rows["own" if kind == OWN else "above"].reshape(-1, 1)
        weights = [weight * sought.known.rarity(term, kind) for term, weight in sought.weights.items()]
        found.append((sought.known.share(kind, counts, lengths) @ np.array(weights)).astype(np.float32))
    return tuple(found)


def _chosen(passages: Packed, scores: Floats, near: Mapping[int, float]) -> Ints:
    """The rows that are ranked: those near by meaning, and the best by words."""
    found = np.flatnonzero(np.isin(passages.rows["vector"], list(near)))
    if len(found) > NEAR:  # one text may stand in a thousand places
        cosines = np.array([near[key] for key in passages.rows["vector"][found].tolist()])
        found = found[np.argsort(-cosines, kind="stable")[:NEAR]]
    return np.union1d(found, foremost(scores, WORDED))


def _catalogue(
    known: Vocabulary, reached: Reached, rows: Ints, measured: Measured, scores: Sequence[Floats], worded: Worded
) -> Catalogue:
    """Some rows of the places reached, ready to be ranked; the cards, which ranking does not read, stay behind."""
    packed = reached.passages.rows[rows]
    places, place_of = np.unique(reached.passages.place_of[rows], return_inverse=True)
    _, firsts, card_of_place = np.unique(reached.referentials[places], return_index=True, return_inverse=True)
    heads = places[firsts].tolist()
    return Catalogue(
        known.generation,
        (),
        packed["id"],
        card_of_place[place_of],
        place_of,
        packed["prior"],
        card_of_place,
        reached.blocks[places],
        measured,
        *map(Scored, scores),
        Scored(worded.scores_of(reached.ids[places])),
        Called([reached.identities[place] for place in heads]),
        Called([reached.titles[place] for place in heads]),
        known.speller,
    )
