"""Would a second look at the best passages help? Rerankers over the first stage (BM25 + ours), and what they cost.

    python -m benchmarks.reranking SHARED [--teacher]

For each hold-out task and the development queries: the first stage, then its best 50 in a new order, the mean of
first-stage score and reranker's score, each scaled to [0, 1]. "Our cosine again" only gives meaning more weight: what
another reranker does not gain over it, weights give for nothing. MiniLM encodes some 140
passages a second on two cores: 50 ms are enough for 7, so it is measured with 7.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.retrieval import Development, Encode, by_meaning, by_words, fused, interval, reciprocal_ranks, smaller
from index.encoder import default_encoder
from index.forms import meaning
from index.fusion import spread
from index.words import terms
from training.tasks import every_task

Scores = NDArray[np.float32]
Rerank = Callable[[str, Sequence[str]], Scores]  # a query and some texts to their scores, shape (texts,)
FEW, MANY = 7, 50


def late_interaction(encoder) -> Rerank:
    """Each word of the query finds its nearest word of the passage (Khattab & Zaharia 2020), in our own vectors.

    Words count by the length of their vectors in the query, as in the mean that the encoder makes.
    """

    def words_of(text: str) -> tuple[Scores, Scores]:
        found = list(dict.fromkeys(text.split())) or [""]
        rows = encoder.encode_passages(found)
        whole = encoder.encode_passages([text])[0]
        return rows, np.maximum(rows @ whole, 0.05)

    def scores(query: str, texts: Sequence[str]) -> Scores:
        rows, weights = words_of(query)
        found = [(rows @ words_of(t)[0].T).max(axis=1) @ weights / weights.sum() for t in texts]
        return np.array(found, np.float32)

    return scores


def bi_encoder(encode: Encode) -> Rerank:
    return lambda query, texts: encode(list(texts)) @ encode([query])[0]


class Timed:
    """A reranker over the best few of a first stage, with the milliseconds that it took a query."""

    def __init__(self, rerank: Rerank, depth: int) -> None:
        self.rerank, self.depth, self.spent = rerank, depth, []

    def over(self, first: Scores, queries: Sequence[str], texts: Sequence[str]) -> Scores:
        """The first stage's scores, those of the best few replaced and still above all others."""
        found = first.copy()
        for row, query in zip(found, queries, strict=True):
            best = np.argsort(-row, kind="stable")[: self.depth]
            started = time.perf_counter()
            again = self.rerank(query, [texts[i] for i in best])
            self.spent.append(1000 * (time.perf_counter() - started))
            row[best] = row.max() + 1 + (spread(row[best]) + spread(again)) / 2
        return found


def rerankers(teacher: Encode | None) -> dict[str, Timed]:
    ours = default_encoder()
    found = {
        "our cosine again, 50": Timed(bi_encoder(ours.encode_passages), MANY),
        "late interaction, 50": Timed(late_interaction(ours), MANY),
    }
    if teacher:
        found[f"MiniLM, {FEW}"] = Timed(bi_encoder(teacher), FEW)
    return found


def rows(shared: Path, ways: dict[str, Timed]) -> Iterator[str]:
    """One Markdown row a task: mean reciprocal rank at 10, then nDCG@10 of the development queries."""
    encode = default_encoder().encode_passages
    for a_task in map(smaller, every_task(shared / "data")):
        texts, queries = a_task.passages, a_task.queries
        first = fused(by_words([terms(p) for p in texts]), by_meaning(texts, encode))(queries)
        stages = [first, *(way.over(first, queries, texts) for way in ways.values())]
        cells = [interval(reciprocal_ranks(s, a_task.answers)) for s in stages]
        yield f"| {a_task.name} | {' | '.join(cells)} |"
    yield _development(Development.read(shared), ways, encode)


def _development(dev: Development, ways: dict[str, Timed], encode: Encode) -> str:
    texts = [meaning(p) for p in dev.passages]
    first = fused(by_words(dev.words), by_meaning(texts, encode))
    stages = [first, *((lambda q, w=way: w.over(first(q), q, texts)) for way in ways.values())]
    return f"| dev, nDCG@10 | {' | '.join(interval(dev.gains(stage)) for stage in stages)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--teacher", action="store_true", help="all-MiniLM-L6-v2 as well")
    given = parser.parse_args()
    teacher = None
    if given.teacher:
        from training.teacher import Teacher  # noqa: PLC0415  8 s, and only where it is asked for

        teacher = Teacher().vectors
    ways = rerankers(teacher)
    print(f"| task | first stage | {' | '.join(ways)} |\n{'|---' * (len(ways) + 2)}|", flush=True)
    for row in rows(given.shared, ways):
        print(row, flush=True)
    spent = [f"{np.median(way.spent):.0f} [{np.quantile(way.spent, 0.95):.0f}]" for way in ways.values()]
    print(f"| ms a query, median [p95] | | {' | '.join(spent)} |")


if __name__ == "__main__":
    main()
