"""What answering needs of one generation of the library: the heads of all referentials, and of those asked about more.

Thirty thousand referentials may be there: names are looked up in their heads, and only those that a question is about
are opened.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property

import numpy as np

from assistant.statement_words import StatementWords
from assistant.statements import Statement, statements
from assistant.understanding.names import Names
from corpus.referential import Referential
from index.cards import Card, card_of
from index.contract import Encoder, Matrix

KEPT = 256  # referentials whose statements and vectors stay in memory
FEW = 64  # referentials that a question may go through one by one

Load = Callable[[Collection[str]], Sequence[Referential]]
Search = Callable[[str], Sequence[Referential]]


class Knowledge:
    """The referentials of a library at one generation, with what is derived from them on demand.

    Args:
        cards: the heads of all referentials, those of a source in a row.
        load: the referentials of the sources named, in the order of the cards.
        search: the referentials that a text is likely about, best first.
    """

    def __init__(self, cards: Sequence[Card], load: Load, encoder: Encoder, search: Search = lambda _: ()) -> None:
        self.cards = tuple(cards)
        self.encoder = encoder
        self._load, self._search = load, search
        self._firsts = {card.source: i for i, card in reversed(list(enumerate(self.cards)))}
        self._told: OrderedDict[int, Told] = OrderedDict()

    @classmethod
    def of(cls, referentials: Sequence[Referential], encoder: Encoder) -> Knowledge:
        """Over referentials that are all at hand."""

        def load(names: Collection[str]) -> Sequence[Referential]:
            return [r for r in referentials if r.source in names]

        return cls([card_of(r) for r in referentials], load, encoder, lambda _: referentials)

    def warm(self) -> None:
        """Derive now what would be derived at the first question."""
        self.names.shares(())
        self.places(self.cards[:1])
        len(self.title_vectors)

    def opened(self, places: Iterable[int]) -> tuple[Referential, ...]:
        """The referentials at some places among the cards, in that order; those gone since then are passed over."""
        places = list(places)
        by_source: dict[str, list[Referential]] = {}
        for referential in self._load({self.cards[i].source for i in places}):
            by_source.setdefault(referential.source, []).append(referential)
        found = []
        for i in places:
            source = self.cards[i].source
            found += by_source.get(source, [])[i - self._firsts[source] :][:1]
        return tuple(found)

    def places(self, heads: Iterable[Card | Referential]) -> list[int]:
        """The places of some certifications among the cards; those gone since then are passed over."""
        keys = ((head.source, head.code, head.title) for head in heads)
        return [self._places[key] for key in keys if key in self._places]

    def candidates(self, text: str) -> tuple[Referential, ...]:
        """All referentials where they are few, else those that a text is likely about."""
        return self.opened(range(len(self.cards))) if len(self.cards) <= FEW else tuple(self._search(text))

    def statements(self, referential: Referential) -> tuple[Statement, ...]:
        return self._of(referential).statements

    def vectors(self, referential: Referential) -> Matrix:
        """Unit rows, one a statement: what it says with what it is about."""
        return self._of(referential).vectors

    def words(self, referential: Referential) -> StatementWords:
        """The vocabulary of its statements, in the order of `statements`."""
        return self._of(referential).words

    @cached_property
    def _places(self) -> dict[tuple[str, str | None, str], int]:
        return {(card.source, card.code, card.title): i for i, card in enumerate(self.cards)}

    @cached_property
    def title_vectors(self) -> Matrix:
        """Unit rows, one a card: its title."""
        if not self.cards:
            return np.zeros((0, self.encoder.dim), dtype=np.float32)
        return self.encoder.encode_passages([c.title for c in self.cards])

    @cached_property
    def names(self) -> Names:
        """By what the certifications are called; its positions are the places of the cards."""
        return Names(self.cards)

    def _of(self, referential: Referential) -> Told:
        key = id(referential)  # stays its own as long as it is kept here; hashing a referential walks all of it
        told = self._told.get(key) or Told(referential, self.encoder)
        self._told[key] = told
        self._told.move_to_end(key)
        if len(self._told) > KEPT:
            self._told.popitem(last=False)
        return told


class Told:
    """What one referential says, statement by statement."""

    def __init__(self, referential: Referential, encoder: Encoder) -> None:
        self.referential = referential
        self._encoder = encoder

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        return statements(self.referential)

    @cached_property
    def vectors(self) -> Matrix:
        return self._encoder.encode_passages([f"{s.context}. {s.text}" for s in self.statements])

    @cached_property
    def words(self) -> StatementWords:
        return StatementWords(self.statements, self._encoder)
