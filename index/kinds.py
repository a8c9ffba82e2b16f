"""Types of diploma: how a source's label, a title or a query names them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from index.words import STOP, fold, surfaces

FILE = Path(__file__).with_name("kinds.toml")
CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
WORD = re.compile(r"[^\W_]+")
ALIKE = frozenset({"but"})  # abbreviations that are small words too
SHOUTED = frozenset({"but", "de", "vise"})  # words that mean a diploma in capitals only
BRIEF = 2  # letters of a name that counts behind an article only: "un BP", not "MS Project"
ARTICLES = frozenset({"un", "une", "le", "la", "les", "du", "des", "au", "en", "mon", "ce", "a", "the", "my", "l", "d"})
LONGEST = 14  # words of the longest name


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of diploma.

    Attributes:
        key: how filters name it ("BTS", "LP").
        short: how people read it in a list.
        broader: the key of the family it belongs to as well, empty where there is none.
        schools: True where schools give it in their own name, which people then say behind it ("bachelor ESGI").
    """

    key: str
    name: str
    short: str
    broader: str = ""
    schools: bool = False

    @property
    def keys(self) -> frozenset[str]:
        """Its own key and its family's."""
        return frozenset((self.key, self.broader)) if self.broader else frozenset((self.key,))


Words = tuple[str, ...]


@cache
def kinds() -> MappingProxyType[str, Kind]:
    """By key; index/kinds.toml."""
    return MappingProxyType(
        {
            key: Kind(key, row["name"], row.get("short", key), row.get("broader", ""), row.get("schools", False))
            for key, row in _rows().items()
        }
    )


@cache
def _rows() -> dict[str, dict]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def _names() -> MappingProxyType[Words, str]:
    """The key of each name, by the name's telling words."""
    found: dict[Words, str] = {}
    for key, row in _rows().items():
        for name in (key, row["name"], row.get("short", key), *row.get("also", ())):
            found[bare(name)] = key
    found.pop((), None)  # "DE" is a small word too
    return MappingProxyType(found)


@cache
def _said() -> MappingProxyType[Words, str]:
    """The same with what people say for a type, which no label or title means by it."""
    loose = {bare(name): key for key, row in _rows().items() for name in row.get("said", ())}
    return MappingProxyType({**_names(), **loose, ("de",): "DE"})


def bare(text: str) -> Words:
    """The folded words of a text that are no small words; "BUT" is none in capitals or as the first word."""
    words = tuple(surfaces(text))
    named = {w.lower() for w in CAPITALS.findall(text)} | set(words[:1])
    return tuple(w for w in words if w not in STOP or (w in named and w in ALIKE))


def kind_named(label: str) -> Kind | None:
    """The type that a whole label names."""
    key = _names().get(bare(label))
    return kinds()[key] if key else None


def kind_at(words: Words, first: int) -> tuple[Kind, int] | None:
    """The type with the longest name that begins at a word, and how many words its name has."""
    return _longest(_names(), words, first)


def _longest(names: MappingProxyType[Words, str], words: Words, first: int) -> tuple[Kind, int] | None:
    for length in range(min(LONGEST, len(words) - first), 0, -1):
        key = names.get(words[first : first + length])
        if key:
            return kinds()[key], length
    return None


def kinds_said(text: str) -> Iterator[tuple[Kind, int, int]]:
    """The types that a question speaks of, in order, each with the places in the text where its name begins and ends.

    "BUT" and "DE" count in capitals only, and not where all is in capitals.
    """
    mixed = not text.isupper()
    told = [m for m in WORD.finditer(text) if fold(m[0]) not in STOP | SHOUTED or (mixed and m[0].isupper())]
    words = tuple(fold(m[0]) for m in told)
    at = 0
    while at < len(words):
        kind, length = _longest(_said(), words, at) or (None, 1)
        first, last = told[at].start(), told[at + length - 1].end()
        at += length
        if kind and (last - first > BRIEF or _article_before(text, first)):
            yield kind, first, last


def _article_before(text: str, place: int) -> bool:
    before = WORD.findall(text[:place])
    return bool(before) and fold(before[-1]) in ARTICLES


def kind_of(label: str | None, title: str) -> Kind | None:
    """The type of a certification: what its source's label says, else what its title begins with."""
    found = kind_named(label) if label else None
    if found is None:
        begun = kind_at(bare(title), 0)
        found = begun[0] if begun else None
    return found
