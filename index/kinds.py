"""Types of diploma: how a source's label, a title or a query names them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from index.words import STOP, surfaces

FILE = Path(__file__).with_name("kinds.toml")
CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
ALIKE = frozenset({"but"})  # abbreviations that are small words too
LONGEST = 14  # words of the longest name


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of diploma.

    Attributes:
        key: how filters name it ("BTS", "LP").
        short: how people read it in a list.
        broader: the key of the family it belongs to as well, empty where there is none.
    """

    key: str
    name: str
    short: str
    broader: str = ""

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
            key: Kind(key, row["name"], row.get("short", key), row.get("broader", ""))
            for key, row in tomllib.loads(FILE.read_text(encoding="utf-8")).items()
        }
    )


@cache
def _names() -> MappingProxyType[Words, str]:
    """The key of each name, by the name's telling words."""
    found: dict[Words, str] = {}
    for key, row in tomllib.loads(FILE.read_text(encoding="utf-8")).items():
        for name in (key, row["name"], row.get("short", key), *row.get("also", ())):
            found[bare(name)] = key
    found.pop((), None)  # "DE" is a small word too
    return MappingProxyType(found)


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
    for length in range(min(LONGEST, len(words) - first), 0, -1):
        key = _names().get(words[first : first + length])
        if key:
            return kinds()[key], length
    return None


def kind_of(label: str | None, title: str) -> Kind | None:
    """The type of a certification: what its source's label says, else what its title begins with."""
    found = kind_named(label) if label else None
    if found is None:
        begun = kind_at(bare(title), 0)
        found = begun[0] if begun else None
    return found
