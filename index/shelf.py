"""Referentials at hand: the heads of all of one generation, and the bodies of those that were last asked for."""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Sequence

from corpus.referential import Referential
from index.cards import Card
from index.holdings import Holdings
from index.store import Generation

KEPT = 256  # sources whose referentials stay in memory: some 20 MB of national fiches


class Shelf:
    """What the store holds of each referential, read once a generation; bodies only where they are asked for."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._lock = threading.Lock()
        self._generation: Generation | None = None
        self._cards: tuple[Card, ...] = ()
        self._named: dict[str, tuple[str, ...]] = {}
        self._bodies: OrderedDict[str, tuple[Referential, ...]] = OrderedDict()

    def cards(self, connection: sqlite3.Connection) -> tuple[Card, ...]:
        """The heads of the referentials that are shown, in the order of their sources."""
        with self._lock:
            self._turn(connection)
            return self._cards

    def referentials(self, connection: sqlite3.Connection, names: Collection[str]) -> tuple[Referential, ...]:
        """Those of the sources or certification codes named, in the order of their sources; names unknown are passed.

        A code finds only its own referential in a source of several.
        """
        wanted = {name: _key(name) for name in names}
        with self._lock:
            self._turn(connection)
            sources = sorted({s for n, key in wanted.items() for s in self._named.get(n) or self._named.get(key, ())})
            bodies = self._loaded(connection, sources)
        codes = set(wanted.values())
        return tuple(r for r in bodies if r.source in wanted or (r.code and _key(r.code) in codes))

    def _loaded(self, connection: sqlite3.Connection, sources: Sequence[str]) -> list[Referential]:
        missing = [s for s in sources if s not in self._bodies]
        read = self._holdings.referentials_of(connection, missing)
        found = [r for s in sources for r in (read[s] if s in read else self._bodies.get(s, ()))]
        self._bodies |= read
        for source in sources:
            if source in self._bodies:
                self._bodies.move_to_end(source)
        while len(self._bodies) > KEPT:
            self._bodies.popitem(last=False)
        return found

    def _turn(self, connection: sqlite3.Connection) -> None:
        """Go over to the generation that a connection sees."""
        generation = self._holdings.generation_of(connection)
        if generation == self._generation:
            return
        self._cards = self._holdings.cards(connection)
        named: dict[str, list[str]] = defaultdict(list)
        for card in self._cards:
            if card.code:
                named[_key(card.code)].append(card.source)
        self._named = {name: tuple(sources) for name, sources in named.items()}
        self._named |= {card.source: (card.source,) for card in self._cards}
        self._bodies.clear()
        self._generation = generation


def _key(name: str) -> str:
    return "".join(name.split()).upper()
