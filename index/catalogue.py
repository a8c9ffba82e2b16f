"""What a search works on: the arrays and indexes derived from one generation of the store."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.passages import Passage
from index.cards import Card, dump_cards, load_cards
from index.contract import Matrix
from index.dense import Dense
from index.forms import ancestor_words, prior
from index.lexical import Bag, Lexical
from index.naming import identity, title_terms
from index.spelling import Speller
from index.store import Generation
from index.words import content, stem

Ints = NDArray[np.int64]
ARRAYS = ("ids", "card_of", "place_of", "priors", "card_of_place", "block_of_place")
LEXICAL = ("own", "ancestors", "places", "identities", "titles")


@dataclass(frozen=True, slots=True)
class Row:
    """A passage as the store holds it.

    Attributes:
        id: its key in the store.
        card: position of its referential among the cards.
        vector: unit, shape (dim,).
    """

    id: int
    card: int
    passage: Passage
    vector: Matrix


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The searchable state of one generation; row r is one passage in all its members.

    A place is a block of a referential, or what of it belongs to no block.

    Attributes:
        cards: the referentials searched, in the order of their sources.
        ids, card_of, place_of, priors: for each row its key in the store, its referential, its place, and what its
            scores are multiplied by.
        card_of_place, block_of_place: for each place its referential and its block's number, 0 for none.
        own, ancestors: words of the passage itself and of its ancestors.
        places: words of all passages of each place together.
        identities, titles: for each referential the words that name it.
        speller: knows the folded words of everything that is indexed.
    """

    generation: Generation
    cards: tuple[Card, ...]
    ids: Ints
    card_of: Ints
    place_of: Ints
    priors: Matrix
    card_of_place: Ints
    block_of_place: Ints
    dense: Dense
    own: Lexical
    ancestors: Lexical
    places: Lexical
    identities: Lexical
    titles: Lexical
    speller: Speller

    def __len__(self) -> int:
        return len(self.ids)

    def knows(self, term: str) -> bool:
        """True where a stem stands in any passage or above one."""
        return term in self.own or term in self.ancestors


def build(generation: Generation, cards: tuple[Card, ...], rows: Iterable[Row], dim: int) -> Catalogue:
    ids, card_of, place_of, priors = array("q"), array("q"), array("q"), array("f")
    own, ancestors, vectors = Bag(), Bag(), Dense.building(dim)
    places: dict[tuple[int, int | None], int] = {}
    surfaces: set[str] = set()
    for row in rows:
        ids.append(row.id)
        card_of.append(row.card)
        place_of.append(places.setdefault((row.card, row.passage.block), len(places)))
        priors.append(prior(row.passage))
        vectors.add(row.vector)
        words = content(row.passage.text)
        above = [w for ancestor in row.passage.ancestors for w in ancestor_words(ancestor)]
        own.add(map(stem, words))
        ancestors.add(map(stem, above))
        surfaces.update(words, above)
    in_place = np.array(place_of, dtype=np.int64)
    return Catalogue(
        generation,
        cards,
        np.array(ids, dtype=np.int64),
        np.array(card_of, dtype=np.int64),
        in_place,
        np.array(priors, dtype=np.float32),
        np.array([card for card, _ in places], dtype=np.int64),
        np.array([block or 0 for _, block in places], dtype=np.int64),
        vectors.done(),
        Lexical.of(own),
        Lexical.of(ancestors),
        Lexical.of(own, in_place),
        Lexical.build(identity(card) for card in cards),
        Lexical.build(title_terms(card) for card in cards),
        Speller(surfaces),
    )


def save(catalogue: Catalogue, folder: Path) -> None:
    """Write every member into an existing, empty folder."""
    for name in ARRAYS:
        np.save(folder / f"{name}.npy", getattr(catalogue, name), allow_pickle=False)
    for name in LEXICAL:
        getattr(catalogue, name).save(folder / name)
    catalogue.dense.save(folder / "dense.faiss")
    (folder / "cards.json").write_bytes(dump_cards(catalogue.cards))
    (folder / "surfaces.json").write_text(json.dumps(catalogue.speller.known), encoding="utf-8")


def load(folder: Path, generation: Generation, dim: int) -> Catalogue:
    """Read what `save` wrote; raises OSError, ValueError or KeyError where it is damaged."""
    arrays = [np.load(folder / f"{n}.npy", allow_pickle=False) for n in ARRAYS]
    cards = load_cards((folder / "cards.json").read_bytes())
    rows, places = len(arrays[0]), len(arrays[-1])
    lengths = zip(LEXICAL, (rows, rows, places, len(cards), len(cards)), strict=True)
    return Catalogue(
        generation,
        cards,
        *arrays,
        Dense.load(folder / "dense.faiss", rows, dim),
        *(Lexical.load(folder / name, length) for name, length in lengths),
        Speller(json.loads((folder / "surfaces.json").read_text(encoding="utf-8"))),
    )
