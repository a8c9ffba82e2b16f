"""The words of a referential's statements, against which the words of a question are held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import DamerauLevenshtein, Prefix
from rapidfuzz.process import cdist

from assistant.statements import Statement
from assistant.understanding.coverage import LONG, SHORT, same_word
from assistant.understanding.wording import NUMBERS, meanings
from index.contract import Encoder, Matrix
from index.spelling import sound
from index.wordlists import glossary, plain, real
from index.words import content, stem, terms

MISSPELT = 0.9  # what a likely typing error of a word counts
NEAR, SAME = 0.45, 0.9  # cosines of two words between which likeness of meaning grows from nothing to
MEANT = 0.8  # what a word of the same meaning, or of the other language, counts
COGNATE = 6  # first letters that a word and its like in the other language share at least
MOST_OF = 0.7  # of the letters of the one in the vocabulary
TOLD = 0.6  # what a word of the glossary's explanation counts, or a translation but for its share
ABOVE = 0.7  # what a word of a title above a statement counts


class StatementWords:
    """The vocabulary of some statements: stems, one spelling of each, its meaning, and where each stands."""

    def __init__(self, statements: Sequence[Statement], encoder: Encoder) -> None:
        spelling: dict[str, str] = {}
        texts = [_stems(s.text, spelling) for s in statements]
        contexts = [_stems(s.context, spelling) for s in statements]
        self._places = {s: i for i, s in enumerate(spelling)}
        self._spellings = tuple(spelling.values())
        self._encoder = encoder
        self._vectors = encoder.encode_passages(list(spelling.values())) if spelling else None
        self._texts = self._ids(texts)
        self._contexts = self._ids(contexts)
        self.counts = np.zeros(len(spelling))
        for own, above in zip(texts, contexts, strict=True):
            self.counts[[self._places[s] for s in own | above]] += 1
        self.total = len(statements)

    def _ids(self, rows: Sequence[set[str]]) -> list[NDArray[np.int64]]:
        return [np.array(sorted(self._places[s] for s in row), dtype=np.int64) for row in rows]

    def holds(self, own: str) -> bool:
        """True where a stem stands in the vocabulary, a typing error apart."""
        return own in self._places or any(same_word(own, s) for s in self._places)

    def explains(self, word: str) -> bool:
        """True where the vocabulary holds what the glossary says of a term of one word ("SGBD")."""
        stems = _explained(word)
        return bool(stems) and all(s in self._places for s in stems)

    def likeness(self, words: Sequence[str]) -> Matrix:
        """How far each of the words is each word of the vocabulary, in [0, 1], shape (len(words), vocabulary).

        Equal stems count 1, a typing error of a long word or the same sound a little less, like meaning less again.
        """
        stems = [_key(w) for w in words]
        vocabulary = list(self._places)
        if not words or not vocabulary:
            return np.zeros((len(words), len(vocabulary)), dtype=np.float32)
        cosine = self._encoder.encode_queries(list(words)) @ self._vectors.T
        found = MEANT * np.clip((cosine - NEAR) / (SAME - NEAR), 0.0, 1.0)
        unreal = np.array([not real(w) for w in words])[:, None]  # a word that exists is no misspelling of another
        found = np.maximum(found, MISSPELT * unreal * _misspelt(stems, vocabulary))
        for row, word in enumerate(words):
            if unreal[row] and stems[row] not in self._places:
                alike = self._by_sound.get(sound(word), [])
                found[row, alike] = np.maximum(found[row, alike], MISSPELT)
            if stems[row] not in self._places and not meanings(word):
                found[row] = np.maximum(found[row], TOLD * _cognate(stems[row], vocabulary))
            for other, share in {**_explained(word), **meanings(word), _key(word): 1.0}.items():
                if other in self._places:
                    found[row, self._places[other]] = max(found[row, self._places[other]], min(1.0, TOLD + share))
        return found.astype(np.float32)

    @cached_property
    def _by_sound(self) -> dict[str, list[int]]:
        """The places of the words that are heard alike, longer ones only."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self._spellings):
            if len(word) >= SHORT and word.isalpha():
                found[sound(word)].append(place)
        return dict(found)

    def held(self, likeness: Matrix) -> Matrix:
        """For each word the best likeness that each statement has, titles above it included; (words, statements)."""
        own = _best(likeness, self._texts)
        return np.maximum(own, ABOVE * _best(likeness, self._contexts))


def _stems(text: str, spelling: dict[str, str]) -> set[str]:
    found = set()
    for word in content(text):
        found.add(_key(word))
        spelling.setdefault(_key(word), word)
    return found


def _key(word: str) -> str:
    """What a word is compared by: its stem, or its value in figures where it is a number."""
    return str(NUMBERS[word]) if word in NUMBERS else stem(word)


def _explained(word: str) -> dict[str, float]:
    """The stems by which the glossary explains a term of one word."""
    return {s: 0.0 for wording in glossary().get((plain(word),), ()) for s in terms(wording)}


def _cognate(own: str, vocabulary: Sequence[str]) -> NDArray[np.float64]:
    """1 where a word begins like another over most of its letters ("administered", "administr…"), else 0."""
    shared = cdist([own], vocabulary, scorer=Prefix.similarity)[0]
    return (shared >= np.maximum(COGNATE, MOST_OF * np.array([len(v) for v in vocabulary]))).astype(float)


def _misspelt(stems: Sequence[str], vocabulary: Sequence[str]) -> NDArray[np.float64]:
    """1 where two long words are one or two typing errors apart, else 0."""
    distance = cdist(stems, vocabulary, scorer=DamerauLevenshtein.distance, score_cutoff=2)
    lengths = np.array([len(v) for v in vocabulary])
    own = np.array([len(s) if s.isalpha() else 0 for s in stems])[:, None]
    allowed = np.where(np.maximum(own, lengths) >= LONG, 2, 1)
    return ((distance <= allowed) & (own >= SHORT) & (lengths >= SHORT)).astype(float)


def _best(likeness: Matrix, rows: Sequence[NDArray[np.int64]]) -> Matrix:
    best = np.zeros((likeness.shape[0], len(rows)), dtype=np.float32)
    for column, ids in enumerate(rows):
        if len(ids):
            best[:, column] = likeness[:, ids].max(axis=1)
    return best
