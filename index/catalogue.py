"""What a search works on: the arrays and indexes derived from one generation of the store."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.bags import Bag
from index.cards import Card, dump_cards, load_cards
from index.contract import Matrix
from index.lexical import Lexical
from index.meanings import Meanings
from index.spelling import Speller
from index.store import Generation

Ints = NDArray[np.int64]
ARRAYS = ("ids", "card_of", "place_of", "priors", "card_of_place", "block_of_place")
LEXICAL = ("own", "ancestors", "places", "identities", "titles")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The searchable state of one generation; row r is one passage in all its members.

    A place is a block of a referential, or what of it belongs to no block.

    Attributes:
        cards: the referentials searched, in the order of their sources.
        ids, card_of, place_of, priors: for each row its key in the store, its referential, its place, and what its
            scores are multiplied by.
        card_of_place, block_of_place: for each place its referential and its block's number, 0 for none.
        meanings: what each row says, as vectors.
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
    meanings: Meanings
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


@dataclass(frozen=True, slots=True)
class Words:
    """The words of each row and of its ancestors, from which the next generation is built; no search needs them."""

    own: Bag
    ancestors: Bag

    def save(self, folder: Path) -> None:
        """Write into an existing, empty folder; the vocabulary of both is one."""
        for name in ("own", "ancestors"):
            np.save(folder / f"{name}.ids.npy", getattr(self, name).ids, allow_pickle=False)
            np.save(folder / f"{name}.lengths.npy", getattr(self, name).lengths, allow_pickle=False)
        (folder / "vocabulary.json").write_text(json.dumps(self.own.vocabulary), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Words:
        """Read what `save` wrote; raises OSError or ValueError where it is damaged."""
        vocabulary = tuple(json.loads((folder / "vocabulary.json").read_text(encoding="utf-8")))
        arrays = [
            [np.load(folder / f"{name}.{what}.npy", allow_pickle=False) for what in ("ids", "lengths")]
            for name in ("own", "ancestors")
        ]
        return cls(*(Bag(vocabulary, ids, lengths) for ids, lengths in arrays))


def save(catalogue: Catalogue, folder: Path) -> None:
    """Write every member into an existing, empty folder."""
    for name in ARRAYS:
        np.save(folder / f"{name}.npy", getattr(catalogue, name), allow_pickle=False)
    for name in LEXICAL:
        getattr(catalogue, name).save(folder / name)
    catalogue.meanings.save(folder)
    (folder / "cards.json").write_bytes(dump_cards(catalogue.cards))
    (folder / "surfaces.json").write_text(json.dumps(catalogue.speller.known), encoding="utf-8")


def load(folder: Path, generation: Generation, dim: int) -> Catalogue:
    """Read what `save` wrote; raises OSError, ValueError or KeyError where it is damaged."""
    arrays = load_arrays(folder)
    cards = load_cards((folder / "cards.json").read_bytes())
    rows, places = len(arrays["ids"]), len(arrays["card_of_place"])
    lengths = zip(LEXICAL, (rows, rows, places, len(cards), len(cards)), strict=True)
    return Catalogue(
        generation=generation,
        cards=cards,
        **arrays,
        meanings=Meanings.load(folder, rows, dim),
        **{name: Lexical.load(folder / name, length) for name, length in lengths},
        speller=Speller(json.loads((folder / "surfaces.json").read_text(encoding="utf-8"))),
    )


def load_arrays(folder: Path) -> dict[str, NDArray]:
    """The plain arrays of a catalogue, by their names; raises OSError or ValueError where one is damaged."""
    return {name: np.load(folder / f"{name}.npy", allow_pickle=False) for name in ARRAYS}
