"""The passages that one box asks for: codes, blocks and filters among its words count like options."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.searching.asked import Asked, understood
from assistant.searching.finding import DEPTH, UNSAID
from index.contract import Filters, Hit
from index.library import Library


@dataclass(frozen=True, slots=True)
class Passages:
    """What was understood, and a page of the passages found, best first."""

    asked: Asked
    hits: tuple[Hit, ...]


def passages(library: Library, query: str, filters: Filters, top: int = 10, number: int = 1) -> Passages:
    """A page of `top` passages; the store's heads are only read where a bare number may be a code."""
    asked = understood(query, filters, lambda code: bool(library.referentials((code,))))
    chosen = replace(asked.filters, certifications=asked.codes) if asked.codes else asked.filters
    text = asked.text or (UNSAID if asked.codes or asked.stated else "")
    wanted = top * number
    if asked.block:
        hits = library.search(f"bloc {asked.block} {text}", chosen, DEPTH)
        hits = [h for h in hits if h.passage.block == asked.block][:wanted]
    else:
        hits = library.search(text, chosen, wanted)
    return Passages(asked, tuple(hits[wanted - top :]))
