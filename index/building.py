"""How a generation's catalogue is built: row by row, and of rows that the generation before had, nothing anew."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from corpus.passages import Passage
from index.bags import Filling, trimmed
from index.cards import Card
from index.catalogue import Catalogue, Ints, Words
from index.contract import Matrix
from index.forms import ancestor_words, prior
from index.lexical import Lexical
from index.meanings import Gathering, Meanings
from index.naming import identity, title_terms
from index.spelling import Speller
from index.store import Generation
from index.words import content, stem


@dataclass(frozen=True, slots=True)
class Row:
    """A passage as the store holds it.

    Attributes:
        id: its key in the store, never used again for another.
        card: position of its referential among the cards.
        vector: unit, shape (dim,).
    """

    id: int
    card: int
    passage: Passage
    vector: Matrix


@dataclass(frozen=True, slots=True)
class Run:
    """All passages of some referentials that follow each other, where the generation before has them.

    Attributes:
        cards, ids: for each passage the position of its referential among the cards, and its key in the store.
    """

    cards: Ints
    ids: Ints


@dataclass(frozen=True, slots=True)
class Before:
    """The rows of an earlier generation of the same store and encoder: nothing of them is worked out again.

    Attributes:
        ids, blocks, priors: for each row its key in the store, its block's number (0 for none), and what its scores
            are multiplied by.
    """

    ids: Ints
    blocks: Ints
    priors: Matrix
    meanings: Meanings
    words: Words
    keys: Ints = field(init=False, repr=False)  # the same as ids, in ascending order
    _order: Ints = field(init=False, repr=False)

    def __post_init__(self) -> None:
        order = np.argsort(self.ids)
        object.__setattr__(self, "_order", order)
        object.__setattr__(self, "keys", self.ids[order])

    def rows(self, ids: Ints) -> Ints:
        """The rows of passages that it has, by their keys."""
        return self._order[np.searchsorted(self.keys, ids)]


class Building:
    """The columns of a catalogue while they grow, row by row, in their order."""

    def __init__(self, dim: int, before: Before | None = None) -> None:
        numbers = {w: n for n, w in enumerate(before.words.own.vocabulary)} if before else {}
        self._before = before
        self._ids, self._card_of, self._block_of, self._priors = array("q"), array("q"), array("q"), array("f")
        self._own = Filling(numbers, before.words.own if before else None)
        self._ancestors = Filling(numbers, before.words.ancestors if before else None)
        self._meanings = Gathering(dim, before.meanings if before else None)

    def fill(self, rows: Iterable[Row | Run]) -> None:
        for row in rows:
            if isinstance(row, Run):
                self._again(row)
            else:
                self._add(row)

    def _add(self, row: Row) -> None:
        self._ids.append(row.id)
        self._card_of.append(row.card)
        self._block_of.append(row.passage.block or 0)
        self._priors.append(prior(row.passage))
        self._own.add(content(row.passage.text))
        self._ancestors.add([w for ancestor in row.passage.ancestors for w in ancestor_words(ancestor)])
        self._meanings.add(row.passage, row.vector)

    def _again(self, run: Run) -> None:
        before = self._before
        rows = before.rows(run.ids)
        self._ids.frombytes(run.ids.tobytes())
        self._card_of.frombytes(run.cards.tobytes())
        self._block_of.frombytes(before.blocks[rows].tobytes())
        self._priors.frombytes(before.priors[rows].tobytes())
        self._own.again(rows)
        self._ancestors.again(rows)
        self._meanings.again(rows)

    def done(self, generation: Generation, cards: tuple[Card, ...]) -> tuple[Catalogue, Words]:
        """The catalogue of all rows, and the words from which the next one may be built; to be called once."""
        meanings = self._meanings.done()
        own, ancestors = trimmed(self._own.done(), self._ancestors.done())
        del self._before, self._meanings, self._own, self._ancestors  # room for what takes much of it
        card_of, block_of = np.array(self._card_of, dtype=np.int64), np.array(self._block_of, dtype=np.int64)
        place_of, heads = _numbered(card_of, block_of)
        stems = own.mapped(stem)
        built = Catalogue(
            generation,
            cards,
            np.array(self._ids, dtype=np.int64),
            card_of,
            place_of,
            np.array(self._priors, dtype=np.float32),
            card_of[heads],
            block_of[heads],
            meanings,
            Lexical.of(stems),
            Lexical.of(ancestors.mapped(stem)),
            Lexical.of(stems, place_of),
            Lexical.build(identity(card) for card in cards),
            Lexical.build(title_terms(card) for card in cards),
            Speller(own.vocabulary),
        )
        return built, Words(own, ancestors)


def _numbered(cards: Ints, blocks: Ints) -> tuple[Ints, Ints]:
    """For each row the number of its place, and for each place its first row; places in the order of these."""
    most = int(blocks.max(initial=0)) + 1
    _, firsts, numbers = np.unique(cards * most + blocks, return_index=True, return_inverse=True)
    order = np.argsort(firsts)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return rank[numbers], firsts[order]
