"""What the words and tools of a line say about the activity behind them, whatever the trade: Zabbix, supervision.

The clues are ours, in `clue_files/*.toml`; they name no certification, and serve the CV and the referential alike.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.matching.fields import shipped
from index.words import fold, stem

FOLDER = Path(__file__).resolve().parent / "clue_files"
WORD = re.compile(r"c\+\+|[cf]#|\.net\b|[mk]€|[a-z0-9]+")
ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu)['’]")
PLURAL = re.compile(r"(?<=[^s])s$|(?<=[ae]u)x$")
# between a term's words
LINKS = frozenset("a au aux d de des du en et l la le les un une the of and in".split())  # noqa: SIM905
BROADER = 0.6  # what a clue is worth for an activity that its own is only a part of
DOUBTFUL = 0.3  # what a word is worth that other trades use with another meaning
TELLING = 9.0  # inverse frequency, in nats, from which a term is taken at its full worth
LEAST = 0.25
SHORT = 3  # letters: dns and aws are no plurals
Terms = Mapping[tuple[str, ...], Mapping[int, float]]


@dataclass(frozen=True, slots=True)
class Clue:
    """An activity that lines hint at.

    Attributes:
        name: its key in the file.
        gloss: the activity in our words.
        fields: fields of ROME in which it is at home; none for what every trade knows.
        broader: names of activities that this one is a part of, or that go with it.
        silent: True where it tells the trade only, and is no activity that could be compared.
    """

    name: str
    gloss: str
    fields: tuple[str, ...]
    broader: tuple[str, ...]
    silent: bool


class Clues:
    """All clues, and the terms that point to them."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.all: tuple[Clue, ...]
        clues: list[Clue] = []
        terms: dict[tuple[str, ...], dict[int, float]] = {}
        for path in sorted(folder.glob("*.toml")):
            for name, body in tomllib.loads(path.read_text("utf-8")).items():
                for words, worth in _terms(body["terms"]):
                    terms.setdefault(words, {})[len(clues)] = worth
                fields, broader = (tuple(body.get(key, "").split()) for key in ("fields", "broader"))
                clues.append(Clue(name, body["gloss"], fields, broader, body.get("silent", False)))
        self.all = tuple(clues)
        self._terms: Terms = terms
        self._longest: dict[str, int] = {}  # by a term's first stem
        for first, *rest in terms:
            self._longest[first] = max(self._longest.get(first, 1), 1 + len(rest))
        place = {clue.name: i for i, clue in enumerate(clues)}
        self._broader = [tuple(place[b] for b in clue.broader) for clue in clues]

    def find(self, text: str) -> dict[int, float]:
        """The clues of a text, by their place in `all`, each with a weight in (0, 1].

        Longest terms first; within them those of several words count too (« chef de projet » in « chef de projet
        MOA »), lone words do not (« conteneurs » in « porte-conteneurs »).
        """
        words = words_of(text)
        stems = [stem(w) for w in words]
        found: dict[int, float] = {}
        covered = 0  # words up to here stand in a term already
        for start, word in enumerate(words):
            for size in range(min(self._longest.get(stems[start], 1), len(words) - start), 0, -1):
                if size == 1 and start < covered:
                    continue
                key = tuple(stems[start : start + size]) if size > 1 else (_singular(word),)
                hints = self._terms.get(key, {})
                for clue, worth in hints.items():
                    found[clue] = max(found.get(clue, 0.0), worth)
                covered = max(covered, start + size) if hints else covered
        return found

    def widened(self, found: Mapping[int, float]) -> dict[int, float]:
        """The activities found, and, at less weight, the broader ones that they are a part of."""
        wide = self.activities(found)
        for clue, weight in found.items():
            for broader in self._broader[clue]:
                wide[broader] = max(wide.get(broader, 0.0), weight * BROADER)
        return wide

    def activities(self, found: Mapping[int, float]) -> dict[int, float]:
        """The clues found that are activities."""
        return {clue: weight for clue, weight in found.items() if not self.all[clue].silent}

    def homes(self, found: Mapping[int, float]) -> list[tuple[tuple[str, ...], float]]:
        """For each clue found the fields in which it is at home, and its weight."""
        return [(self.all[clue].fields, weight) for clue, weight in found.items()]

    def names(self, found: Mapping[int, float]) -> tuple[str, ...]:
        """The names of clues found, heaviest first: what an advisor may be told."""
        return tuple(self.all[i].name for i in sorted(found, key=lambda i: -found[i]))


def words_of(text: str) -> list[str]:
    """The folded words of a text in order, without articles and links; signs of c++, c#, .net kept."""
    return [w for w in WORD.findall(ELISION.sub(" ", fold(text))) if w not in LINKS]


def _key(words: list[str]) -> tuple[str, ...]:
    """Under what a term is looked up: several words as stems, one as its singular (stems take paiement for paie)."""
    return (_singular(words[0]),) if len(words) == 1 else tuple(stem(w) for w in words)


def _singular(word: str) -> str:
    return PLURAL.sub("", word) if len(word) > SHORT else word


def _terms(listed: str) -> Iterator[tuple[tuple[str, ...], float]]:
    """Each term's key and worth: less for what is marked doubtful, or is common in every trade."""
    for term in listed.split(","):
        words = words_of(term.rstrip("? "))
        if words:
            telling = sum(shipped().weight(stem(w)) for w in words) / TELLING
            worth = max(LEAST, min(1.0, telling))
            yield _key(words), worth * DOUBTFUL if term.rstrip().endswith("?") else worth


@cache
def shipped_clues() -> Clues:
    """The clues that ship, read once a process."""
    return Clues()
