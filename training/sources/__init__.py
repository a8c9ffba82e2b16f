"""Reads the third-party data, one file a publisher, into pairs of texts. Nothing of it is copied into the project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training.pair import Pair
from training.sources import acronyms, esco, general, rncp, rome

READERS = (esco.pairs, rome.pairs, rncp.pairs, general.pairs)


def every_pair(data: Path) -> Iterator[Pair]:
    """All pairs of the folder of third-party data, held-out groups included."""
    texts: dict[str, None] = {}
    for reader in READERS:
        for pair in reader(data):
            yield pair
            texts |= {pair.query: None, pair.passage: None}
    yield from acronyms.pairs(texts)
