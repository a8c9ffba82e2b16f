"""All certifications by their names: titles, acronyms, types, and the jobs that they list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from assistant.searching.names import acronyms, name_terms, words_of
from assistant.searching.overlap import Overlap
from index.cards import Card
from index.filters import NONE, Columns, columns_of
from index.jobs import Job, jobs
from index.spelling import Speller

Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class JobTitles:
    """The titles of jobs, one a row.

    Attributes:
        known: the jobs; `place_of` says for each title the place of its job among them.
        names: the words of the titles; `words` are all of them, folded.
    """

    known: tuple[Job, ...]
    names: Overlap
    place_of: Rows
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Directory:
    """What a search for certifications works on; row r is one certification in all its members.

    Attributes:
        titles: the words of the titles.
        acronyms: the rows to which each acronym may refer.
        job_rows: for each job the rows that list its code.
        speller: knows the folded words of titles and jobs.
    """

    cards: Sequence[Card]
    columns: Columns
    titles: Overlap
    acronyms: dict[str, Rows]
    jobs: JobTitles
    job_rows: tuple[Rows, ...]
    speller: Speller

    def __len__(self) -> int:
        return len(self.cards)

    def knows(self, term: str) -> bool:
        return term in self.titles or term in self.jobs.names


def directory(cards: Sequence[Card], titles: JobTitles | None = None) -> Directory:
    """The directory of some cards; 30,000 take two seconds.

    Args:
        titles: the jobs by which certifications are found; those of index/jobs.txt where none are given.
    """
    titles = titles or every_job()
    columns = columns_of(cards)
    return Directory(
        cards,
        columns,
        Overlap(name_terms(c.title) for c in cards),
        _inverted(acronyms(c.title, c.kind) for c in cards),
        titles,
        tuple(_listing(job, columns) for job in titles.known),
        Speller(titles.words.union(*(words_of(c.title) for c in cards))),
    )


@cache
def every_job() -> JobTitles:
    """The titles of index/jobs.txt, read once."""
    return job_titles(tuple(jobs().values()))


def job_titles(known: tuple[Job, ...]) -> JobTitles:
    names = [(place, title) for place, job in enumerate(known) for title in job.titles]
    return JobTitles(
        known,
        Overlap(name_terms(title) for _, title in names),
        np.array([place for place, _ in names], dtype=np.int32),
        frozenset(word for _, title in names for word in words_of(title)),
    )


def _listing(job: Job, columns: Columns) -> Rows:
    """The certifications that list a job by its code, or where none does by the code that it had before."""
    return columns.rome.get(job.code, columns.rome.get(job.parent, NONE))


def _inverted(values: Iterable[Iterable[str]]) -> dict[str, Rows]:
    found: dict[str, list[int]] = {}
    for row, some in enumerate(values):
        for value in some:
            found.setdefault(value, []).append(row)
    return {value: np.array(rows, dtype=np.int32) for value, rows in found.items()}
