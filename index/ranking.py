"""From a query to rows, best first: by meaning and by words, passages and the places they stand in."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.contract import Matrix
from index.fusion import Groups, foremost, share_of_best, spread
from index.naming import named
from index.query import Query

CANDIDATES = 1000  # rows taken from each engine before the scores are put together
Mask = NDArray[np.bool_] | None  # of the rows that may be found; None for all
Rows = NDArray[np.int64]
ASIDE = ThreadPoolExecutor(thread_name_prefix="meanings")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts.

    Attributes:
        dense, own, ancestors: of a passage: its meaning, its words, its ancestors' words.
        place: of the place that the passage stands in: the words of all its passages together.
        shares: how much the best passage of a place counts, the next one, and so on.
        called, titled, numbered: added, where the best place's evidence is 1, to places whose certification the query
            calls by its code or its issuer's name, or by its title, and to blocks that it calls by their number.
        told: what the evidence outside of any block is multiplied by where someone tells of their own work.
    """

    dense: float = 0.8
    own: float = 0.35
    ancestors: float = 0.05
    place: float = 0.4
    shares: tuple[float, ...] = (1.0, 0.3, 0.2)
    called: float = 1.0
    titled: float = 0.2
    numbered: float = 0.3
    told: float = 0.8


@dataclass(frozen=True, slots=True)
class Found:
    """A row with its scores, as in `Hit`."""

    row: int
    score: float
    cosine: float
    lexical: float


@dataclass(frozen=True, slots=True)
class Worded:
    """What the words of a query tell of everything that may be found.

    Attributes:
        own, ancestors: BM25 of each row by the passage's words, and by those of its ancestors.
        places: BM25 of each place.
        called, titles: for each card how far it is called by its identity, and the share of its title; see `named`.
    """

    own: Matrix
    ancestors: Matrix
    places: Matrix
    called: Matrix
    titles: Matrix

    @classmethod
    def of(cls, catalogue: Catalogue, query: Query) -> Worded:
        engines = (catalogue.own, catalogue.ancestors, catalogue.places)
        scores = (engine.scores(query.weights) for engine in engines)
        return cls(*scores, *named(query, catalogue.identities, catalogue.titles))


def rank(
    catalogue: Catalogue, query: Query, vector: Matrix, mask: Mask, top: int, weights: Weights = Weights()
) -> list[Found]:
    """The best rows: first the best one of each place, places in their order; then the others.

    Args:
        vector: the query's unit vector, shape (dim,).
        mask: rows that may be found, shape (len(catalogue),); None for all.
    """
    allowed = len(catalogue) if mask is None else int(np.count_nonzero(mask))
    worded, rows, cosines = (_all if allowed <= CANDIDATES else _likely)(catalogue, query, vector, mask)
    if not len(rows):
        return []
    scores = (
        weights.dense * spread(cosines)
        + weights.own * share_of_best(worded.own[rows])
        + weights.ancestors * share_of_best(worded.ancestors[rows])
    ) * catalogue.priors[rows]
    places = Groups(scores, catalogue.place_of[rows])
    order, fused = _order(scores, places, _evidence(catalogue, query, worded, places, weights), top)
    best = rows[order]
    own = worded.own[best].tolist()
    return [Found(*f) for f in zip(best.tolist(), fused, cosines[order].tolist(), own, strict=True)]


def nearest(catalogue: Catalogue, vectors: Matrix, mask: Mask, top: int) -> list[tuple[str, float]]:
    """The sources nearest to many unit vectors together, as `Library.nearest` says."""
    cosines, rows = catalogue.meanings.search(vectors, CANDIDATES, mask)
    if not rows.shape[1]:
        return []
    best = np.repeat(cosines[:, -1:], len(catalogue.cards), axis=1)
    of_vector = np.arange(len(vectors)).reshape(-1, 1)
    np.maximum.at(best, (of_vector, catalogue.card_of[rows]), cosines)
    means = best.mean(axis=0)
    held = np.unique(catalogue.card_of[rows])
    ordered = held[np.argsort(-means[held], kind="stable")]
    found: dict[str, float] = {}
    for card in ordered.tolist():
        found.setdefault(catalogue.cards[card].source, float(means[card]))
    return list(found.items())[:top]


def _all(catalogue: Catalogue, query: Query, vector: Matrix, mask: Mask) -> tuple[Worded, Rows, Matrix]:
    """What the words tell, and every row let through with its cosine: they are few."""
    rows = np.arange(len(catalogue)) if mask is None else np.flatnonzero(mask)
    return Worded.of(catalogue, query), rows, catalogue.meanings.cosines(vector, rows)


def _likely(catalogue: Catalogue, query: Query, vector: Matrix, mask: Mask) -> tuple[Worded, Rows, Matrix]:
    """What the words tell, and the rows worth scoring with their cosines: the nearest and the best by words."""
    near = _search(catalogue, vector, mask)
    worded = Worded.of(catalogue, query)
    telling = foremost(worded.own + worded.ancestors, CANDIDATES, mask)
    likely = catalogue.meanings.cosines(vector, telling)  # of some that are near as well, while those are looked for
    cosines, nearest = (found[0] for found in near())
    rows, firsts = np.unique(np.concatenate([nearest, telling]), return_index=True)
    return worded, rows, np.concatenate([cosines, likely])[firsts]


def _search(catalogue: Catalogue, vector: Matrix, mask: Mask) -> Callable[[], tuple[Matrix, Rows]]:
    """Ask for the rows nearest to a vector; calling the answer waits for their cosines and numbers.

    Where they are found by codes, which takes milliseconds in which FAISS needs no interpreter, it goes on aside.
    """
    wanted = partial(catalogue.meanings.search, vector.reshape(1, -1), CANDIDATES, mask)
    return ASIDE.submit(wanted).result if catalogue.meanings.coded else wanted


def _evidence(catalogue: Catalogue, query: Query, worded: Worded, places: Groups, weights: Weights) -> Matrix:
    """How well each place answers, at least 0: its best passages, all its words, and whether the query names it."""
    found = places.gathered(weights.shares)
    blocks = catalogue.block_of_place[places.groups]
    found += weights.place * share_of_best(np.where(found > 0, worded.places[places.groups], 0))
    if query.tells:
        found *= np.where(blocks > 0, 1, weights.told)
    found = share_of_best(found)
    mostly = np.clip(2 * worded.titles - 1, 0, 1)  # half a title is only its trade: "développement logiciel"
    numbered = np.isin(blocks, list(query.blocks)) if query.blocks else 0
    of_card = weights.titled * mostly + weights.called * worded.called
    return np.where(found > 0, found + of_card[catalogue.card_of_place[places.groups]] + weights.numbered * numbered, 0)


def _order(scores: Matrix, places: Groups, evidence: Matrix, top: int) -> tuple[list[int], list[float]]:
    """Positions among the candidates and their fused scores in [0, 1], best first."""
    best = np.lexsort((places.best, -scores[places.best], -evidence))[:top]
    firsts = places.best[best]
    rest = np.ones(len(scores), dtype=np.bool_)
    rest[firsts] = False
    others = np.flatnonzero(rest) if len(firsts) < top else firsts[:0]
    others = others[np.argsort(-scores[others], kind="stable")][: top - len(firsts)]
    fused = (evidence[best] / max(float(evidence.max()), 1e-9)).tolist()
    floor = fused[-1] / max(float(scores.max()), 1e-9)
    return [*firsts.tolist(), *others.tolist()], [*fused, *(float(scores[i]) * floor for i in others)]
