"""Quotes of one referential as citations, each checked against its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.answer import Citation
from corpus.document import Document, Quote
from corpus.referential import Referential


class Quoting:
    """Makes citations of one referential's quotes."""

    def __init__(self, referential: Referential, documents: Callable[[str], Document]) -> None:
        self.referential = referential
        self._document = documents(referential.source)

    def cited(self, quotes: Iterable[Quote], block: int | None) -> tuple[Citation, ...]:
        """The quotes that stand in the source, in their order, each with its page."""
        return tuple(self._citation(q, block) for q in quotes if self._document.holds(q))

    def _citation(self, quote: Quote, block: int | None) -> Citation:
        r, narrow = self.referential, self._document.narrowed(quote)
        return Citation(r.source, r.code, r.title, block, narrow, self._document.page_of(narrow.first))
