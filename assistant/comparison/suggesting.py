"""Which certifications somebody may mean who has begun to type one's name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from index.cards import Card
from index.words import content, fold

SHORTEST = 2  # letters from which anything is suggested


def suggested(cards: Sequence[Card], begun: str, today: date, most: int = 8) -> list[Card]:
    """The cards that have every word, or its beginning, in code, title or source.

    Codes that begin as typed come first, then titles that do, then what is in force, then shorter titles.
    """
    text = fold(begun).strip()
    words = content(begun) or text.split()
    if len(text) < SHORTEST or not words:
        return []
    code_begun = "".join(text.split())
    found = []
    for card in cards:
        code, title, told = _folded(card)
        by_code = bool(code) and (code.startswith(code_begun) or code.lstrip("rncps").startswith(code_begun))
        if by_code or all(f" {word}" in told for word in words):
            found.append(((not by_code, not title.startswith(text), card.expired(today), len(title)), card))
    return [card for _, card in sorted(found, key=lambda pair: pair[0])[:most]]


@lru_cache(maxsize=40_000)
def _folded(card: Card) -> tuple[str, str, str]:
    """Code, title, and all by which a card is found, each word after a blank."""
    code, title = fold(card.code or ""), fold(card.title)
    return code, title, " " + " ".join((code, title.replace("'", " ").replace("’", " "), fold(card.source)))
