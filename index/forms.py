"""In which form a passage is indexed: its words with its ancestors', never what is quoted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache

from corpus.passages import Passage
from corpus.referential import Facet
from index.words import content

ASIDE = 0.8  # how a block is assessed is told in much the same words for every block


def prior(passage: Passage) -> float:
    """What a passage's scores are multiplied by: how much its finding tells of where it stands, in (0, 1]."""
    return ASIDE if passage.block is not None and passage.facet is Facet.ASSESSMENT else 1.0


def meaning(passage: Passage) -> str:
    """The text that the encoder reads: the innermost ancestor first says where we are, then the passage."""
    return " : ".join((*passage.ancestors[-1:], passage.text))


def meaning_key(passage: Passage) -> bytes:
    """What identifies the text that the encoder reads: SHA-256."""
    return hashlib.sha256(meaning(passage).encode()).digest()


def short(key: bytes) -> int:
    """64 bits of a `meaning_key`, signed: that two of ten million texts share them has a chance of 3 in a million."""
    return int.from_bytes(key[:8], "little", signed=True)


def meanings(passages: Iterable[Passage]) -> dict[bytes, str]:
    """The texts that the encoder reads of some passages, each once, by their keys."""
    return {meaning_key(p): meaning(p) for p in passages}


@lru_cache(maxsize=50_000)
def ancestor_words(ancestor: str) -> tuple[str, ...]:
    """The folded words of a title above many passages."""
    return tuple(content(ancestor))
