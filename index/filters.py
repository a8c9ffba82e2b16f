"""Which referentials a search may look into, settled before anything is ranked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.cards import Card
from index.contract import Filters
from index.kinds import kinds
from index.words import fold, surfaces

Mask = NDArray[np.bool_]
Rows = NDArray[np.int32]
NONE = np.zeros(0, dtype=np.int32)
UNSAID = 0  # the ordinal of a day, and the level, that a source does not give


def admitted(cards: Sequence[Card], filters: Filters) -> Mask:
    """True for each referential that satisfies every filter, shape (len(cards),); the unsaid satisfies none.

    `active` without `today` is judged by this machine's date.
    """
    return columns_of(cards).admitted(filters)


class Columns:
    """What filters ask of many cards, by column: a filter is one comparison of an array or one look into a table."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self.cards = cards
        self.levels = np.array([c.level or UNSAID for c in cards], dtype=np.int8)
        self.ends = np.array([c.until.toordinal() if c.until else UNSAID for c in cards], dtype=np.int32)
        self.gone = np.array([c.active is False for c in cards], dtype=np.bool_)
        self.vae = np.array([c.vae is True for c in cards], dtype=np.bool_)
        self.rome = _rows(map(code, c.rome) for c in cards)
        self.nsf = _rows(map(code, c.nsf) for c in cards)
        self.formacodes = _rows(map(code, c.formacodes) for c in cards)
        self.issuers = _rows(c.issuers for c in cards)
        self.kinds = _rows(kinds()[c.kind].keys if c.kind in kinds() else () for c in cards)
        self.registers = _rows((c.register,) if c.register else () for c in cards)
        self.names = _rows((c.source, *((code(c.code),) if c.code else ())) for c in cards)

    def admitted(self, filters: Filters) -> Mask:
        """True for each card that satisfies every filter, shape (len(self.cards),)."""
        mask = np.ones(len(self.cards), dtype=np.bool_)
        if filters.level is not None:
            mask &= self.levels == filters.level
        if filters.active:
            mask &= ~self.expired(filters.today or date.today())
        if filters.vae:
            mask &= self.vae
        if filters.ends_from:
            mask &= self.ends >= filters.ends_from.toordinal()
        if filters.ends_to:
            mask &= (self.ends <= filters.ends_to.toordinal()) & (self.ends != UNSAID)
        for rows in self._listed(filters):
            mask &= self._mask(rows)
        return mask

    def expired(self, today: date) -> Mask:
        """As `Card.expired`."""
        return self.gone | ((self.ends != UNSAID) & (self.ends < today.toordinal()))

    def _listed(self, filters: Filters) -> Iterable[list[Rows]]:
        """For each filter by a code or a name, the rows of the cards that bear it."""
        if filters.rome:
            yield [self.rome.get(code(filters.rome), NONE)]
        if filters.nsf:
            yield [rows for c, rows in self.nsf.items() if c.startswith(code(filters.nsf))]
        if filters.formacode:
            yield [rows for c, rows in self.formacodes.items() if c.startswith(code(filters.formacode))]
        if filters.issuer:
            wanted = frozenset(surfaces(filters.issuer))
            yield [rows for name, rows in self.issuers.items() if wanted <= _words(name)]
        if filters.kind:
            yield [self.kinds.get(filters.kind, NONE)]
        if filters.register:
            yield [self.registers.get(fold(filters.register).upper(), NONE)]
        if filters.certifications:
            yield [self.names.get(name, self.names.get(code(name), NONE)) for name in filters.certifications]

    def _mask(self, found: list[Rows]) -> Mask:
        mask = np.zeros(len(self.cards), dtype=np.bool_)
        for rows in found:
            mask[rows] = True
        return mask


def columns_of(cards: Sequence[Card]) -> Columns:
    """The columns of some cards, kept for the last few stores that were searched: 30,000 cards take 0.3 s."""
    for held in _HELD:
        if held.cards is cards:
            return held
    fresh = Columns(cards)
    _HELD.append(fresh)
    del _HELD[:-KEPT]
    return fresh


@lru_cache(maxsize=50_000)
def _words(name: str) -> frozenset[str]:
    return frozenset(surfaces(name))


def code(text: str) -> str:
    """A code without blanks, in capitals."""
    return "".join(text.split()).upper()


def _rows(values: Iterable[Iterable[str]]) -> dict[str, Rows]:
    """The rows in which each value stands."""
    found: dict[str, list[int]] = {}
    for row, some in enumerate(values):
        for value in some:
            found.setdefault(value, []).append(row)
    return {value: np.array(rows, dtype=np.int32) for value, rows in found.items()}


KEPT = 4
_HELD: list[Columns] = []
