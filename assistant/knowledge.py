"""What answering needs of one generation of the library, worked out once: names, statements, vectors, words."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from assistant.statement_words import StatementWords
from assistant.statements import Statement, statements
from assistant.understanding.names import Names
from corpus.referential import Referential
from index.contract import Encoder, Matrix

KEPT = 256  # referentials whose statements and vectors stay in memory


class Knowledge:
    """The referentials of a library at one generation, with what is derived from them on demand."""

    def __init__(self, referentials: tuple[Referential, ...], encoder: Encoder) -> None:
        self.referentials = referentials
        self.encoder = encoder
        self._statements: dict[int, tuple[Statement, ...]] = {}
        self._vectors: dict[int, Matrix] = {}
        self._words: dict[int, StatementWords] = {}
        self._places = {id(r): i for i, r in enumerate(referentials)}

    def statements(self, referential: Referential) -> tuple[Statement, ...]:
        place = self._places[id(referential)]
        if place not in self._statements:
            self._make_room()
            self._statements[place] = statements(referential)
        return self._statements[place]

    def vectors(self, referential: Referential) -> Matrix:
        """Unit rows, one a statement: what it says with what it is about."""
        place = self._places[id(referential)]
        if place not in self._vectors:
            texts = [f"{s.context}. {s.text}" for s in self.statements(referential)]
            self._vectors[place] = self.encoder.encode_passages(texts)
        return self._vectors[place]

    @cached_property
    def title_vectors(self) -> Matrix:
        """Unit rows, one a referential: its title."""
        if not self.referentials:
            return np.zeros((0, self.encoder.dim), dtype=np.float32)
        return self.encoder.encode_passages([r.title for r in self.referentials])

    @cached_property
    def names(self) -> Names:
        """By what the referentials are called; its positions are theirs."""
        return Names(self.referentials)

    def words(self, referential: Referential) -> StatementWords:
        """The vocabulary of its statements, in the order of `statements`."""
        place = self._places[id(referential)]
        if place not in self._words:
            self._words[place] = StatementWords(self.statements(referential), self.encoder)
        return self._words[place]

    def _make_room(self) -> None:
        if len(self._statements) >= KEPT:
            self._statements.clear()
            self._vectors.clear()
            self._words.clear()
