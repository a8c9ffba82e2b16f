"""From a query to rows, best first: by meaning and by words, passages and the places they stand in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.contract import Matrix
from index.fusion import foremost, gathered, share_of_best, spread
from index.naming import named
from index.query import Query

CANDIDATES = 1000  # rows taken from each engine before the scores are put together


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


def rank(
    catalogue: Catalogue,
    query: Query,
    vector: Matrix,
    mask: NDArray[np.bool_] | None,
    top: int,
    weights: Weights = Weights(),
) -> list[Found]:
    """The best rows: first the best one of each place, places in their order; then the others.

    Args:
        vector: the query's unit vector, shape (dim,).
        mask: rows that may be found, shape (len(catalogue),); None for all.
    """
    own = catalogue.own.scores(query.weights)
    ancestors = catalogue.ancestors.scores(query.weights)
    rows, cosines = _candidates(catalogue, own + ancestors, vector, mask)
    if not len(rows):
        return []
    scores = (
        weights.dense * spread(cosines)
        + weights.own * share_of_best(own[rows])
        + weights.ancestors * share_of_best(ancestors[rows])
    ) * catalogue.priors[rows]
    reached, places = np.unique(catalogue.place_of[rows], return_inverse=True)
    order, fused = _order(scores, places, _evidence(catalogue, query, scores, reached, places, weights), top)
    best = rows[order]
    return [Found(*f) for f in zip(best.tolist(), fused, cosines[order].tolist(), own[best].tolist(), strict=True)]


def nearest(
    catalogue: Catalogue, vectors: Matrix, mask: NDArray[np.bool_] | None, top: int
) -> list[tuple[str, float]]:
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


def _evidence(
    catalogue: Catalogue,
    query: Query,
    scores: Matrix,
    reached: NDArray[np.int64],
    places: NDArray[np.int64],
    weights: Weights,
) -> Matrix:
    """How well each place answers, at least 0: its best passages, all its words, and whether the query names it.

    Args:
        reached: the places of the candidates, each once; the answer is of their shape.
        places: for each candidate the position of its place among them.
    """
    found = gathered(scores, places, len(reached), weights.shares)
    words = catalogue.places.scores(query.weights)[reached]
    blocks = catalogue.block_of_place[reached]
    found += weights.place * share_of_best(np.where(found > 0, words, 0))
    if query.tells:
        found *= np.where(blocks > 0, 1, weights.told)
    found = share_of_best(found)
    called, held = named(query, catalogue.identities, catalogue.titles)
    mostly = np.clip(2 * held - 1, 0, 1)  # half a title is only its trade: "développement logiciel"
    numbered = np.isin(blocks, list(query.blocks)) if query.blocks else 0
    of_card = weights.titled * mostly + weights.called * called
    return np.where(found > 0, found + of_card[catalogue.card_of_place[reached]] + weights.numbered * numbered, 0)


def _candidates(
    catalogue: Catalogue, lexical: Matrix, vector: Matrix, mask: NDArray[np.bool_] | None
) -> tuple[NDArray[np.int64], Matrix]:
    """The rows worth scoring and their cosines: all where they are few, else the nearest and the best by words."""
    if len(catalogue if mask is None else (allowed := np.flatnonzero(mask))) <= CANDIDATES:
        rows = np.arange(len(catalogue)) if mask is None else allowed
        return rows, catalogue.meanings.cosines(vector, rows)
    cosines, near = (found[0] for found in catalogue.meanings.search(vector.reshape(1, -1), CANDIDATES, mask))
    worded = foremost(lexical if mask is None else lexical * mask, CANDIDATES)
    taken = np.zeros(len(catalogue), dtype=np.bool_)
    taken[near] = True
    others = worded[~taken[worded]]
    rows = np.concatenate([near, others])
    order = np.argsort(rows)
    return rows[order], np.concatenate([cosines, catalogue.meanings.cosines(vector, others)])[order]


def _order(scores: Matrix, places: Matrix, evidence: Matrix, top: int) -> tuple[list[int], list[float]]:
    """Positions among the candidates and their fused scores in [0, 1], best first."""
    by_place = np.lexsort((-scores, -evidence[places]))
    firsts = by_place[np.sort(np.unique(places[by_place], return_index=True)[1])][:top]
    rest = np.ones(len(scores), dtype=np.bool_)
    rest[firsts] = False
    others = np.flatnonzero(rest) if len(firsts) < top else firsts[:0]
    others = others[np.argsort(-scores[others], kind="stable")][: top - len(firsts)]
    high = max(float(evidence.max()), 1e-9)
    fused = [float(evidence[places[i]]) / high for i in firsts]
    floor = fused[-1] / max(float(scores.max()), 1e-9)
    return [*map(int, firsts), *map(int, others)], [*fused, *(float(scores[i]) * floor for i in others)]
