"""What finding is compared with: BM25 over French stems, and SQLite's FTS5 with synonyms."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import numpy as np

from benchmarks.finding_queries import Fiche
from index.kinds import kinds
from index.lexical import Lexical
from index.words import content, fold, terms
from training.sources.table import rows

Find = Callable[[str], list[int]]  # a query to fiches' positions, best first
DEPTH = 60  # more than five: copies are put together afterwards
TABLE = "CREATE VIRTUAL TABLE f USING fts5(title, type, jobs, blocks, text, tokenize='unicode61 remove_diacritics 2')"
WEIGHTS = "10.0, 5.0, 4.0, 2.0, 1.0"
LONG = 5  # letters from which a word is searched by its beginning


def bm25_of_fiches(held: list[Fiche]) -> Find:
    """A row a fiche: its whole text, its title and type with it."""
    lexical = Lexical.build(terms(f.text) for f in held)
    return lambda query: _best(lexical.scores(dict.fromkeys(terms(query), 1.0)))


def bm25_of_titles(held: list[Fiche]) -> Find:
    """A row a fiche: its title, its type and its jobs."""
    lexical = Lexical.build(terms(f"{f.title} {f.label} {f.jobs}") for f in held)
    return lambda query: _best(lexical.scores(dict.fromkeys(terms(query), 1.0)))


def bm25_of_passages(held: list[Fiche]) -> Find:
    """A row a passage: the title, and each list or paragraph below it, with the title above; a fiche's best counts."""
    parts = [(n, f"{f.title} {f.label} {part}") for n, f in enumerate(held) for part in ("", *f.parts)]
    lexical, of = Lexical.build(terms(text) for _, text in parts), np.array([n for n, _ in parts])

    def find(query: str) -> list[int]:
        scores = np.zeros(len(held), dtype=np.float32)
        np.maximum.at(scores, of, lexical.scores(dict.fromkeys(terms(query), 1.0)))
        return _best(scores)

    return find


def _best(scores: np.ndarray) -> list[int]:
    order = np.argsort(-scores, kind="stable")[:DEPTH]
    return [int(i) for i in order if scores[i] > 0]


def fts5(held: list[Fiche], synonyms: Mapping[tuple[str, ...], set[str]]) -> Find:
    """Titles weigh most, words from LONG letters by their beginnings, all joined by OR, with what the table adds."""
    connection = sqlite3.connect(":memory:")
    connection.execute(TABLE)
    connection.executemany(
        "INSERT INTO f (rowid, title, type, jobs, blocks, text) VALUES (?, ?, ?, ?, ?, ?)",
        ((n, f.title, f"{f.label} {f.short}", f.jobs, f.blocks, f.text) for n, f in enumerate(held)),
    )

    def find(query: str) -> list[int]:
        words = content(query)
        asked = [f'"{w[:-1]}"*' if len(w) >= LONG else f'"{w}"' for w in words]
        asked += sorted({_phrase(other) for other in _expansions(query, synonyms)})
        match = " OR ".join(filter(None, asked))
        if not match:
            return []
        sql = f"SELECT rowid FROM f WHERE f MATCH ? ORDER BY bm25(f, {WEIGHTS}) LIMIT {DEPTH}"
        return [row for (row,) in connection.execute(sql, (match,))]

    return find


def _phrase(text: str) -> str:
    quoted = [f'"{w}"' for w in content(text)]
    return f"NEAR({' '.join(quoted)}, 4)" if len(quoted) > 1 else "".join(quoted)


def _expansions(query: str, synonyms: Mapping[tuple[str, ...], set[str]]) -> Iterable[str]:
    """The synonyms of every run of the query's words."""
    words = re.findall(r"\w+", fold(query))
    for first in range(len(words)):
        for last in range(first + 1, min(len(words), first + 12) + 1):
            yield from synonyms.get(tuple(words[first:last]), ())


def synonyms(data: Path, held: list[Fiche]) -> Mapping[tuple[str, ...], set[str]]:
    """Types of diploma and their abbreviations; the acronyms that titles give; titles of jobs and their job's label."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for kind in kinds().values():
        found[_key(kind.key)].add(kind.name)
        found[_key(kind.short)].add(kind.name)
        found[_key(kind.name)].add(kind.short)
    titles = [r["Libelle_Diplome"] for r in rows(data / "rncp_2026" / "certif_info.csv", ";")]
    for title in (*titles, *(f.title for f in held)):
        for match in re.finditer(r"([^()]{8,})\(([A-Z]{2,7})\)", title):
            found[_key(match[2])].add(match[1].strip())
    labels = {r["code_rome"]: r["libelle_rome"] for r in rows(_rome(data, "code_rome"))}
    for row in rows(_rome(data, "appellation")):
        masculine, _, feminine = row["libelle_appellation_long"].partition(" / ")
        own = masculine.split()
        for form in {" ".join([*own, *feminine.split()[len(own) :]]), feminine or masculine}:
            found[_key(form)].add(labels[row["code_rome"]].split(" / ")[-1])
    return found


def _rome(data: Path, name: str) -> Path:
    return data / "rome_v460" / f"unix_referentiel_{name}_v460_utf8.csv"


def _key(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", fold(text)))
