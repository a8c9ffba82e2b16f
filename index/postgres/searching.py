"""A search in SQL: candidates by meaning and by words, with all that ranking needs to know of them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.contract import Filters, Matrix
from index.lexical import K1, B, Lexical
from index.postgres.database import Connection, Database, meta_of
from index.postgres.filtering import condition
from index.postgres.holdings import generation_of, quoted, written
from index.ranking import CANDIDATES
from index.spelling import Speller
from index.store import Generation

Ints = NDArray[np.int64]
EXACT = 20_000  # passages up to which every vector let through by the filters is compared
WIDEST = 20_000  # passages looked at for their words: the rarest words of a query choose them
SCANNED = 100_000  # vectors that a filtered scan of the index may go through
NEAREST = """
SELECT p.id, -(v.meaning <#> %(vector)s::{kind}) FROM vectors v JOIN passages p ON p.vector = v.key
JOIN referentials r ON r.id = p.referential WHERE {condition} ORDER BY (v.meaning <#> %(vector)s::{kind}){exactly}
LIMIT {most}
"""
WORDED = """
SELECT p.id FROM passages p JOIN referentials r ON r.id = p.referential
WHERE p.words @@ %(rare)s::tsquery AND {condition} ORDER BY {score} DESC, p.id LIMIT {most}
"""
ROWS = """
SELECT p.id, p.referential, p.place, p.prior, p.own, p.above, pl.block, pl.length, -(v.meaning <#> %(vector)s::{kind})
FROM passages p JOIN places pl ON pl.id = p.place JOIN vectors v ON v.key = p.vector
WHERE p.id = ANY(%(keys)s) ORDER BY p.id
"""
ALL = "SELECT p.id FROM passages p JOIN referentials r ON r.id = p.referential WHERE {condition}"
COUNTS = """
SELECT t.id, u.lexeme, cardinality(array_positions(u.weights, 'A')), cardinality(array_positions(u.weights, 'B'))
FROM {table} t, unnest(t.words) u WHERE t.id = ANY(%(keys)s) AND u.lexeme = ANY(%(terms)s)
"""
OWN, ABOVE, PLACES = range(3)  # the three counts of `terms`


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one generation, held in memory: in how many passages, above how many, in how many places each."""

    generation: Generation
    terms: Mapping[str, tuple[int, int, int]]
    totals: Mapping[str, int]
    speller: Speller

    def knows(self, term: str) -> bool:
        found = self.terms.get(term)
        return found is not None and found[OWN] + found[ABOVE] > 0

    def rarity(self, term: str, kind: int) -> float:
        """BM25's weight of a term among passages, above them, or among places."""
        held = self.terms.get(term, (0, 0, 0))[kind]
        among = self.totals["places" if kind == PLACES else "rows"]
        return math.log(1 + (among - held + 0.5) / (held + 0.5)) if held else 0.0

    def mean_length(self, kind: int) -> float:
        """How many words a passage has, or stand above it, or a place has."""
        words, among = (("own", "rows"), ("above", "rows"), ("words", "places"))[kind]
        return self.totals[words] / max(1, self.totals[among])


class Scored:
    """What ranking asks of a lexical index, worked out for one query."""

    def __init__(self, scores: NDArray[np.float32]) -> None:
        self._scores = scores

    def scores(self, _: object) -> NDArray[np.float32]:
        return self._scores


class Measured:
    """What ranking asks of a dense index, worked out for one query by the database."""

    def __init__(self, cosines: Matrix) -> None:
        self._cosines = cosines

    def cosines(self, _: Matrix, rows: NDArray[np.int64]) -> Matrix:
        return self._cosines[rows]

    def search(self, _: Matrix, k: int, mask: object = None) -> tuple[Matrix, NDArray[np.int64]]:
        best = np.argsort(-self._cosines, kind="stable")[:k]
        return self._cosines[best].reshape(1, -1), best.reshape(1, -1)


@dataclass(frozen=True, slots=True)
class BM25:
    """The scores that `index.lexical` gives over the whole store, of some of its rows."""

    known: Vocabulary
    weights: Mapping[str, float]

    def of(self, kind: int, keys: Sequence[int], lengths: Ints, counts: Mapping[str, Mapping[int, int]]) -> Scored:
        """Score rows by how often each term stands in each of them, by term and key."""
        scores = np.zeros(len(keys), dtype=np.float64)
        damping = K1 * (1 - B + B * lengths / max(self.known.mean_length(kind), 1e-9))
        at = {key: place for place, key in enumerate(keys)}
        for term, held in counts.items():
            rows = np.array([at[key] for key in held], dtype=np.int64)
            often = np.array(list(held.values()), dtype=np.float64)
            rarity = self.weights[term] * self.known.rarity(term, kind)
            scores[rows] += rarity * often / (damping[rows] + often)
        return Scored(scores.astype(np.float32))


def vocabulary(connection: Connection) -> Vocabulary:
    terms = {term: (own, above, places) for term, own, above, places in connection.execute("SELECT * FROM terms")}
    words = [word for (word,) in connection.execute("SELECT word FROM surfaces")]
    meta = meta_of(connection)
    totals = {name: int(meta[name]) for name in ("rows", "own", "above", "places", "words")}
    return Vocabulary(generation_of(connection), terms, totals, Speller(words))


def candidates(
    database: Database,
    connection: Connection,
    known: Vocabulary,
    weights: Mapping[str, float],
    vector: Matrix,
    filters: Filters,
) -> Catalogue:
    """The passages worth ranking, as a catalogue of them alone whose words weigh what they weigh in the whole store."""
    where, values = condition(filters)
    allowed = _allowed(connection, filters, where, values, known)
    if allowed <= CANDIDATES:
        keys = [key for (key,) in connection.execute(ALL.format(condition=where), values)]
    else:
        near = [key for key, _ in nearest(database, connection, vector, where, values, allowed)]
        keys = list({*near, *_worded(connection, known, weights, where, values)})
    found = {"keys": keys, "vector": written(vector)}
    rows = connection.execute(ROWS.format(kind=database.kind), found).fetchall()
    return _catalogue(connection, known, weights, rows)


def nearest(
    database: Database,
    connection: Connection,
    vector: Matrix,
    where: str,
    values: Mapping[str, object],
    allowed: int,
) -> list[tuple[int, float]]:
    """The passages nearest to a unit vector among those that a condition lets through, and their cosines."""
    exactly = allowed <= EXACT
    if not exactly:
        connection.execute(f"SET LOCAL hnsw.ef_search = {CANDIDATES}")
        connection.execute("SET LOCAL enable_sort = off")
        if database.iterative:
            connection.execute("SET LOCAL hnsw.iterative_scan = relaxed_order")
            connection.execute(f"SET LOCAL hnsw.max_scan_tuples = {SCANNED}")
    query = NEAREST.format(kind=database.kind, condition=where, exactly=" + 0" if exactly else "", most=CANDIDATES)
    found = connection.execute(query, {**values, "vector": written(vector)}).fetchall()
    if not exactly:
        connection.execute("SET LOCAL enable_sort = on")
    return found


def allowed_by(connection: Connection, filters: Filters, where: str, values: Mapping[str, object]) -> int:
    """How many passages a condition lets through."""
    query = f"SELECT coalesce(sum(r.passages), 0) FROM referentials r WHERE {where}"
    return int(connection.execute(query, values).fetchone()[0])


def _allowed(
    connection: Connection, filters: Filters, where: str, values: Mapping[str, object], known: Vocabulary
) -> int:
    return known.totals["rows"] if filters == Filters() else allowed_by(connection, filters, where, values)


def _worded(
    connection: Connection,
    known: Vocabulary,
    weights: Mapping[str, float],
    where: str,
    values: Mapping[str, object],
) -> list[int]:
    """The passages that hold the rarest of some words, those with the most telling ones first."""
    telling = {t: w * max(known.rarity(t, OWN), known.rarity(t, ABOVE)) for t, w in weights.items() if known.knows(t)}
    rare = _rarest(telling, known)
    if not rare:
        return []
    terms = {f"t{n}": quoted(term) for n, term in enumerate(telling)}
    score = " + ".join(
        f"{value:.4f} * (p.words @@ %({name})s::tsquery)::int"
        for name, value in zip(terms, telling.values(), strict=True)
    )
    query = WORDED.format(condition=where, score=score, most=CANDIDATES)
    asked = {**values, **terms, "rare": " | ".join(map(quoted, rare))}
    return [key for (key,) in connection.execute(query, asked)]


def _rarest(telling: Mapping[str, float], known: Vocabulary) -> list[str]:
    """The most telling words that together stand in no more than WIDEST passages; always one where there is any."""
    chosen: list[str] = []
    room = WIDEST
    for term in sorted(telling, key=lambda t: -telling[t]):
        room -= known.terms[term][OWN] + known.terms[term][ABOVE]
        if chosen and room < 0:
            break
        chosen.append(term)
    return chosen


def _catalogue(
    connection: Connection, known: Vocabulary, weights: Mapping[str, float], rows: Sequence[tuple]
) -> Catalogue:
    """The rows that ROWS gives, ready to be ranked; the cards, of which ranking reads no more, stay in the database."""
    ids, heads, homes, priors, own, above, blocks, lengths, cosines = zip(*rows, strict=True) if rows else ((),) * 9
    places, firsts, place_of = np.unique(np.array(homes, dtype=np.int64), return_index=True, return_inverse=True)
    referentials, card_of = np.unique(np.array(heads, dtype=np.int64), return_inverse=True)
    identities, titles = _names(connection, referentials.tolist())
    said = _counts(connection, "passages", list(ids), list(weights))
    together = _counts(connection, "places", places.tolist(), list(weights))[OWN]
    scale = BM25(known, weights)
    return Catalogue(
        known.generation,
        (),
        np.array(ids, dtype=np.int64),
        card_of,
        place_of,
        np.array(priors, dtype=np.float32),
        card_of[firsts],
        np.array(blocks, dtype=np.int64)[firsts],
        Measured(np.clip(np.array(cosines, dtype=np.float32), -1, 1)),
        scale.of(OWN, ids, np.array(own), said[OWN]),
        scale.of(ABOVE, ids, np.array(above), said[ABOVE]),
        scale.of(PLACES, places.tolist(), np.array(lengths)[firsts], together),
        Lexical.build(identities),
        Lexical.build(titles),
        known.speller,
    )


def _names(connection: Connection, keys: list[int]) -> tuple[list[list[str]], list[list[str]]]:
    """The words by which some referentials are called, and those of their titles."""
    query = "SELECT identity, title FROM referentials WHERE id = ANY(%s) ORDER BY id"
    rows = connection.execute(query, (keys,)).fetchall()
    return [identity for identity, _ in rows], [title for _, title in rows]


def _counts(
    connection: Connection, table: str, keys: list[int], terms: list[str]
) -> tuple[dict[str, dict[int, int]], dict[str, dict[int, int]]]:
    """How often each term stands in the rows' own words, and above them: by term and row."""
    found: tuple[dict[str, dict[int, int]], dict[str, dict[int, int]]] = ({}, {})
    for key, term, own, above in connection.execute(COUNTS.format(table=table), {"keys": keys, "terms": terms}):
        if own:
            found[OWN].setdefault(term, {})[key] = own
        if above:
            found[ABOVE].setdefault(term, {})[key] = above
    return found
