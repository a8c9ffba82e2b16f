"""The words of names: of certifications and of jobs, of men and of women; and the acronyms that people make of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from index.kinds import bare, kinds
from index.words import STOP, content, fold, stem, surfaces

FEMININE = (
    (re.compile(r"(?<=[a-z]{2})trices?$"), "teur"),
    (re.compile(r"(?<=[a-z]{2})euses?$"), "eur"),
    (re.compile(r"(?<=[a-z]{2})ieres?$"), "ier"),
    (re.compile(r"(?<=[a-z]{3})eres?$"), "er"),
    (re.compile(r"(?<=[a-z]{2})iennes?$"), "ien"),
    (re.compile(r"^cheffes?$"), "chef"),
)
FORMAL = frozenset(
    ("fiche", "nationale", "mention", "mentions", "specialite", "specialites", "option", "options", "parcours")
)
WORD = re.compile(r"\w+")
LATER = re.compile(r"\s*[:(,;/]|\s[-–—]\s|\b(?:options?|parcours|mention|spécialité|specialite)\b", re.IGNORECASE)
SPOKEN = re.compile(r"\(([A-Z][A-Z0-9]{1,7})\)")
CAPITALS = re.compile(r"^[A-Z]{2,5}$")
SHORTEST, LONGEST = 2, 8  # letters of an acronym
DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}[A-Za-z]?")


@lru_cache(maxsize=100_000)
def masculine(word: str) -> str:
    """A folded word as the names of jobs have it for men, which most titles of certifications use."""
    for pattern, ending in FEMININE:
        if pattern.search(word):
            return pattern.sub(ending, word)
    return word


def as_titled(text: str) -> str:
    """A text with its feminine names of jobs in the form that titles use, and "M.C.O." without its points."""
    text = DOTTED.sub(lambda match: match[0].replace(".", ""), text)
    return WORD.sub(lambda match: _kept_case(match[0]), text)


def _kept_case(word: str) -> str:
    folded = fold(word)
    other = masculine(folded)
    return word if other == folded else other


def name_terms(name: str) -> list[str]:
    """The stems of a name, each once, without the words that only say how names are built."""
    return list(dict.fromkeys(stem(masculine(w)) for w in words_of(name) if w not in FORMAL))


@lru_cache(maxsize=100_000)
def words_of(name: str) -> tuple[str, ...]:
    """As `content`, kept: the same title stands on several fiches, and is asked for several times."""
    return tuple(content(name))


@lru_cache(maxsize=100_000)
def acronyms(title: str, kind: str | None) -> frozenset[str]:
    """What people may make of a title, folded: the initials of its words, alone or behind those of its type.

    Words behind a colon, a comma or "option" are left out, as people leave them out; an acronym in the title counts
    with all its letters ("Gestion de la PME": gpme).
    """
    found = {fold(name) for name in SPOKEN.findall(title)}
    behind = SPOKEN.sub("", title)
    type_letters = _initials_of(kind)
    for part in {behind, LATER.split(behind, maxsplit=1)[0]}:
        letters = "".join(_letters(part))
        found |= {letters, type_letters + letters} if letters else set()
    return frozenset(a for a in found if SHORTEST <= len(a) <= LONGEST)


@cache
def _initials_of(kind: str | None) -> str:
    return "".join(w[0] for w in bare(kinds()[kind].name)) if kind in kinds() else ""


def _letters(title: str) -> Iterator[str]:
    """What each word of a title gives to its acronym."""
    shouted = title.isupper()
    whole = set() if shouted else {fold(w) for w in WORD.findall(title) if CAPITALS.match(w)}
    previous = ""
    for word in surfaces(title):
        if word == previous or word in STOP or word in FORMAL or not word[0].isalpha():
            continue
        joined = word.endswith(previous) and 1 < len(previous) < len(word)
        previous = word
        if not joined:
            yield word if word in whole else word[0]
