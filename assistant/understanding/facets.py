"""Which side of a certification a question is about: by words that give it away, and by meaning."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from rapidfuzz.distance import DamerauLevenshtein

from assistant.answer import Lang
from corpus.referential import Facet
from index.contract import Encoder
from index.words import stem, surfaces

TABLE = tomllib.loads(Path(__file__).with_name("facets.toml").read_text(encoding="utf-8"))
MEANING = 0.6  # what full likeness to an example counts, against 1 for a cue of one word
FORMS = 2  # edits between two forms of a word
LONG = 10  # letters of one that may have two errors behind its first three letters
LONG_CUE = 6  # letters of a cue's word that may be misspelt
WEAK = 0.6  # what a weak cue counts
SPECIFIC = 0.2  # what a cue of several words adds for a topic outside: "le nom du président" of a jury
GAP = 1  # words that may stand among those of a cue
KNOWN = 4096  # words of questions whose cues are kept
ALIKE = 0.35  # cosine below which an example says nothing


@dataclass(frozen=True, slots=True)
class Topic:
    """A facet of a referential, or a topic that no referential deals with.

    Attributes:
        facet: None for a topic outside.
        label: how to name a topic outside, in either language.
        cues: each a sequence of words, stop words included ("jusqu'à quand").
        weak: those of them that often serve to say where rather than what ("dans le bloc 2").
    """

    name: str
    facet: Facet | None
    label: dict[str, str]
    cues: tuple[tuple[str, ...], ...]
    weak: frozenset[tuple[str, ...]]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A topic seen in a question, with its weight (1 for one telling word) and the stems that told."""

    topic: Topic
    weight: float
    words: frozenset[str]


def alike(cue: str, word: str) -> bool:
    """True for two forms of a word (délivre, délivrée) and for typing errors of a long one.

    A common stem is not enough: Snowball gives one to "certifiés", "certificateur" and "certification".
    """
    if cue == word:
        return True
    if stem(cue) == stem(word):
        return DamerauLevenshtein.distance(cue, word, score_cutoff=FORMS) <= FORMS
    allowed = 2 if len(cue) >= LONG and cue[:3] == word[:3] else 1
    return len(cue) >= LONG_CUE and DamerauLevenshtein.distance(cue, word, score_cutoff=allowed) <= allowed


def _topics() -> tuple[Topic, ...]:
    found = []
    for kind, table in TABLE.items():
        for name, entry in table.items():
            facet = Facet(name) if kind == "facet" else None
            label = {"fr": entry.get("label_fr", ""), "en": entry.get("label_en", "")}
            weak = frozenset(tuple(surfaces(c)) for c in entry.get("weak", ()))
            cues = (*(tuple(surfaces(c)) for c in entry["cues"]), *weak)
            found.append(Topic(name, facet, label, cues, weak, tuple(entry["examples"])))
    return tuple(found)


class Topics:
    """All topics, with the vectors of their examples."""

    def __init__(self, encoder: Encoder) -> None:
        self.all = _topics()
        self._encoder = encoder
        self._cue_words = {c for t in self.all for cue in t.cues for c in cue}
        self._meant = lru_cache(KNOWN)(self._like)  # people use the same words; comparing was a quarter of an answer

    @cached_property
    def _examples(self) -> tuple[np.ndarray, np.ndarray]:
        owners = np.array([i for i, t in enumerate(self.all) for _ in t.examples])
        return owners, self._encoder.encode_queries([e for t in self.all for e in t.examples])

    def _like(self, word: str) -> tuple[str, ...]:
        """The words of cues that a word may be meant for."""
        return tuple(c for c in self._cue_words if alike(c, word))

    def _places(self, words: Sequence[str]) -> dict[str, list[int]]:
        """Where each word of a cue stands."""
        places: dict[str, list[int]] = {c: [] for c in self._cue_words}
        for i, word in enumerate(words):
            for cue in self._meant(word):
                places[cue].append(i)
        return places

    def seen(self, question: str) -> list[Sighting]:
        """The topics of a question, the likeliest first."""
        words = list(surfaces(question))
        owners, vectors = self._examples
        likeness = vectors @ self._encoder.encode_queries([question])[0]
        sightings = []
        places = self._places(words)
        for i, topic in enumerate(self.all):
            weight, used = _cue(topic, words, places)
            meant = float(likeness[owners == i].max(initial=0.0))
            weight += MEANING * max(0.0, meant - ALIKE) / (1 - ALIKE)
            if topic.facet is None and weight > 1.0:
                weight += SPECIFIC
            if weight > 0.05:
                sightings.append(Sighting(topic, weight, used))
        return sorted(sightings, key=lambda s: -s.weight)


def _cue(topic: Topic, words: Sequence[str], places: Mapping[str, list[int]]) -> tuple[float, frozenset[str]]:
    """The weight of the longest cue that the words hold, and every word that some cue used."""
    best, used = 0.0, set[str]()
    for cue in topic.cues:
        run = _run([places[c] for c in cue])
        if run:
            alone = WEAK if cue in topic.weak else 1.0
            best = max(best, alone + 0.5 * (len(cue) - 1))
            used.update(stem(words[p]) for p in run)
    return best, frozenset(used)


def _run(places: Sequence[list[int]]) -> list[int]:
    """Places of a cue's words in their order, with at most GAP other words among them; [] where there are none."""
    if not all(places):
        return []
    for start in places[0]:
        run = [start]
        for later in places[1:]:
            following = next((p for p in later if p > run[-1]), None)
            if following is None or following - start >= len(places) + GAP:
                break
            run.append(following)
        if len(run) == len(places):
            return run
    return []


def label(topic: Topic, lang: Lang) -> str:
    return topic.label[lang] or topic.name
