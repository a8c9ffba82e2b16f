"""One box: from words and filters to a page of certifications with their blocks and competences, and facets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.searching.asked import Asked, understood
from assistant.searching.directory import Directory, directory
from assistant.searching.facets import Facet, facets
from assistant.searching.ranking import Weights, evidence_of, wanted
from index.cards import Card
from index.contract import Filters, Hit
from index.filters import code
from index.library import Library
from index.renewing import Renewing

PAGE = 10  # certifications on a page
PASSAGES = 40  # passages whose certifications are looked at
LEAST = 0.25  # of the best evidence: what has less is not said to be found
MOST = 500  # certifications found at most
BLOCKS, EACH = 3, 2  # blocks shown of a certification, and passages of each
DEPTH = 120  # passages of the certifications of a page
UNSAID = "blocs de compétences, activités"  # what is shown of a certification where no words are searched
WEIGHTS = Weights()
Rows = NDArray[np.int64]
Scores = NDArray[np.float32]
NOTHING: Rows = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class FoundBlock:
    """A block's best passages; `number` is None for what belongs to no block."""

    number: int | None
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A certification with those of its blocks that answer, best first; `score` is comparable within one search."""

    card: Card
    score: float
    blocks: tuple[FoundBlock, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """A page of what was found.

    Attributes:
        total: certifications found, on all pages.
        number, pages: of this page, from 1; 0 pages where nothing was found.
        facets: over all pages.
        spared: where nothing was found, how many would be without the filters.
        missing: codes asked for that the store does not have.
    """

    asked: Asked
    total: int
    number: int
    pages: int
    cards: tuple[FoundCard, ...]
    facets: tuple[Facet, ...]
    spared: int = 0
    missing: tuple[str, ...] = ()


class Finder:
    """Finds certifications in a library; what it knows of them is built once for each generation."""

    def __init__(self, library: Library, today: Callable[[], date] = date.today, weights: Weights = WEIGHTS) -> None:
        self._library, self._today, self._weights = library, today, weights
        self._held: tuple[int, Directory] | None = None
        self._renewing = Renewing()

    def find(self, query: str, filters: Filters = Filters(), number: int = 1) -> Findings:  # noqa: B008  frozen
        """A page of certifications for a query and filters, each with its best passages; the same at each call."""
        held = self.directory()
        filters = filters if filters.today else replace(filters, today=self._today())
        asked = understood(query, filters, lambda name: name in held.columns.names)
        rows, scores = self._ranked(asked, held)
        pages = -(-len(rows) // PAGE)
        number = min(max(number, 1), max(pages, 1))
        shown = rows[(number - 1) * PAGE : number * PAGE]
        spared = 0
        if not len(rows):
            spared = len(self._ranked(replace(asked, filters=Filters(today=filters.today)), held)[0])
        return Findings(
            asked,
            len(rows),
            number,
            pages,
            self._with_passages(asked, [held.cards[r] for r in shown], scores[shown].tolist()),
            facets([held.cards[r] for r in rows], filters.today or self._today()),
            spared,
            tuple(c for c in asked.codes if c not in held.columns.names),
        )

    def every(self, query: str, filters: Filters = Filters()) -> tuple[Card, ...]:  # noqa: B008  frozen
        """All certifications found for a query and filters, best first."""
        held = self.directory()
        filters = filters if filters.today else replace(filters, today=self._today())
        asked = understood(query, filters, lambda name: name in held.columns.names)
        return tuple(held.cards[r] for r in self._ranked(asked, held)[0])

    def holds(self, code: str) -> bool:
        """Whether the library has a certification of a code."""
        return code in self.directory().columns.names

    def directory(self) -> Directory:
        """The directory of the library's present generation; of the one before while that takes long to build."""
        held = self._held
        if held is None or held[0] != self._library.generation:
            self._renewing.wait(self._renew, needed=held is None)
        return self._held[1]

    def _renew(self) -> None:
        generation = self._library.generation
        if self._held is None or self._held[0] != generation:
            self._held = (generation, directory(self._library.cards()))

    def _ranked(self, asked: Asked, held: Directory) -> tuple[Rows, Scores]:
        """The rows of the certifications found, best first, and the score of each row."""
        mask = held.columns.admitted(asked.filters)
        if asked.codes:
            rows = [r for c in asked.codes for r in held.columns.names.get(c, ()) if mask[r]]
            return np.array(rows, dtype=np.int64), np.ones(len(held), dtype=np.float32)
        current = self._weights.active * ~held.columns.expired(asked.filters.today or self._today())
        if not asked.text:
            rows = np.flatnonzero(mask) if asked.filters != Filters(today=asked.filters.today) else NOTHING
            titles = np.array([held.cards[r].title for r in rows], dtype=str)
            return rows[np.lexsort((titles, -current[rows]))], np.ones(len(held), dtype=np.float32)
        evidence = evidence_of(wanted(asked.text, held), held, self._passages(asked, held), self._weights)
        evidence[~mask] = 0
        best = float(evidence.max(initial=0.0))
        rows = np.flatnonzero(evidence >= max(LEAST * best, 1e-6))
        scores = (evidence + current).astype(np.float32)
        return rows[np.argsort(-scores[rows], kind="stable")][:MOST], scores

    def _passages(self, asked: Asked, held: Directory) -> Scores:
        """For each certification the score of its best passage."""
        found = np.zeros(len(held), dtype=np.float32)
        for hit in self._library.search(asked.text, asked.filters, PASSAGES):
            for row in held.columns.names.get(hit.passage.source, ()):
                if held.cards[row].code == hit.passage.certification:
                    found[row] = max(found[row], hit.score)
        return found

    def _with_passages(self, asked: Asked, cards: Sequence[Card], scores: Sequence[float]) -> tuple[FoundCard, ...]:
        if not cards:
            return ()
        chosen = Filters(certifications=tuple(dict.fromkeys(c.source for c in cards)))
        hits = self._library.search(asked.text or UNSAID, chosen, DEPTH)
        return tuple(
            FoundCard(card, score, _blocks(card, hits, asked.block)) for card, score in zip(cards, scores, strict=True)
        )


def _blocks(card: Card, hits: Sequence[Hit], wanted_block: int | None) -> tuple[FoundBlock, ...]:
    """The blocks of a certification that hits stand in, in the order of their best hit; only the one asked for."""
    grouped: dict[int | None, list[Hit]] = {}
    for hit in hits:
        passage = hit.passage
        if passage.source == card.source and code(passage.certification or "") == code(card.code or ""):
            grouped.setdefault(passage.block, []).append(hit)
    if wanted_block is not None and wanted_block in grouped:
        return (FoundBlock(wanted_block, tuple(grouped[wanted_block])),)
    return tuple(FoundBlock(number, tuple(some[:EACH])) for number, some in list(grouped.items())[:BLOCKS])
