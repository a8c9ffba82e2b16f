"""Query words that the index does not know, brought back to words that it does: misprints, sounds, short spellings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4  # letters: shorter words have too many neighbours
LONG = 7  # letters from which two slips are forgiven, one below
SOUND = 0.5  # what equal sound counts as, in slips
FEW_VOWELS = 0.3  # share of vowels at or below which a word is read as its consonants alone ("dvlp")
CLUSTER = 4  # consonants that must be left for that

SOUNDS = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"ph", "f"),
        (r"sch|sh|ch", "1"),
        (r"th", "t"),
        (r"(?<=[aeiou])s(?=[aeiouy])", "z"),
        (r"t(?=ion)", "s"),
        (r"qu|q|ck|c(?![eiy1])|k", "k"),
        (r"c", "s"),
        (r"gu(?=[eiy])", "g"),
        (r"ge(?=[ao])", "j"),
        (r"g(?=[eiy])", "j"),
        (r"h", ""),
        (r"(.)\1+", r"\1"),
        (r"(?:er|ez|et|ee)$", "e"),
        (r"(?<=..)[tdpsxz]+$", ""),
        (r"(?<=..)e$", ""),
        (r"eau|au", "o"),
        (r"oeu|eu|oe", "e"),
        (r"(?:ain|ein|in|im|yn|ym)(?![aeiouy])", "2"),
        (r"(?:an|en|am|em)(?![aeiouy])", "3"),
        (r"(?:on|om)(?![aeiouy])", "4"),
        (r"ai|ei", "e"),
        (r"y", "i"),
        (r"w", "v"),
        (r"(.)\1+", r"\1"),
    )
)


def sound(word: str) -> str:
    """A folded word as it is heard in French, roughly: words that sound alike give the same key."""
    for pattern, by in SOUNDS:
        word = pattern.sub(by, word)
    return word


def skeleton(word: str) -> str:
    """The consonants of a folded word, doubled ones once."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy]", "", word))


class Speller:
    """Finds the words of an index that a misspelt word may stand for."""

    def __init__(self, known: Iterable[str]) -> None:
        self.known = tuple(sorted(known))

    def near(self, word: str) -> dict[str, float]:
        """The nearest known words, surest first, each with how sure it is in (0, 1); empty where none is near.

        Args:
            word: folded, and not itself known.
        """
        if len(word) < SHORTEST or not word.isalpha():
            return {}
        slips = dict.fromkeys(self._by_sound.get(sound(word), ()), SOUND)
        if self._spells_consonants(word):
            slips |= dict.fromkeys(self._by_skeleton.get(skeleton(word), ()), SOUND)
        allowed = 2 if len(word) >= LONG else 1
        written = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=allowed, limit=8)
        for other, distance, _ in written:
            if other[0] == word[0] or sound(other)[:1] == sound(word)[:1]:
                slips[other] = min(distance, slips.get(other, distance))
        best = min(slips.values(), default=0.0)
        sure = {w: 1 - slip / max(len(word), len(w)) for w, slip in slips.items() if slip <= best}
        return dict(sorted(sure.items(), key=lambda item: -item[1]))

    @cached_property
    def _words(self) -> list[str]:
        return [w for w in self.known if w.isalpha() and len(w) >= SHORTEST]

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        return _keyed(self._words, sound)

    @cached_property
    def _by_skeleton(self) -> dict[str, list[str]]:
        return _keyed(self._words, skeleton)

    def _spells_consonants(self, word: str) -> bool:
        vowels = sum(letter in "aeiouy" for letter in word)
        return vowels / len(word) <= FEW_VOWELS and len(skeleton(word)) >= CLUSTER


def _keyed(words: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        found[key(word)].append(word)
    return found
