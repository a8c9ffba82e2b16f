"""How well certifications are found among 30,475 fiches: recall@5, beside BM25 and FTS5, on queries made from data.

    python -m benchmarks.finding SHARED EXPORT.xml [--part test] [--home STORE] [--rivals]

EXPORT is what `make_repertoire.py` writes; queries are those of `finding_queries.py`. "Names alone" ranks by titles,
acronyms, types and jobs; with --home, a store into which the export was imported, "whole" is the search as it ships,
passages included. "Jobs unseen" leaves the jobs asked for out of the table of jobs, for what people call their work in
words that no nomenclature has. Intervals are 95 % bootstrap intervals over the queries. --rivals takes ten minutes.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from assistant.searching.directory import Directory, JobTitles, directory, job_titles
from assistant.searching.finding import Finder
from assistant.searching.ranking import Weights, evidence_of, wanted
from benchmarks.finding_queries import Asked, Fiche, fiches, queries
from benchmarks.finding_rivals import DEPTH, bm25_of_fiches, bm25_of_passages, bm25_of_titles, fts5, synonyms
from benchmarks.retrieval import interval
from index.cards import Card
from index.jobs import FILE, Job, forms
from index.kinds import kind_of
from index.library import Library

TODAY = date(2026, 2, 1)  # of the data
FOUND = 5
HEAD = 2  # lines of index/jobs.txt that say what it is
Find = Callable[[str], Sequence[int]]


def by_names(held: Sequence[Fiche], titles: JobTitles | None = None) -> Find:
    """What the names of certifications and jobs find, without any passage."""
    known = directory(tuple(map(_card, held)), titles)
    nothing = np.zeros(len(held), dtype=np.float32)
    return lambda query: _ranked(query, known, nothing)


def _card(fiche: Fiche) -> Card:
    kind = kind_of(fiche.label, fiche.title)
    return Card(
        f"{fiche.code}.xml", "export", fiche.title, fiche.code, rome=fiche.rome, active=fiche.active,
        kind=kind.key if kind else None,
    )  # fmt: skip


def _ranked(query: str, known: Directory, passages: np.ndarray) -> list[int]:
    weights = Weights()
    evidence = evidence_of(wanted(query, known), known, passages, weights)
    scores = np.where(evidence > 0, evidence + weights.active * ~known.columns.expired(TODAY), 0)
    return np.argsort(-scores, kind="stable")[:DEPTH].tolist()


def unseen(made: Sequence[Asked]) -> JobTitles:
    """The table of jobs without the titles asked for, nor their other form."""
    asked = {q.text for q in made if q.kind == "job"}
    return job_titles(tuple(_without(line, asked) for line in FILE.read_text(encoding="utf-8").splitlines()[HEAD:]))


def _without(line: str, asked: set[str]) -> Job:
    codes, *titles = line.split("|")
    code, parent = codes.split(" ")
    kept = [tuple(forms(t)) for t in titles if asked.isdisjoint(forms(t))]
    return Job(code, parent, titles[0], tuple(name for both in kept for name in both))


def as_it_ships(home: Path, held: Sequence[Fiche]) -> Find:
    """The whole search over a store, the pages that hold DEPTH certifications."""
    finder, rows = Finder(Library.open(home), lambda: TODAY), {f.code: n for n, f in enumerate(held)}
    return lambda query: [rows[c.code] for c in finder.every(query)[:DEPTH] if c.code in rows]


def recall(asked: Asked, rows: Sequence[int], held: Sequence[Fiche]) -> float:
    """The share of the right certifications among the first five distinct ones, of as many as five can hold."""
    found = list(dict.fromkeys(held[r].genuine for r in rows))[:FOUND]
    return len(asked.right.intersection(found)) / min(FOUND, len(asked.right))


def ways(arguments: argparse.Namespace, held: list[Fiche], made: Sequence[Asked]) -> Iterator[tuple[str, Find]]:
    yield "ours, names alone", by_names(held)
    yield "ours, names alone, jobs unseen", by_names(held, unseen(made))
    if arguments.home:
        yield "ours, whole", as_it_ships(arguments.home, held)
    if arguments.rivals:
        data = arguments.shared / "data"
        yield "BM25, title, type and jobs", bm25_of_titles(held)
        yield "BM25, best passage", bm25_of_passages(held)
        yield "BM25, whole fiche", bm25_of_fiches(held)
        yield "FTS5", fts5(held, {})
        yield "FTS5 with synonyms", fts5(held, synonyms(data, held))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("export", type=Path)
    parser.add_argument("--part", choices=["tune", "test"], default="test")
    parser.add_argument("--home", type=Path, help="a store that holds the export")
    parser.add_argument("--rivals", action="store_true")
    arguments = parser.parse_args()
    held = fiches(arguments.export)
    made = [q for q in queries(arguments.shared / "data", held) if q.tuning == (arguments.part == "tune")]
    kinds = list(dict.fromkeys(q.kind for q in made))
    counts = [sum(q.kind == kind for q in made) for kind in kinds]
    heads = " | ".join(f"{kind} ({count})" for kind, count in zip(kinds, counts, strict=True))
    print(f"| way | all ({len(made)}) | {heads} |\n" + "|---" * (len(kinds) + 2) + "|")
    for name, find in ways(arguments, held, made):
        values = {q: recall(q, find(q.text), held) for q in made}
        cells = (interval([v for q, v in values.items() if q.kind == kind]) for kind in kinds)
        print(f"| {name} | {interval(list(values.values()))} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
