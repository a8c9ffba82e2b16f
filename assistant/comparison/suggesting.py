"""Which certifications somebody may mean who has begun to type one's name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from index.cards import Card
from index.words import content, fold

REGISTERS = ("", "rncp", "rs")
SHORTEST = 2  # letters from which anything is suggested


def suggested(cards: Sequence[Card], begun: str, today: date, most: int = 8) -> list[Card]:
    """The cards that have every word, or its beginning, in code, title or source.

    Codes that begin as typed come first, then titles that do, then what is in force, then shorter titles.
    """
    text = fold(begun).strip()
    words = content(begun) or text.split()
    if len(text) < SHORTEST or not words:
        return []
    first, *others = (f" {word}" for word in words)
    code_begun = "".join(text.split())
    found = []
    for card, (code, title, told) in zip(cards, _folded(cards), strict=True):
        by_code = code_begun in code and code.partition(code_begun)[0] in REGISTERS
        if by_code or (first in told and all(other in told for other in others)):
            found.append(((not by_code, not title.startswith(text), card.expired(today), len(title)), card))
    return [card for _, card in sorted(found, key=lambda pair: pair[0])[:most]]


def _folded(cards: Sequence[Card]) -> list[Folded]:
    """Of each card its code, its title, and all by which it is found, each word after a blank; kept for one store."""
    if not _held or _held[0][0] is not cards:
        _held[:] = [(cards, [_fold(card) for card in cards])]
    return _held[0][1]


def _fold(card: Card) -> Folded:
    code, title = fold(card.code or ""), fold(card.title)
    return code, title, " " + " ".join((code, title.replace("'", " ").replace("’", " "), fold(card.source)))


Folded = tuple[str, str, str]
_held: list[tuple[Sequence[Card], list[Folded]]] = []
