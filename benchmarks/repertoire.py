"""The national répertoire in the store: what its import, a new day, its opening and a search cost, as it grows.

    python -m benchmarks.repertoire EXPORT.xml [--parts 16 8 4 2 1] [--queries 200] [--out RESULTS.md]
    python -m benchmarks.repertoire EXPORT.xml --home STORE          a store that is there, search only
    python -m benchmarks.repertoire EXPORT.xml --home STORE --curve  recall against time and memory, by kind of index

For each part of the export (1/16, 1/8 …, taken evenly out of the whole): import (seconds, processor seconds with those
of the reading child, fiches a second, peak memory of both processes), the same export a day later with 1 % of its
fiches changed, opening (seconds, resident memory after the first search), and searches end to end beside the sum of
their bare engine calls on the same arguments. Each step runs in a process of its own. Every figure of time depends on
what else the machine does: run it alone.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.dense_curve import curve
from index.contract import Filters, Matrix
from index.dense import Rows
from index.holdings import load_vector
from index.library import Library
from index.query import understand
from index.ranking import CANDIDATES, rank

END = "</FICHE>"
CHANGED = 100  # every so manieth fiche is another a day later
NEAREST = 50
SHOWN = 20
TIE = 1e-5  # cosines that are equal but for rounding: the same words stand in many fiches
COLUMNS = """
fiches passages import_s import_cpu_s per_s import_MB store_MB day_s day_cpu_s day_changed open_s open_MB p50_ms p95_ms
engines_p50_ms ratio filtered_p50_ms filtered_p95_ms recall_at_50
"""
BODIES = "SELECT id, body FROM passages WHERE id IN ({})"
VECTOR = "SELECT v.vector FROM passages p JOIN vectors v ON v.key = p.vector WHERE p.id = ?"


def main() -> None:
    arguments = _arguments()
    if arguments.step:
        print(json.dumps(STEPS[arguments.step](arguments)))
    elif arguments.curve:
        _told(arguments, list(_curves(arguments)))
    elif arguments.home:
        _told(arguments, [_run(arguments, "search", arguments.export, arguments.home)])
    else:
        _told(arguments, list(_rows(arguments)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("export", type=Path)
    parser.add_argument("--parts", type=int, nargs="+", default=[16, 8, 4, 2, 1])
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--folder", type=Path, help="where the stores are made, for a while")
    parser.add_argument("--home", type=Path, help="a store to measure instead of making some")
    parser.add_argument(
        "--curve", action="store_true", help="compare kinds of dense indexes instead, on parts of the store"
    )
    parser.add_argument("--out", type=Path, help="a file for the table (.md) or the figures (.json)")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.curve and not arguments.home:
        parser.error("--curve needs a store: --home STORE")
    return arguments


def _rows(arguments: argparse.Namespace) -> Iterator[dict[str, float]]:
    for part in arguments.parts:
        with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
            yield _measured(arguments, Path(folder), part)


def _measured(arguments: argparse.Namespace, folder: Path, part: int) -> dict[str, float]:
    today, tomorrow, home = folder / "today.xml", folder / "tomorrow.xml", folder / "home"
    write_part(arguments.export, today, part)
    row = _run(arguments, "import", today, home)
    row["store_MB"] = sum(p.stat().st_size for p in home.rglob("*") if p.is_file()) / 1e6
    row |= _run(arguments, "search", today, home)
    write_part(arguments.export, tomorrow, part, CHANGED)
    changed = _run(arguments, "import", tomorrow, home)
    return row | {"day_s": changed["import_s"], "day_cpu_s": changed["import_cpu_s"], "day_changed": changed["fiches"]}


def _run(arguments: argparse.Namespace, step: str, export: Path, home: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.repertoire", str(export), "--step", step, "--home", str(home)]
    done = subprocess.run([*command, "--queries", str(arguments.queries)], check=True, stdout=subprocess.PIPE)
    found = json.loads(done.stdout)
    print(" ".join(f"{name}={value:.4g}" for name, value in found.items()), file=sys.stderr, flush=True)
    return found


def _told(arguments: argparse.Namespace, rows: list[dict[str, float]]) -> None:
    names = list(rows[0]) if arguments.curve else [name for name in COLUMNS.split() if name in rows[0]]
    head = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    table = "\n".join([*head, *(f"| {' | '.join(_figure(row[n]) for n in names)} |" for row in rows)])
    print(table)
    if arguments.out:
        as_json = arguments.out.suffix == ".json"
        arguments.out.write_text(json.dumps(rows, indent=1) if as_json else table + "\n", encoding="utf-8")


def _figure(value: float | str) -> str:
    if isinstance(value, str):
        return value
    return f"{value:.4g}" if value < 1000 else f"{value:,.0f}"


def write_part(export: Path, path: Path, part: int, changed: int = 0) -> None:
    """Write every so manieth fiche of an export as an export.

    Args:
        changed: every so manieth of these gets another title and one more competence in each block.
    """
    number = 0
    with export.open(encoding="utf-8") as file, path.open("w", encoding="utf-8") as out:
        for line in file:
            ends = line.count(END)
            inside = ends or number or not line.startswith("</FICHES")
            chosen = number % part == 0
            if inside and (chosen or "<FICHES>" in line or "VERSION_FLUX" in line):
                if changed and number // part % changed == 0:
                    line = line.replace("<LISTE_COMPETENCES>", "<LISTE_COMPETENCES>Tenir un registre à jour ; ")
                    line = line.replace("<INTITULE>", "<INTITULE>Nouveau : ")
                out.write(line if "</FICHES>" not in line else "")
            number += ends
        out.write("</FICHES>\n")


def _import(arguments: argparse.Namespace) -> dict[str, float]:
    start = time.perf_counter()
    *_, last = Library.open(arguments.home, create=True).add([arguments.export])
    seconds = time.perf_counter() - start
    own, child = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    fiches = sum(tally.added for tally in last.report.imports)
    cpu = own.ru_utime + own.ru_stime + child.ru_utime + child.ru_stime
    peak = (own.ru_maxrss + child.ru_maxrss) / 1024
    return {"fiches": fiches, "import_s": seconds, "import_cpu_s": cpu, "per_s": fiches / seconds, "import_MB": peak}


def _search(arguments: argparse.Namespace) -> dict[str, float]:
    queries = _queries(arguments.export, arguments.queries)
    start = time.perf_counter()
    library = Library.open(arguments.home)
    library.search("conduire un entretien")
    opened = {"open_s": time.perf_counter() - start, "open_MB": _peak()}
    for query in queries[:20]:
        library.search(query)
    filters = [Filters(level=level) for level in (5, 6, 7)]
    prepared = [_prepared(library, query) for query in queries]
    whole, engines = _in_turns(library.search, queries, _engines(library), prepared)
    filtered = _times(lambda pair: library.search(*pair), [(q, filters[n % 3]) for n, q in enumerate(queries)])
    found = {"fiches": len(library.cards()), "passages": len(library._catalogue), **opened}
    found |= {"p50_ms": np.percentile(whole, 50), "p95_ms": np.percentile(whole, 95)}
    found |= {"engines_p50_ms": np.percentile(engines, 50), "ratio": np.median(whole) / np.median(engines)}
    found |= {"filtered_p50_ms": np.percentile(filtered, 50), "filtered_p95_ms": np.percentile(filtered, 95)}
    found["recall_at_50"] = _recall(library, queries[:100])
    return {name: float(value) for name, value in found.items()}


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a search hands to its engines: texts to encode, weighted stems, the keys of the passages to be shown."""

    texts: list[str]
    weights: dict[str, float]
    shown: list[int]


def _prepared(library: Library, query: str) -> Prepared:
    catalogue = library._catalogue
    asked = understand(query, catalogue.knows, catalogue.speller)
    found = rank(catalogue, asked, library._vector(asked), None, SHOWN)
    return Prepared(
        [t for t in (asked.text, asked.more) if t], asked.weights, catalogue.ids[[f.row for f in found]].tolist()
    )


def _engines(library: Library) -> Callable[[Prepared], object]:
    """The bare engine calls of a search, one after the other: encoding, cosines, BM25, the rows that are shown."""
    catalogue = library._catalogue
    connection = library._store.connect()

    def calls(prepared: Prepared) -> None:
        vector = library.encoder.encode_queries(prepared.texts)[:1]
        catalogue.meanings.search(vector, CANDIDATES)
        for engine in (catalogue.own, catalogue.ancestors, catalogue.places):
            engine.scores(prepared.weights)
        connection.execute(BODIES.format(",".join("?" * len(prepared.shown))), prepared.shown).fetchall()

    return calls


def _recall(library: Library, queries: list[str]) -> float:
    """Of the 50 nearest passages by exact vectors, the share that the index finds among its first 50."""
    vectors = library.encoder.encode_queries(queries)
    exact = vectors @ exact_vectors(library).T
    least = np.partition(exact, -NEAREST, axis=1)[:, -NEAREST]
    found = library._catalogue.meanings.search(vectors, NEAREST)[1]
    return float(np.mean(np.take_along_axis(exact, found, 1) >= least[:, None] - TIE))


def exact_vectors(library: Library, rows: Rows | None = None) -> Matrix:
    """The vectors of some passages, of all for None, as the store holds them, shape (passages, dim)."""
    ids = library._catalogue.ids if rows is None else library._catalogue.ids[rows]
    vectors = np.empty((len(ids), library.encoder.dim), dtype=np.float32)
    with library._store.reading() as connection:
        for row, key in enumerate(ids.tolist()):
            vectors[row] = load_vector(connection.execute(VECTOR, (key,)).fetchone()[0])
    return vectors


def _curves(arguments: argparse.Namespace) -> Iterator[dict[str, float | str]]:
    """For each part of the store's fiches: the kinds of indexes on what their passages mean, each text once."""
    library = Library.open(arguments.home)
    library.search("conduire un entretien")
    catalogue, queries = library._catalogue, library.encoder.encode_queries(_queries(arguments.export, 100))
    for part in arguments.parts:
        rows = np.flatnonzero(catalogue.card_of % part == 0)
        firsts = rows[np.unique(catalogue.meanings.of_row[rows], return_index=True)[1]]
        yield from curve(exact_vectors(library, firsts), queries, CANDIDATES, NEAREST)


def _queries(export: Path, count: int) -> list[str]:
    """Words out of titles and competences, two to eight in a row: what people type; the same at each run."""
    chosen = random.Random(1)
    text = export.open(encoding="utf-8").read(20_000_000)
    found = re.findall(r"<(?:INTITULE|LISTE_COMPETENCES|CAPACITES_ATTESTEES)>([^<]{20,})<", text)
    queries = []
    for sentence in chosen.sample(found, min(count, len(found))):
        words = sentence.split()
        first = chosen.randrange(max(1, len(words) - 3))
        queries.append(" ".join(words[first : first + chosen.randint(2, 8)]))
    return queries


def _times(call: Callable[[object], object], arguments: list) -> list[float]:
    """Milliseconds of each call."""
    found = []
    for argument in arguments:
        start = time.perf_counter()
        call(argument)
        found.append(1000 * (time.perf_counter() - start))
    return found


def _in_turns(one: Callable, arguments: list, other: Callable, others: list) -> tuple[list[float], list[float]]:
    """Milliseconds of each call of both, in turns, since a host is now fast, now slow; never twice the same query."""
    others = others[len(others) // 2 :] + others[: len(others) // 2]
    pairs = [(_times(one, [a])[0], _times(other, [b])[0]) for a, b in zip(arguments, others, strict=True)]
    return [p[0] for p in pairs], [p[1] for p in pairs]


def _peak() -> float:
    """Megabytes of the largest resident set so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


STEPS = {"import": _import, "search": _search}

if __name__ == "__main__":
    main()
