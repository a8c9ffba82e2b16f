"""Short forms that the texts themselves explain: "gestion de la relation client (GRC)"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from training.pair import Pair

EXPLAINED = re.compile(r"\(([A-Z][A-Za-z&/]{1,7})\)")
WORDS_BEFORE = re.compile(r"(?:[\w’'-]+ ){1,9}$")
EXPLAINS = re.compile(r"\b([A-Z][A-Z&/]{1,7}) \(((?:[\w’'-]+ ?){2,9})\)")


def _initials(words: list[str]) -> str:
    folded = unicodedata.normalize("NFD", " ".join(words)).lower()
    return "".join(w[0] for w in re.split(r"[^a-z]+", folded.replace("\u0301", "").replace("\u0300", "")) if w)


def expansion(words: list[str], short: str) -> str | None:
    """The last words that spell a short form by their first letters, words between them skipped; None if none do."""
    wanted = re.sub(r"[^a-z]", "", short.lower())
    for start in range(len(words) - 1, -1, -1):
        initials = _initials(words[start:])
        letters = iter(initials)
        if initials[:1] == wanted[:1] and all(letter in letters for letter in wanted):
            return " ".join(words[start:])
    return None


def _candidates(text: str) -> Iterator[tuple[str, str]]:
    """Short forms in brackets with the words before them, and short forms with words in brackets."""
    if "(" not in text:
        return
    for m in EXPLAINED.finditer(text):
        if before := WORDS_BEFORE.search(text[max(0, m.start() - 100) : m.start()]):
            yield m[1], before[0]
    yield from ((m[1], m[2]) for m in EXPLAINS.finditer(text))


def pairs(texts: Iterable[str]) -> Iterator[Pair]:
    """A pair for each short form and each way in which the texts spell it out."""
    seen = set()
    for text in texts:
        for short, words in _candidates(text):
            if (whole := expansion(words.split(), short)) and len(whole) > len(short) + 4:
                key = (short, whole.lower())
                if key not in seen:
                    seen.add(key)
                    yield Pair(short, whole, f"acronym:{short}", "acronym", 3.0)
