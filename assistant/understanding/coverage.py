"""How much of a name stands in a question, typing errors allowed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from assistant.understanding.wording import meanings
from index.words import stem

SHORT, LONG = 5, 9  # letters: shorter words must be equal, long ones may have two typing errors


@lru_cache(maxsize=200_000)
def same_word(one: str, other: str) -> bool:
    """True for equal stems, and for long ones that differ by a typing error."""
    if one == other:
        return True
    shorter, longer = sorted((len(one), len(other)))
    if shorter < SHORT or longer - shorter > 2 or not (one.isalpha() and other.isalpha()):
        return False
    allowed = 2 if longer >= LONG else 1
    return DamerauLevenshtein.distance(one, other, score_cutoff=allowed) <= allowed


def stands_for(word: str, stems: Collection[str]) -> bool:
    """True where a word of a question, or what it means in French, is among some stems."""
    own = stem(word)
    return any(same_word(own, s) for s in stems) or any(m in stems for m in meanings(word))


def found(wanted: Sequence[str], words: Collection[str]) -> list[str]:
    """Those of the wanted stems that stand among the words."""
    return [w for w in wanted if w in words or any(same_word(w, other) for other in words)]


def coverage(wanted: Sequence[str], words: Collection[str]) -> float:
    """The share of the wanted stems that stand among the words, in [0, 1]; 0 where none is wanted."""
    distinct = list(dict.fromkeys(wanted))
    return len(found(distinct, words)) / len(distinct) if distinct else 0.0
