"""Which statements answer a question, and how well they are supported by its words and its meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.knowledge import Knowledge
from assistant.statements import Statement
from assistant.understanding.query import Query
from assistant.understanding.wording import dates, measures, proper_names, years
from corpus.referential import Facet, Referential
from index.contract import Matrix
from index.query import importance
from index.words import content, fold

WORDS, MEANING, FACET, ANCHOR, KIND = 0.7, 0.45, 0.35, 0.4, 0.15  # weights of the five clues, checked by benchmarks
NAMES = (Facet.TITLE, Facet.CODE)  # they hold the words of every question that names a certification
ELSEWHERE = 0.3  # off for names not asked for, and for what is said of the whole where a block was asked for
NAMELESS = 0.4  # off for what leaves out a name that the question looks for and others hold
STANDS = 0.85  # likeness from which a word of the question counts as standing in the vocabulary
COMMON = 2  # statements in which every word is taken to stand, so that no rare word decides alone
SURE = 1.5  # weight of a topic beyond which it is no surer
TOLD = 0.3  # what a word that told the topic adds, against a word looked for
RELATED: dict[Facet, dict[Facet, float]] = {  # how far one facet's statements answer for another
    Facet.ASSESSMENT: {Facet.CRITERIA: 0.4, Facet.COMPONENTS: 0.2},
    Facet.CRITERIA: {Facet.ASSESSMENT: 0.4},
    Facet.COMPETENCES: {Facet.ACTIVITIES: 0.5, Facet.TRANSVERSAL: 0.4, Facet.ASSESSMENT: 0.3},
    Facet.ACTIVITIES: {Facet.COMPETENCES: 0.5},
    Facet.ADDRESS: {Facet.PREPARERS: 0.9, Facet.CONTACT: 0.4},
    Facet.PREPARERS: {Facet.ADDRESS: 0.6},
    Facet.CONTACT: {Facet.WEBSITE: 0.5, Facet.ADDRESS: 0.3},
    Facet.WEBSITE: {Facet.LINKS: 0.6, Facet.CONTACT: 0.5},
    Facet.ISSUER: {Facet.SIRET: 0.4},
    Facet.SIRET: {Facet.ISSUER: 0.4},
    Facet.VALIDITY: {Facet.LEGAL: 0.6},
    Facet.LEGAL: {Facet.VALIDITY: 0.5},
    Facet.HISTORY: {Facet.LEGAL: 0.5, Facet.TITLE: 0.3},
    Facet.TITLE: {Facet.HISTORY: 0.6, Facet.LEGAL: 0.4},
    Facet.ACCESS: {Facet.PREREQUISITES: 0.5, Facet.JURY: 0.2, Facet.COMPONENTS: 0.3},
    Facet.PREREQUISITES: {Facet.ACCESS: 0.5},
    Facet.TRANSVERSAL: {Facet.PREREQUISITES: 0.4},
    Facet.JOBS: {Facet.SECTORS: 0.4, Facet.ROME: 0.3},
    Facet.SECTORS: {Facet.JOBS: 0.3},
    Facet.BLOCKS: {Facet.COMPETENCES: 0.3, Facet.COMPONENTS: 0.3},
    Facet.LEVEL: {Facet.PREREQUISITES: 0.2},
    Facet.OBJECTIVES: {Facet.OTHER: 0.3},
}
WHEN = re.compile(r"(?<![a-z])(?:quand|jusqu a quand|jusqu'a quand|date|when|until|annee|year)(?![a-z])")
DATED = re.compile(r"(?:19|20)\d\d")
TIME_UNITS = frozenset({"minute", "hour", "day", "week", "month", "year"})
LASTING = re.compile(
    r"(?<![a-z])(?:duree|dure|longtemps|duration|how long|how much time|(?:combien (?:de |d['’] ?)|how many )"
    r"(?:temps|minutes?|heures?|hours?|jours?|days?|semaines?|weeks?|mois|months?))(?![a-z])"
)
SPAN = re.compile(r"illimit|permanen|(?<![a-z])(?:journee|matinee|apres-midi|semestre|trimestre|semester|lifetime)")
NUMBER = re.compile(r"\d|(?<![a-z])(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|illimite)")


@dataclass(frozen=True, slots=True)
class Scored:
    """A statement with how well it answers.

    Attributes:
        covered: share of what the question looks for that its words hold, weighted by rarity, in [0, 1].
        cosine: likeness of meaning, in [-1, 1].
        anchored: share of the question's dates, years and quantities that it has, in [0, 1].
    """

    referential: Referential
    statement: Statement
    score: float
    covered: float
    cosine: float
    anchored: float


def rank(query: Query, referentials: Iterable[Referential], knowledge: Knowledge) -> list[Scored]:
    """All statements of the referentials that the question may be about, best first."""
    scope = tuple(referentials)
    lacking = _lacking_names(query, scope, knowledge)
    found: list[Scored] = []
    for referential, lacks in zip(scope, lacking, strict=True):
        found += _of(_without_facet(query, referential, knowledge), referential, lacks, knowledge)
    return sorted(found, key=lambda s: -s.score)


def _lacking_names(query: Query, scope: Sequence[Referential], knowledge: Knowledge) -> list[NDArray[np.bool_]]:
    """For each referential whether its statements leave out the names of the question ("Merise") that some hold."""
    names = [w for n in proper_names(query.text) for w in content(n) if w in query.looked_for]
    if not names:
        return [np.zeros(len(knowledge.statements(r)), dtype=bool) for r in scope]
    words = [knowledge.words(r) for r in scope]
    held = [w.held(w.likeness(names)) >= STANDS for w in words]
    somewhere = np.array([any(h[i].any() for h in held) for i in range(len(names))], dtype=bool)
    return [~h[somewhere].all(axis=0) for h in held]


def _without_facet(query: Query, referential: Referential, knowledge: Knowledge) -> Query:
    """The query where a referential says nothing under its facets: the words that told them are then looked for."""
    said = {s.facet for s in knowledge.statements(referential)}
    if not query.sure_facets or said.intersection(query.sure_facets):
        return query
    return replace(query, looked_for=(*query.looked_for, *query.telling), telling=())


def _of(
    query: Query, referential: Referential, lacks: NDArray[np.bool_], knowledge: Knowledge
) -> Iterable[Scored]:
    vector = knowledge.encoder.encode_queries([" ".join(query.looked_for) or query.text, query.text])
    cosines = (knowledge.vectors(referential) @ vector.T).max(axis=1)
    coverages = covered(query, referential, knowledge)
    anchors, kind = anchors_of(query.text), Kind(query)
    for i, statement in enumerate(knowledge.statements(referential)):
        if query.block and statement.block not in (query.block.number, None):
            continue
        facet, cosine, share = _facet(query, statement), float(cosines[i]), float(coverages[i])
        score = WORDS * share + MEANING * max(0.0, cosine) + FACET * facet
        pinned = _anchored(anchors, statement)
        score += ANCHOR * pinned + KIND * kind.share(statement)
        if (query.block and statement.block is None) or (statement.facet in NAMES and facet < SURE / 2):
            score -= ELSEWHERE
        if lacks[i]:
            score -= NAMELESS
        yield Scored(referential, statement, score, share, cosine, pinned)


def covered(query: Query, referential: Referential, knowledge: Knowledge) -> Matrix:
    """The share of what the question looks for that each statement holds, weighted by rarity; shape (statements,).

    Words that told the topic add to it but are not required.
    """
    words = knowledge.words(referential)
    looked_for, telling = query.looked_for, query.telling
    likeness = words.likeness([*looked_for, *telling])
    held = words.held(likeness)
    known = (likeness > STANDS) @ words.counts if likeness.size else np.zeros(len(likeness))
    telling_more = np.array([importance(w) for w in [*looked_for, *telling]])
    rarity = telling_more * np.log(1 + words.total / (1 + np.maximum(known, COMMON)))
    needed = len(looked_for)
    whole = rarity[:needed].sum()
    told = TOLD * (rarity[needed:, None] * held[needed:]).sum(axis=0)
    if not needed:
        return np.minimum(1.0, told / max(1e-6, rarity.sum()))
    return np.minimum(1.0, ((rarity[:needed, None] * held[:needed]).sum(axis=0) + told) / whole)


def _facet(query: Query, statement: Statement) -> float:
    """How likely the question is about the statement's facet, in [0, SURE]."""
    best = 0.0
    for facet, weight in query.facets.items():
        share = 1.0 if facet is statement.facet else RELATED.get(facet, {}).get(statement.facet, 0.0)
        best = max(best, min(SURE, weight) * share)
    return best


def anchors_of(text: str) -> frozenset[object]:
    """What a question pins down: full dates, years outside them, quantities with a unit."""
    full = frozenset(dates(text))
    spare = {y for y in years(text) if not any(d.year == y for d in full)}
    return full | spare | frozenset(measures(text))


def _anchored(anchors: frozenset[object], statement: Statement) -> float:
    """The share of the question's anchors that the statement has."""
    if not anchors:
        return 0.0
    text = f"{statement.context} {statement.text}"
    held = set(dates(text)) | set(years(text)) | {d.year for d in dates(text)} | set(measures(text))
    return len(anchors & held) / len(anchors)


def asks_how_long(query: Query) -> bool:
    return LASTING.search(fold(query.text)) is not None


def lasts(statement: Statement) -> bool:
    """True where a statement names a length of time, or says that it has no end."""
    return SPAN.search(fold(statement.text)) is not None or any(u in TIME_UNITS for _, u in measures(statement.text))


class Kind:
    """The kind of value that a question asks for: a duration, a number of something, a date, or none of these."""

    def __init__(self, query: Query) -> None:
        asked = fold(query.text)
        self._counts = query.counts
        self._lasting, self._when = asks_how_long(query), bool(WHEN.search(asked))

    def share(self, statement: Statement) -> float:
        """How far a statement has the kind of value, in [0, 1]."""
        if self._lasting:
            return 1.0 if lasts(statement) else 0.0
        if self._counts:
            text = fold(f" {statement.text} {statement.context}")
            return (1.0 if f" {self._counts}" in text else 0.4) if NUMBER.search(text) else 0.0
        return 1.0 if self._when and DATED.search(statement.text) else 0.0
