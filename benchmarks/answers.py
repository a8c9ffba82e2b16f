"""Measure the answers: right, refused, wrongly refused, by kind and language, and how long an answer takes.

    python benchmarks/answers.py ../shared [--wrong] [--truthful]

The folder holds `corpus/` (the documents), `eval/` (development sets and their scorer). The development set and the
sets of tests/quality/ are asked of a store with just those documents. Nothing is written.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from assistant.answer import Turn
from assistant.assistant import Assistant
from assistant.cli import records
from assistant.model.doubles import TruthfulModel
from index.library import Library

QUALITY = Path(__file__).resolve().parents[1] / "tests" / "quality"


def scorer(shared: Path) -> ModuleType:
    """The scorer that comes with the development sets."""
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def library_of(documents: Iterable[Path], home: Path) -> Library:
    library = Library.open(home, create=True)
    for _ in library.add(sorted(documents)):
        pass
    return library


def answers(assistant: Assistant, gold: list[dict]) -> tuple[dict[str, dict], list[float]]:
    """Predictions by id, and seconds an answer; the first question, which warms up, is asked twice."""
    predictions, seconds = {}, []
    for row in [gold[0], *gold]:
        history = [Turn(t["role"], t["content"]) for t in row.get("history", [])]
        started = time.perf_counter()
        answer = assistant.ask(row["question"], history)
        seconds.append(time.perf_counter() - started)
        predictions[row["id"]] = {"id": row["id"], **records.answer(answer)}
    return predictions, seconds[1:]


def report(name: str, score: ModuleType, sources: object, assistant: Assistant, gold: list[dict], wrong: bool) -> None:
    predictions, seconds = answers(assistant, gold)
    figures, missed = score.score_ask(gold, predictions, sources)
    print(f"\n{name}: {len(gold)} questions")
    for label, value in figures.items():
        print(f"  {label:28s} {value:.3f}")
    by_lang: dict[str, list[bool]] = defaultdict(list)
    for row in gold:
        by_lang[row["lang"]].append(row["id"] not in missed)
    for lang, rights in sorted(by_lang.items()):
        print(f"  right in {lang:19s} {statistics.mean(rights):.3f}")
    ordered = sorted(seconds)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    print(f"  seconds an answer: p50 {statistics.median(ordered):.3f}, p95 {p95:.3f}, max {ordered[-1]:.3f}")
    if wrong:
        for row in gold:
            if row["id"] in missed:
                given = predictions[row["id"]]
                print(f"  ✗ {row['id']} {row['question']}\n    → {given['status']}: {given['answer'][:300]}")


def sets(shared: Path) -> dict[str, Path]:
    return {
        "development set": shared / "eval" / "dev" / "ask.jsonl",
        "our own set": QUALITY / "questions.jsonl",
        "independent set 1": QUALITY / "independent" / "questions_1.jsonl",
        "independent set 2": QUALITY / "independent" / "questions_2.jsonl",
        "independent set 3": QUALITY / "independent" / "questions_3.jsonl",
        "independent set 4": QUALITY / "independent" / "questions_4.jsonl",
        "independent set 5": QUALITY / "independent" / "questions_5.jsonl",
        "independent set 6": QUALITY / "independent" / "questions_6.jsonl",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="folder with corpus/ and eval/")
    parser.add_argument("--wrong", action="store_true", help="list the questions answered wrongly")
    parser.add_argument("--truthful", action="store_true", help="let a truthful double of a language model arrange")
    arguments = parser.parse_args()
    score = scorer(arguments.shared)
    sources = score.Sources(arguments.shared / "corpus")
    with tempfile.TemporaryDirectory() as home:
        library = library_of((arguments.shared / "corpus").glob("*.txt"), Path(home))
        assistant = Assistant(library, TruthfulModel() if arguments.truthful else None)
        for name, path in sets(arguments.shared).items():
            report(name, score, sources, assistant, score.read_jsonl(path), arguments.wrong)


if __name__ == "__main__":
    main()
