"""Hold-out tasks: questions made from concepts that were never trained on, each with the passage that answers it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from training.pair import held_out
from training.sources import esco, general, rncp, rome
from training.wording import misspell

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
MOST = 1500  # queries in a task


@dataclass(frozen=True, slots=True)
class Task:
    """Queries, the passages to choose from, and for each query the row of the right passage."""

    name: str
    queries: tuple[str, ...]
    passages: tuple[str, ...]
    answers: tuple[int, ...]


def task(name: str, asked: Sequence[tuple[str, str]], others: Sequence[str]) -> Task:
    """A task from (query, passage) pairs and further passages; equal passages count once."""
    asked = Random(name).sample(list(asked), min(MOST, len(asked)))
    rows = {p: n for n, p in enumerate(dict.fromkeys([*others, *(p for _, p in asked)]))}
    return Task(name, tuple(q for q, _ in asked), tuple(rows), tuple(rows[p] for _, p in asked))


def every_task(data: Path) -> tuple[Task, ...]:
    """The tasks, from the folder of third-party data."""
    return (*_rome(data), *_esco(data), _blocks(data), _questions(data), _terms(data))


def _rome(data: Path) -> tuple[Task, ...]:
    jobs = rome.jobs(data).values()
    asked = [(t, j.text) for j in jobs for t in j.titles if held_out(f"rome:{t}") and t != j.title]
    texts = [j.text for j in jobs]
    draw = Random(4)
    return (
        task("ROME title → job", asked, texts),
        task("the same, misspelled", [(misspell(q, draw, 0.5), p) for q, p in asked], texts),
        task("ROME sentence → job", [(s, j.title) for j in jobs if held_out(j.code) for s in j.definition],
             [j.title for j in jobs]),
    )  # fmt: skip


def _esco(data: Path) -> tuple[Task, ...]:
    concepts = esco.concepts(data)
    held = [c for uri, c in concepts.items() if held_out(uri) and c.fr]
    labels = [c.fr[0] for c in concepts.values() if c.fr]
    return (
        task("ESCO alternative → label", [(a, c.fr[0]) for c in held for a in c.fr_alt if a not in c.fr], labels),
        task("English → French", [(c.en[0], c.fr[0]) for c in held if c.en], labels),
        task("French → English description", [(c.fr[0], c.description) for c in held if c.description],
             [c.description for c in concepts.values() if c.description]),
    )  # fmt: skip


def _blocks(data: Path) -> Task:
    titles, blocks = rncp.titles(data), rncp.blocks(data)
    asked = [(b, titles[code]) for code, found in blocks.items() if held_out(code) and code in titles for b in found]
    return task("block → certification", asked, [titles[code] for code in blocks if code in titles])


def _questions(data: Path) -> Task:
    found = [
        *general.questions(data / "piaf" / "piaf-v1.1.json"),
        *general.questions(data / "cnil_faq" / "faq_cnil.json"),
    ]
    return task("question → paragraph", [(q, p) for q, p, g in found if held_out(g)], [p for _, p, _ in found])


def _terms(data: Path) -> Task:
    found = [p for p in general.terms(data / "franceterme") if " : " not in p.passage and p.passage.count(" ") > 4]
    return task("term → definition", [(p.query, p.passage) for p in found if held_out(p.group)],
                [p.passage for p in found])  # fmt: skip


def ranks(encode: Encode, a_task: Task) -> NDArray[np.int64]:
    """For each query, how many passages come before the right one, from 0."""
    passages, queries = encode(a_task.passages), encode(a_task.queries)
    scores = queries @ passages.T
    right = scores[np.arange(len(queries)), list(a_task.answers)]
    return (scores > right[:, None]).sum(axis=1)


def recall(found: NDArray[np.int64], k: int) -> float:
    """Share of the queries whose right passage is among the first k."""
    return float((found < k).mean())
