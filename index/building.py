"""How a generation's catalogue is built: row by row, and of rows that the generation before had, nothing anew."""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

import numpy as np

from corpus.passages import Passage
from index.bags import Filling, trimmed
from index.cards import Card
from index.catalogue import Catalogue, Words
from index.contract import Matrix
from index.forms import ancestor_words, prior
from index.lexical import Lexical
from index.meanings import Gathering
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
        vector: unit, shape (dim,); None, as the passage, for a row that the catalogue before has.
    """

    id: int
    card: int
    passage: Passage | None
    vector: Matrix | None


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier catalogue of the same store and encoder, with its words: of its rows nothing is worked out again."""

    catalogue: Catalogue
    words: Words
    places: dict[int, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {key: row for row, key in enumerate(self.catalogue.ids.tolist())})

    @property
    def keys(self) -> Container[int]:
        """The passages that it holds."""
        return self.places.keys()


def build(
    generation: Generation, cards: tuple[Card, ...], rows: Iterable[Row], dim: int, before: Before | None = None
) -> tuple[Catalogue, Words]:
    """The catalogue of all rows, in their order, and the words from which the next one may be built."""
    building = _Building(dim, before)
    for row in rows:
        building.add(row)
    return building.done(generation, cards)


class _Building:
    """The columns of a catalogue while they grow."""

    def __init__(self, dim: int, before: Before | None) -> None:
        numbers = {w: n for n, w in enumerate(before.words.own.vocabulary)} if before else {}
        self._before = before
        self._ids, self._card_of, self._block_of, self._priors = array("q"), array("q"), array("q"), array("f")
        self._own = Filling(numbers, before.words.own if before else None)
        self._ancestors = Filling(numbers, before.words.ancestors if before else None)
        self._meanings = Gathering(dim, before.catalogue.meanings if before else None)

    def add(self, row: Row) -> None:
        self._ids.append(row.id)
        self._card_of.append(row.card)
        if row.passage is None:
            self._again(self._before.places[row.id])
        else:
            self._new(row.passage, row.vector)

    def _again(self, place: int) -> None:
        before = self._before.catalogue
        self._block_of.append(int(before.block_of_place[before.place_of[place]]))
        self._priors.append(float(before.priors[place]))
        self._own.again(place)
        self._ancestors.again(place)
        self._meanings.again(place)

    def _new(self, passage: Passage, vector: Matrix) -> None:
        self._block_of.append(passage.block or 0)
        self._priors.append(prior(passage))
        self._own.add(content(passage.text))
        self._ancestors.add([w for ancestor in passage.ancestors for w in ancestor_words(ancestor)])
        self._meanings.add(passage, vector)

    def done(self, generation: Generation, cards: tuple[Card, ...]) -> tuple[Catalogue, Words]:
        own, ancestors = trimmed(self._own.done(), self._ancestors.done())
        places: dict[tuple[int, int], int] = {}
        pairs = zip(self._card_of, self._block_of, strict=True)
        place_of = np.array([places.setdefault(pair, len(places)) for pair in pairs], dtype=np.int64)
        heads = np.array(list(places), dtype=np.int64).reshape(len(places), 2)
        stems = own.mapped(stem)
        built = Catalogue(
            generation,
            cards,
            np.array(self._ids, dtype=np.int64),
            np.array(self._card_of, dtype=np.int64),
            place_of,
            np.array(self._priors, dtype=np.float32),
            heads[:, 0].copy(),
            heads[:, 1].copy(),
            self._meanings.done(),
            Lexical.of(stems),
            Lexical.of(ancestors.mapped(stem)),
            Lexical.of(stems, place_of),
            Lexical.build(identity(card) for card in cards),
            Lexical.build(title_terms(card) for card in cards),
            Speller(own.vocabulary),
        )
        return built, Words(own, ancestors)
