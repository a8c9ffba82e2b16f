"""The national répertoire in the store: what its import, its opening and a search cost, as it grows.

    python -m benchmarks.repertoire EXPORT.xml [--parts 16 8 4 2 1] [--queries 200]

For each part of the export (1/16, 1/8 …, its first fiches): seconds, rate and peak memory of the import, size of the
store, seconds and memory of opening it, and a search end to end (p50, p95, milliseconds) beside the sum of its bare
engine calls (encoding, cosines, BM25) in the same run. Each part is measured in processes of its own.
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
from collections.abc import Callable
from pathlib import Path

import numpy as np

from index.library import Library
from index.query import understand
from index.ranking import CANDIDATES

FICHE = "</FICHE>"
COLUMNS = "fiches passages import_s per_s import_MB store_MB open_s open_MB p50_ms p95_ms engines_p50_ms ratio"


def main() -> None:
    arguments = _arguments()
    if arguments.step:
        print(json.dumps(STEPS[arguments.step](arguments)))
        return
    total = sum(line.count(FICHE) for line in arguments.export.open(encoding="utf-8"))
    print("\t".join(COLUMNS.split()))
    for part in arguments.parts:
        with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
            row = _measured(arguments, Path(folder), max(1, total // part))
        print("\t".join(f"{row[name]:g}" for name in COLUMNS.split()), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("export", type=Path)
    parser.add_argument("--parts", type=int, nargs="+", default=[16, 8, 4, 2, 1])
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--folder", type=Path, help="where the stores are made, for a while")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _measured(arguments: argparse.Namespace, folder: Path, fiches: int) -> dict[str, float]:
    part = folder / "export.xml"
    _cut(arguments.export, part, fiches)
    row: dict[str, float] = {}
    for step in STEPS:
        command = [sys.executable, "-m", "benchmarks.repertoire", str(part), "--step", step, "--home", str(folder)]
        command += ["--queries", str(arguments.queries)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
        row |= json.loads(done.stdout)
    row["store_MB"] = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and p != part) // 10**6
    return row


def _cut(export: Path, part: Path, fiches: int) -> None:
    """Write the first fiches of an export as an export."""
    with export.open(encoding="utf-8") as file, part.open("w", encoding="utf-8") as out:
        for line in file:
            out.write(line)
            fiches -= line.count(FICHE)
            if not fiches:
                out.write("</FICHES>\n")
                return


def _import(arguments: argparse.Namespace) -> dict[str, float]:
    start = time.perf_counter()
    library = Library.open(arguments.home, create=True)
    *_, last = library.add([arguments.export])
    seconds = time.perf_counter() - start
    fiches = sum(tally.added for tally in last.report.imports) or len(library.referentials())
    return {"fiches": fiches, "import_s": seconds, "per_s": fiches / seconds, "import_MB": _peak()}


def _search(arguments: argparse.Namespace) -> dict[str, float]:
    start = time.perf_counter()
    library = Library.open(arguments.home)
    library.search("conduire un entretien")
    opened, memory = time.perf_counter() - start, _peak()
    queries = _queries(arguments.export, arguments.queries)
    for query in queries[:20]:
        library.search(query)
    whole = _times(library.search, queries)
    engines = _times(_engines(library), queries)
    ratio = float(np.median(whole)) / float(np.median(engines))
    return {
        "passages": len(library._catalogue),
        "open_s": opened,
        "open_MB": memory,
        "p50_ms": float(np.percentile(whole, 50)),
        "p95_ms": float(np.percentile(whole, 95)),
        "engines_p50_ms": float(np.percentile(engines, 50)),
        "ratio": ratio,
    }


def _engines(library: Library) -> Callable[[str], object]:
    """The bare engine calls of a search, over the same index."""
    catalogue = library._catalogue
    assert catalogue is not None

    def calls(query: str) -> None:
        asked = understand(query, catalogue.knows, catalogue.speller)
        vector = library._vector(asked)
        catalogue.dense.search(vector.reshape(1, -1), CANDIDATES)
        for engine in (catalogue.own, catalogue.ancestors, catalogue.places):
            engine.scores(asked.weights)

    return calls


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


def _times(call: Callable[[str], object], queries: list[str]) -> list[float]:
    """Milliseconds of each call."""
    found = []
    for query in queries:
        start = time.perf_counter()
        call(query)
        found.append(1000 * (time.perf_counter() - start))
    return found


def _peak() -> float:
    """Megabytes of the largest resident set so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


STEPS = {"import": _import, "search": _search}

if __name__ == "__main__":
    main()
