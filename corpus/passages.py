"""The smallest texts that are indexed, found and quoted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.document import Quote
from corpus.referential import Facet


@dataclass(frozen=True, slots=True)
class Passage:
    """One competence, one criterion, one paragraph of a section, with its ancestors.

    Attributes:
        block: the block's official number; None for what belongs to no block.
        ancestors: certification, block, activity …, outermost first; indexed with the text, never quoted.
        quotes: the verbatim text, in reading order.
    """

    source: str
    certification: str | None
    block: int | None
    facet: Facet
    ancestors: tuple[str, ...]
    quotes: tuple[Quote, ...]

    @property
    def text(self) -> str:
        return " ".join(q.text for q in self.quotes)
