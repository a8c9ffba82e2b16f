"""What is known of words beyond the sources themselves: how common they are, translations, jargon."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from index.words import content, english_stem, stem, surfaces

FOLDER = Path(__file__).resolve().parent
VERB = ("e", "ent", "ez", "ons", "ant", "ais", "ait", "ees", "ee", "era")  # endings of the many verbs in -er
SHORT = 3  # letters up to which a final s is not taken for a plural: os, bus


class Common(NamedTuple):
    """How common a word is: its language, and ln(texts / texts that hold it) in a large collection."""

    lang: str
    rarity: float


@cache
def lexicon() -> MappingProxyType[str, Common]:
    """By folded word; index/lexicon.txt, made by training/lexicon.py."""
    rows = (line.split() for line in _lines("lexicon.txt"))
    return MappingProxyType({word: Common(lang, int(rarity) / 10) for word, rarity, lang in rows})


@cache
def translations() -> MappingProxyType[str, dict[str, float]]:
    """French stems with their weights in (0, 1], by English stem; made by training/translations.py."""
    found = {}
    for line in _lines("translations.txt"):
        english, *french = line.split()
        found[english] = {word: int(weight) / 100 for word, weight in (pair.split("=") for pair in french)}
    return MappingProxyType(found)


@cache
def glossary() -> MappingProxyType[tuple[str, ...], tuple[str, ...]]:
    """The wordings that stand for a term, by the term's words in their plain form; index/glossary.toml."""
    tables = tomllib.loads((FOLDER / "glossary.toml").read_text(encoding="utf-8"))
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for field, table in tables.items():
        for term, wordings in table.items():
            for key in _keys(term, french=field != "english"):
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), wordings)))
    return MappingProxyType(found)


@cache
def jargon() -> frozenset[str]:
    """Every word of the glossary's terms, in its plain form."""
    return frozenset(word for key in glossary() for word in key)


def _keys(term: str, french: bool) -> set[tuple[str, ...]]:
    """The forms under which a term is found: stems would mix "responsive" with "responsable".

    The small words of a term count ("sur le tas" is no "tas"), unless two others are left without them.
    """
    words = tuple(plain(w) for w in surfaces(term))
    bare = tuple(plain(w) for w in content(term))
    keys = {words, bare} if len(bare) > 1 else {words}
    if french and len(words) == 1 and words[0].endswith("er"):
        keys |= {(plain(words[0][:-2] + ending),) for ending in VERB}
    return keys


def plain(word: str) -> str:
    """A folded word without its plural."""
    return word[:-1] if len(word) > SHORT and word[-1] in "sx" else word


@cache
def asking() -> frozenset[str]:
    """Folded words that tell that something is asked, not what; index/asking.txt."""
    return frozenset(word for line in _lines("asking.txt") for word in line.split())


@cache
def _known_stems() -> frozenset[str]:
    return frozenset(map(stem, lexicon()))


def real(word: str) -> bool:
    """True for a folded word that the lexicon knows in this or another form."""
    return word in lexicon() or stem(word) in _known_stems()


def rarity(word: str) -> float | None:
    """ln(texts / texts with it) of a folded word, None for a word that the lexicon does not know."""
    known = lexicon().get(word)
    return known.rarity if known else None


def translated(word: str) -> dict[str, float]:
    """The French stems that stand for a folded English word, with their weights; none where it is not known."""
    found: dict[str, float] = {}
    for french, weight in translations().get(english_stem(word), {}).items():
        if french != stem(word):
            found[french] = weight
    return found


def _lines(name: str) -> list[str]:
    return [line for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
