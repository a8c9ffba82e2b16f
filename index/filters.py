"""Which referentials a search may look into, settled before anything is ranked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.cards import Card
from index.contract import Filters


def admitted(cards: Sequence[Card], filters: Filters) -> NDArray[np.bool_]:
    """True for each referential that satisfies every filter, shape (len(cards),)."""
    return np.fromiter((admits(card, filters) for card in cards), dtype=np.bool_, count=len(cards))


def admits(card: Card, filters: Filters) -> bool:
    """True where a referential satisfies every filter; what a source does not say satisfies none.

    `active` without `today` is judged by this machine's date.
    """
    if filters.level is not None and card.level != filters.level:
        return False
    if filters.rome and _code(filters.rome) not in map(_code, card.rome):
        return False
    if filters.nsf and not any(_code(c).startswith(_code(filters.nsf)) for c in card.nsf):
        return False
    if filters.certifications and not _named(card, filters.certifications):
        return False
    if filters.active and card.expired(filters.today or date.today()):
        return False
    return not filters.vae or card.vae is True


def _named(card: Card, names: Sequence[str]) -> bool:
    return card.source in names or (card.code is not None and _code(card.code) in map(_code, names))


def _code(text: str) -> str:
    return "".join(text.split()).upper()
