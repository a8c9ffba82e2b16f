"""How well search does on a development set: nDCG@10 by style, and what each missed query got.

    python -m benchmarks.search_dev SHARED [--wrong]

SHARED is the folder that holds corpus/ and eval/dev/search.jsonl; a library is built in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import mean

from index.contract import Hit
from index.library import Library

Search = Callable[[str], list[Hit]]
DEPTH = 10


def build(corpus: Path, home: Path) -> Library:
    library = Library.open(home, create=True)
    for step in library.add(sorted(corpus.glob("*.txt"))):
        if step.report and step.report.failed:
            raise SystemExit(f"not added: {step.report.failed}")
    return library


def places(hits: Iterable[Hit]) -> list[tuple[str, int | None]]:
    """The distinct (source, block) pairs of some hits, best first."""
    return list(dict.fromkeys((h.passage.source, h.passage.block) for h in hits))[:DEPTH]


def gain(found: list[tuple[str, int | None]], relevant: set[tuple[str, int | None]]) -> float:
    """nDCG@10 with gains of 0 and 1."""
    ideal = sum(1 / math.log2(i + 2) for i in range(min(DEPTH, len(relevant))))
    return sum(1 / math.log2(i + 2) for i, place in enumerate(found) if place in relevant) / ideal


def evaluate(search: Search, gold: list[dict]) -> list[tuple[dict, float, list]]:
    rows = []
    for item in gold:
        found = places(search(item["query"]))
        relevant = {(r["source"], r["block"]) for r in item["relevant"]}
        rows.append((item, gain(found, relevant), [(s[:3], b, (s, b) in relevant) for s, b in found]))
    return rows


def by_style(rows: Iterable[tuple[dict, float, list]]) -> dict[str, float]:
    styles = defaultdict(list)
    for item, value, _ in rows:
        styles[item["style"]].append(value)
    return {style: mean(values) for style, values in styles.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--wrong", action="store_true", help="show what the queries below 0.8 got")
    args = parser.parse_args()
    lines = (args.shared / "eval" / "dev" / "search.jsonl").read_text("utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    with tempfile.TemporaryDirectory() as home:
        library = build(args.shared / "corpus", Path(home))
        library.search("chauffe")
        started = time.perf_counter()
        rows = evaluate(library.search, gold)
        took = (time.perf_counter() - started) / len(gold)
    for item, value, found in rows:
        if args.wrong and value < 0.8:
            wanted = [(r["source"][:3], r["block"]) for r in item["relevant"]]
            print(f"{value:.2f} {item['query']}\n     wanted {wanted}\n     got {found}")
    print("  ".join(f"{style} {value:.3f}" for style, value in by_style(rows).items()))
    print(f"nDCG@10 {mean(value for _, value, _ in rows):.3f}, {1000 * took:.1f} ms a query")


if __name__ == "__main__":
    main()
