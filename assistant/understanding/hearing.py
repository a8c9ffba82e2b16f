"""Words typed as they sound ("blok", "jurry", "diplaume"), read as the words of asking and of topics that they are.

The key of a sound is the search's own (`index.spelling.sound`), a rough one of some twenty rules for French.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from assistant.understanding.asking import GENERIC
from assistant.understanding.facets import TABLE
from index.spelling import SHORTEST, sound
from index.wordlists import lexicon, real
from index.words import STOP, fold, surfaces

WORD = re.compile(rf"(?<![\w@./-])[^\W\d_]{{{SHORTEST},}}(?![\w@/+#-])")
KNOWN = 10_000  # words of questions of which is kept what they sound like


def mended(text: str) -> str:
    """The text with words that are none put right where they sound like a word of asking or of a topic."""
    return WORD.sub(lambda match: _mended(match[0]), text)


def misheard(text: str) -> str:
    """The text with real words read as the topics that they sound like ("les bloques du titre"): a guess."""
    return WORD.sub(lambda match: _misheard(match[0]), text)


@lru_cache(maxsize=KNOWN)
def _mended(word: str) -> str:
    return word if real(fold(word)) else _nearest(word, _asking())


@lru_cache(maxsize=KNOWN)
def _misheard(word: str) -> str:
    return word if fold(word) in GENERIC | STOP else _nearest(word, _facets())


def _nearest(word: str, by_sound: Mapping[str, Sequence[str]]) -> str:
    """Of the words that sound like one the likest in letters; the word itself where none does or it is one of them."""
    folded = fold(word)
    alike = by_sound.get(sound(folded), ())
    return word if folded in alike else min(alike, key=lambda other: OSA.distance(folded, other), default=word)


@cache
def _asking() -> dict[str, list[str]]:
    """Words of asking and of all topics, and small words, by their sound."""
    return _by_sound((*GENERIC, *STOP, *_cues("facet", "outside")))


@cache
def _facets() -> dict[str, list[str]]:
    """Words of the topics that referentials deal with, by their sound: a guess must not lead to a refusal."""
    return _by_sound(w for w in _cues("facet") if w not in STOP)


def _cues(*kinds: str) -> Iterable[str]:
    entries = (entry for kind in kinds for entry in TABLE[kind].values())
    return {w for entry in entries for cue in (*entry["cues"], *entry.get("weak", ())) for w in surfaces(cue)}


def _by_sound(words: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(set(words)):
        if len(word) >= SHORTEST and word.isalpha() and not _english(word):
            found[sound(word)].append(word)
    return dict(found)


def _english(word: str) -> bool:
    known = lexicon().get(word)
    return known is not None and known.lang == "en"
