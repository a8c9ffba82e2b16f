"""In which form a passage is indexed: its words with its ancestors', never what is quoted."""

from __future__ import annotations

import hashlib

from corpus.passages import Passage
from index.words import terms


def meaning(passage: Passage) -> str:
    """The text that the encoder reads: the innermost ancestor first says where we are, then the passage."""
    return " : ".join((*passage.ancestors[-1:], passage.text))


def meaning_key(passage: Passage) -> bytes:
    """What identifies the text that the encoder reads: SHA-256."""
    return hashlib.sha256(meaning(passage).encode()).digest()


def own_terms(passage: Passage) -> list[str]:
    return terms(passage.text)


def ancestor_terms(passage: Passage) -> list[str]:
    return terms(" ; ".join(passage.ancestors))
