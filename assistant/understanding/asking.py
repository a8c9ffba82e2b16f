"""Words by which people ask: they say nothing of what is looked for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from assistant.understanding.facets import alike
from index.words import surfaces

_LINES = Path(__file__).with_name("asking.txt").read_text(encoding="utf-8").splitlines()
GENERIC = frozenset(w for line in _LINES if not line.startswith("#") for w in surfaces(line))


@lru_cache(maxsize=10_000)
def generic(word: str) -> bool:
    """True for a word by which people ask, in any form or spelling."""
    return any(alike(g, word) for g in GENERIC)
