"""A store in a folder and its copy in PostgreSQL, search by search: time, processor, what both find.

    python -m benchmarks.side_by_side HOME ADDRESS [--queries 60]

For no filter and for some, with the share of the passages that each lets through: milliseconds of the wall, of
processor in the process and in the server, and how often both agree on the first hit and on the first ten. Queries are
beginnings of titles and of passages of the store itself. `nearest` is what proposes certifications to a CV. Both stores
take turns, so that other work slows both. The server's processor is counted where it is of this machine.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import mean

import numpy as np
import psycopg

from index import opening
from index.contract import Filters
from index.library import Library

TICK = os.sysconf("SC_CLK_TCK")
WARMING = 8  # searches before any is measured: PostgreSQL plans a statement anew for the first five
LINES, CVS = 24, 8  # lines of a CV, whose vectors are looked for together; CVs
BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
COLUMNS = "what filter share store p50_ms p95_ms process_ms server_ms same_first same_ten"
Ask = Callable[[Library, object, Filters], Sequence[Hashable]]


@dataclass(slots=True)
class Run:
    """What one store answered, in which times: seconds of the wall, and of processor of this process."""

    found: list[Sequence[Hashable]] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    process: list[float] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("address")
    parser.add_argument("--queries", type=int, default=60)
    arguments = parser.parse_args()
    stores = list(_opened({"postgresql": arguments.address, "folder": arguments.home}))
    queries, cvs = _queries(stores[1], arguments.queries)
    print("\t".join(COLUMNS.split()))
    with psycopg.connect(arguments.address, autocommit=True) as watching:
        for name, filters in _filters(stores[1]).items():
            share = f"{_share(stores[1], filters):.3f}"
            _tell(("search", name, share), *_taking_turns(stores, _search, queries, filters, watching))
            if filters == Filters():
                _tell(("nearest", name, share), *_taking_turns(stores, _nearest, cvs, filters, watching))


def _opened(places: dict[str, Path | str]) -> Iterator[Library]:
    for name, place in places.items():
        start, before = time.perf_counter(), _resident()
        library = opening.library(place)
        library.search("conduire un entretien")
        seconds, gigabytes = time.perf_counter() - start, _resident() - before
        print(f"{name}: first answer after {seconds:.1f} s, {gigabytes:.2f} GB more in memory", flush=True)
        yield library


def _resident() -> float:
    """Gigabytes of this process."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1e6


def _queries(library: Library, count: int) -> tuple[list[str], list[np.ndarray]]:
    """Searches, half of titles and half of passages, and the vectors of CVs; the same at each run."""
    chosen = random.Random(7)
    titles = sorted({card.title for card in library.cards()})
    with library._store.reading() as connection:
        keys = [key for (key,) in connection.execute("SELECT id FROM passages WHERE id % 997 = 3")]
        texts = [p.text for p in library._holdings.passages(connection, keys[:900])]
    asked = [*chosen.sample(titles, count // 2), *chosen.sample(texts, count - count // 2)]
    searches = [" ".join(text.split()[: 3 + place % 8]) for place, text in enumerate(asked)]
    lines = [[" ".join(t.split()[:16]) for t in chosen.sample(texts, LINES)] for _ in range(CVS)]
    return searches, [library.encoder.encode_queries(cv) for cv in lines]


def _filters(library: Library) -> dict[str, Filters]:
    issuers = Counter(issuer for card in library.cards() for issuer in card.issuers[:1])
    found = {"none": Filters(), "active": Filters(active=True), "vae": Filters(vae=True)}
    found |= {f"level {level}": Filters(level=level) for level in (3, 5, 7)}
    found |= {f"issuer {place}": Filters(issuer=issuers.most_common(place)[-1][0]) for place in (1, 20)}
    return found | {"level 5, active, vae": Filters(level=5, active=True, vae=True)}


def _share(library: Library, filters: Filters) -> float:
    catalogue = library._catalogue
    mask = library._mask(catalogue, filters)
    return 1.0 if mask is None else float(mask.mean())


def _search(library: Library, query: str, filters: Filters) -> list[Hashable]:
    return [hit.passage for hit in library.search(query, filters, 10)]


def _nearest(library: Library, vectors: np.ndarray, filters: Filters) -> list[Hashable]:
    return [source for source, _ in library.nearest(vectors, filters, 10)]


def _taking_turns(
    stores: Sequence[Library], ask: Ask, asked: Sequence, filters: Filters, watching: psycopg.Connection
) -> tuple[list[Run], float]:
    """A run of each store, and the seconds of processor that the server spent on them."""
    calls = [partial(ask, library, filters=filters) for library in stores]
    for call in calls * (WARMING if ask is _search else 1):
        call(asked[0])
    runs, before = [Run() for _ in stores], _server_seconds(watching)
    for question in asked:
        for run, call in zip(runs, calls, strict=True):
            wall, process = time.perf_counter(), time.process_time()
            run.found.append(call(question))
            run.wall.append(time.perf_counter() - wall)
            run.process.append(time.process_time() - process)
    return runs, _server_seconds(watching) - before


def _server_seconds(watching: psycopg.Connection) -> float:
    """Of processor, of all the server's processes that serve this database."""
    stats = (Path(f"/proc/{pid}/stat") for (pid,) in watching.execute(BACKENDS).fetchall())
    parts = [stat.read_text().rpartition(")")[2].split() for stat in stats if stat.exists()]
    return sum(int(part[11]) + int(part[12]) for part in parts) / TICK


def _tell(what: Sequence[str], runs: Sequence[Run], server: float) -> None:
    pairs = list(zip(*(run.found for run in runs), strict=True))
    first = mean(a[:1] == b[:1] for a, b in pairs)
    ten = mean(len(set(a) & set(b)) / max(1, len(b)) for a, b in pairs)
    for place, (store, run) in enumerate(zip(("postgresql", "folder"), runs, strict=True)):
        p50, p95 = (1000 * float(np.percentile(run.wall, p)) for p in (50, 95))
        spent = (1000 * mean(run.process), 0 if place else 1000 * server / len(run.wall))
        agreed = () if place else (f"{first:.2f}", f"{ten:.2f}")
        print("\t".join([*what, store, *(f"{ms:.1f}" for ms in (p50, p95, *spent)), *agreed]), flush=True)


if __name__ == "__main__":
    main()
