"""How well each certification answers what is asked: by its title, its acronym, its jobs, its type, its passages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.searching.directory import Directory
from assistant.searching.names import FORMAL, LONGEST, SHORTEST, as_titled, masculine
from index.filters import NONE
from index.kinds import Kind, bare, kind_at
from index.query import Query, importance, understand
from index.wordlists import real
from index.words import stem, terms

Scores = NDArray[np.float32]
JOBS = 30  # nearest to a query that are looked at
CAPITALS = 2  # letters from which a word in capitals may be an acronym


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts, each being 1 at its best.

    Attributes:
        title: of the words of the title.
        acronym: whether a word of the query may be its acronym.
        job: how nearly the query names a job that it lists, to the power of `sharpness`: half a name is another job.
        kind: of the type of diploma that the query names; another type costs `other`.
        passages: of its best passage, where the query names nothing; the less, the better it names something.
        active: of being in force.
        query, name: what words cost that stand only in the query, or only in the title.
        job_query, job_name: the same for the titles of jobs.
    """

    title: float = 1.0
    acronym: float = 0.9
    job: float = 2.5
    sharpness: float = 3.0
    kind: float = 0.5
    other: float = 0.2
    passages: float = 0.8
    active: float = 0.25
    query: float = 1.0
    name: float = 0.45
    job_query: float = 0.6
    job_name: float = 0.6


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query says of the certification that it looks for.

    Attributes:
        text: what the encoder reads, without the type of diploma.
        weights: for each stem what a match counts, in (0, 1].
        words: the folded words of its own, each once.
        kind: the type of diploma that it names.
        short: the words that may be acronyms, folded, those in capitals first.
    """

    text: str
    weights: dict[str, float]
    words: tuple[str, ...]
    kind: Kind | None = None
    short: tuple[str, ...] = ()


def wanted(text: str, held: Directory) -> Wanted:
    """Understand what kind of certification a query names, by which words, and what may be acronyms in it."""
    text = as_titled(text)
    kind, rest = _without_kind(text)
    query: Query = understand(rest, held.knows, held.speller)
    words = tuple(w for w in query.words if w not in FORMAL)
    own = {stem(w) for w in words}
    told = set(terms(query.more)) | set(map(stem, FORMAL))  # what a glossary adds would find other trades' names
    weights = {term: value for term, value in query.weights.items() if term in own or term not in told}
    return Wanted(query.text, weights, words, kind, _short(rest, held))


def _without_kind(text: str) -> tuple[Kind | None, str]:
    """The first type of diploma that a text names, and the text without it where anything else is said."""
    words = bare(text)
    for first in range(len(words)):
        found = kind_at(words, first)
        if found:
            kind, length = found
            return kind, _cut(text, words[first : first + length]) or text
    return None, text


def _cut(text: str, name: tuple[str, ...]) -> str:
    """A text without the run of its words that gives a name; its other words keep their case and order."""
    pieces = text.split()
    for first in range(len(pieces)):
        for last in range(len(pieces), first, -1):
            if bare(" ".join(pieces[first:last])) == name:
                return " ".join((*pieces[:first], *pieces[last:]))
    return text


def _short(text: str, held: Directory) -> tuple[str, ...]:
    """The words that some title may be shortened to: in capitals, or no word of the language."""
    found = [w for w in text.split() if SHORTEST <= len(w) <= LONGEST and w.isalnum()]
    shouted = [w.lower() for w in found if w.isupper() and len(w) >= CAPITALS]
    strange = [w.lower() for w in found if not w.isupper() and not real(w.lower())]
    return tuple(w for w in dict.fromkeys((*shouted, *strange)) if w in held.acronyms)


def evidence_of(asked: Wanted, held: Directory, passages: Scores, weights: Weights) -> Scores:
    """How well each certification answers, whether it is in force or not, shape (len(held),).

    Args:
        passages: for each certification the score of its best passage, in [0, 1].
    """
    evidence = weights.title * _by_title(asked, held, weights)
    evidence += weights.job * _by_job(asked, held, weights) ** weights.sharpness
    for name in asked.short:
        evidence[held.acronyms[name]] += weights.acronym
    if asked.kind:
        evidence += _by_kind(asked.kind, held, weights) * ((evidence > 0) | (not evidence.any()))
    unnamed = 1 - min(1.0, float(evidence.max(initial=0.0)))  # who names a title or a job in full asks for no passage
    return evidence + weights.passages * unnamed * passages


def _by_title(asked: Wanted, held: Directory, weights: Weights) -> Scores:
    total = sum(importance(w) * held.titles.weight(stem(masculine(w))) for w in asked.words)
    return held.titles.scores(asked.weights, total, weights.query, weights.name)


def _by_job(asked: Wanted, held: Directory, weights: Weights) -> Scores:
    """For each certification how nearly the query names the likeliest of its jobs."""
    total = sum(importance(w) * held.jobs.names.weight(stem(masculine(w))) for w in asked.words)
    near = held.jobs.names.scores(asked.weights, total, weights.job_query, weights.job_name)
    best = np.zeros(len(held.job_rows), dtype=np.float32)
    np.maximum.at(best, held.jobs.place_of, near)
    found = np.zeros(len(held), dtype=np.float32)
    for job in np.argsort(-best, kind="stable")[:JOBS][::-1]:
        rows = held.job_rows[job]
        found[rows] = np.maximum(found[rows], best[job])
    return found


def _by_kind(kind: Kind, held: Directory, weights: Weights) -> Scores:
    """What the type asked for adds, and what another type takes away; nothing where the type is not known."""
    found = np.zeros(len(held), dtype=np.float32)
    for key, rows in held.columns.kinds.items():
        if key != kind.key:
            found[rows] = -weights.other
    found[held.columns.kinds.get(kind.key, NONE)] = weights.kind
    return found
