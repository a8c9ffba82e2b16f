"""By what the certifications of a library are called, in tables: a question looks up its words, not 30,000 titles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.searching.names import acronyms
from assistant.understanding.coverage import LONG, SHORT
from index.cards import Card
from index.kinds import kinds
from index.words import fold, terms

ACRONYM = re.compile(r"\(([A-Z][A-Z0-9&-]{2,})\)")
LEGAL_FORMS = frozenset({"sas", "sa", "sarl", "sasu", "eurl", "cci", "cfa", "cnam", "scop", "the", "and", "les", "des"})
REMEMBERED = 2000  # words of questions whose like among the titles are kept


class Names:
    """Codes, title stems, acronyms, issuers of some certifications; all answers are positions among them, in order."""

    def __init__(self, cards: Sequence[Card]) -> None:
        titles = [tuple(dict.fromkeys(terms(c.title))) for c in cards]
        self.sizes = np.array([len(title) for title in titles], dtype=np.int64)
        self._numbers = _inverted((re.sub(r"\D", "", c.code),) if c.code else () for c in cards)
        self._acronyms = _inverted({fold(a) for a in ACRONYM.findall(c.title)} for c in cards)
        self._issuers = _inverted(issuer_names(c) for c in cards)
        self._stems = {stem: np.array(rows) for stem, rows in _inverted(titles).items()}
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for stem in self._stems:
            if len(stem) >= SHORT and stem.isalpha():
                self._by_length[len(stem)].append(stem)
        self._alike: dict[str, frozenset[str]] = {}
        self._kinds = _inverted(kinds()[c.kind].keys if c.kind in kinds() else () for c in cards)
        self._initials = _inverted(acronyms(c.title, c.kind) if c.kind else () for c in cards)

    def numbered(self, digits: str) -> Sequence[int]:
        """Those whose code has these digits."""
        return self._numbers.get(digits, ())

    def called(self, words: Collection[str]) -> list[int]:
        """Those whose title gives one of these folded words as an acronym in brackets."""
        return sorted({row for word in words for row in self._acronyms.get(word, ())})

    def issued(self, words: Collection[str]) -> list[int]:
        """Those with an issuer's name among these folded words, an elided article before it or not."""
        names = {*words, *(w[1:] for w in words if w[:1] in ("l", "d"))}
        return sorted({row for name in names for row in self._issuers.get(name, ())})

    def of_kind(self, key: str) -> Sequence[int]:
        """Those of a type of diploma, or of one that belongs to it."""
        return self._kinds.get(key, ())

    def abbreviated(self, word: str) -> Sequence[int]:
        """Those of a known type of diploma of whose title people may make this folded acronym."""
        return self._initials.get(word, ())

    def shares(self, stems: Iterable[str]) -> np.ndarray:
        """The share of each title's stems that stand among some stems, typing errors allowed, as `coverage` has it."""
        counts = np.zeros(len(self.sizes), dtype=np.int64)
        for stem in frozenset().union(*map(self._like, set(stems))):
            counts[self._stems[stem]] += 1
        return counts / np.maximum(self.sizes, 1)

    def any_holds(self, wanted: Sequence[str]) -> bool:
        """True where one title has all the wanted stems, typing errors allowed; False where none is wanted."""
        held = np.full(len(self.sizes), bool(wanted))
        for word in wanted:
            having = np.zeros(len(held), dtype=bool)
            for stem in self._like(word):
                having[self._stems[stem]] = True
            held &= having
        return bool(held.any())

    def _like(self, word: str) -> frozenset[str]:
        """The stems of titles that are the same word, as `same_word` has it."""
        if word not in self._alike:
            if len(self._alike) >= REMEMBERED:
                self._alike.clear()
            self._alike[word] = frozenset(self._similar(word))
        return self._alike[word]

    def _similar(self, word: str) -> Iterable[str]:
        if word in self._stems:
            yield word
        if len(word) < SHORT or not word.isalpha():
            return
        for length in range(len(word) - 2, len(word) + 3):
            allowed = 2 if max(length, len(word)) >= LONG else 1
            near = process.extract(
                word,
                self._by_length.get(length, ()),
                scorer=DamerauLevenshtein.distance,
                score_cutoff=allowed,
                limit=None,
            )
            yield from (stem for stem, _, _ in near)


def issuer_names(card: Card) -> tuple[str, ...]:
    names: list[str] = []
    for issuer in card.issuers:
        names += ACRONYM.findall(issuer)
        upper = re.findall(r"(?<![\w'’])[A-Z][A-Z0-9&-]{2,}(?![\w'’])", issuer)
        if len(upper) <= 2:  # a name wholly in capitals has no telling acronym
            names += upper
        if len(issuer.split()) == 1:
            names.append(issuer)
    return tuple(n for n in dict.fromkeys(fold(n) for n in (*names, *card.sites)) if n not in LEGAL_FORMS)


def _inverted(rows: Iterable[Iterable[Hashable]]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for row, keys in enumerate(rows):
        for key in dict.fromkeys(keys):
            found[key].append(row)
    return dict(found)
