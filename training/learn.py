"""The training loop: vectors of word pieces such that the means of two texts that belong together are close."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from training.pair import Pair
from training.wording import reword

Report = Callable[[str], None]
Matrix = NDArray[np.float32]
Bag = tuple[Tensor, Tensor]  # piece numbers of some texts, strung together, and where each text begins
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
MOMENTS = (0.9, 0.99)  # Adam's
CENTRES, RUN = 400, 32  # of the runs of near pairs: how many regions, how many pairs in a run


@dataclass(frozen=True, slots=True)
class Lesson:
    """Texts with the vectors that a pretrained teacher gives them: unit rows, shape (len(texts), dim)."""

    texts: Sequence[str]
    vectors: Matrix


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train.

    Attributes:
        dim: length of a vector where training starts from noise.
        near: so many epochs, the last ones, have runs of near pairs in their batches.
        batch: pairs in a batch; every other passage of the batch is a wrong answer to a query.
        rate: Adam's step size at its height; it rises over the first 5% of the steps and falls to 0 in a straight line.
        scale: inverse temperature of the softmax over cosines.
        rarity: a of the initial piece weights a / (a + p(piece)) (Arora et al. 2017); 0 for equal weights.
        drop: share of the pieces of a text that are left out in training.
        lesson: weight of the teacher's lesson in the loss; 0 for none.
        lesson_batch: texts of the lesson in a batch.
        threads: processor threads.
    """

    dim: int = 384
    batch: int = 1024
    epochs: int = 4
    near: int = 2
    rate: float = 0.005
    scale: float = 20.0
    rarity: float = 1e-3
    drop: float = 0.1
    lesson: float = 1.0
    lesson_batch: int = 512
    threads: int = 1
    seed: int = 20


class Bags:
    """Texts as runs of piece numbers, ready for nn.EmbeddingBag."""

    def __init__(self, tokenizer: Tokenizer, texts: Sequence[str], longest: int = 128) -> None:
        self.ids = [
            np.asarray(e.ids[:longest] or [0], np.int64)
            for e in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        ]

    def take(self, rows: NDArray[np.int64], drop: float, draw: np.random.Generator) -> Bag:
        """Piece numbers and the offset of each text; a text always keeps a piece."""
        bags = [self.ids[r] for r in rows]
        if drop:
            bags = [b if len(b) < 3 else b[(draw.random(len(b)) >= drop) | (np.arange(len(b)) == 0)] for b in bags]
        offsets = np.cumsum([0] + [len(b) for b in bags[:-1]])
        return torch.from_numpy(np.concatenate(bags)).to(DEVICE), torch.from_numpy(offsets).to(DEVICE)


class Pieces:
    """Piece vectors with a weight for each, and Adam over the few that a batch touches.

    A step reads and writes the pieces of its texts only (some 8,000 of 45,000), which makes it three times faster.
    """

    def __init__(self, start: Matrix, weights: Matrix) -> None:
        tables = torch.from_numpy(start.copy()), torch.from_numpy(np.log(weights)).float()[:, None]
        self.tables = [t.to(DEVICE) for t in tables]
        self._moments = [(torch.zeros_like(t), torch.zeros_like(t)) for t in self.tables]
        self._steps = 0

    def take(self, ids: Tensor) -> tuple[Tensor, list[Tensor], Tensor]:
        """The distinct pieces of a batch, their rows as leaves to differentiate, and each place's row."""
        used, places = torch.unique(ids, return_inverse=True)
        return used, [t[used].requires_grad_() for t in self.tables], places

    @torch.no_grad()
    def step(self, used: Tensor, rows: Sequence[Tensor], rate: float) -> None:
        """Adam's step (Kingma & Ba 2015) on the rows in use; the moments of the others wait."""
        self._steps += 1
        for table, (first, second), row in zip(self.tables, self._moments, rows, strict=True):
            m = first[used].lerp_(row.grad, 1 - MOMENTS[0])
            v = second[used].lerp_(row.grad.square(), 1 - MOMENTS[1])
            first[used], second[used] = m, v
            spread = (v / (1 - MOMENTS[1] ** self._steps)).sqrt_().add_(1e-8)
            table[used] = row - rate * m / (1 - MOMENTS[0] ** self._steps) / spread

    def folded(self) -> Matrix:
        """One vector a piece, its weight folded in."""
        vectors, weights = self.tables
        return (vectors * weights.exp()).cpu().numpy()


def text_vectors(pieces: Matrix, bags: Bags) -> Matrix:
    """Unit rows, one a text: the means of its pieces' vectors."""
    starts = np.cumsum([0] + [len(b) for b in bags.ids[:-1]])
    table, ids = torch.from_numpy(pieces), torch.from_numpy(np.concatenate(bags.ids))
    return functional.normalize(functional.embedding_bag(ids, table, torch.from_numpy(starts), mode="sum")).numpy()


def _means(rows: Sequence[Tensor], places: Tensor, bags: Sequence[Bag]) -> list[Tensor]:
    """Unit rows for each of some runs of texts whose piece numbers were strung together."""
    vectors, weights = rows
    scaled, found, start = vectors * weights.exp(), [], 0
    for ids, offsets in bags:
        here = places[start : start + len(ids)]
        found.append(functional.normalize(functional.embedding_bag(here, scaled, offsets, mode="sum"), dim=1))
        start += len(ids)
    return found


def _loss(a: Tensor, b: Tensor, same: Tensor, scale: float) -> Tensor:
    """In-batch negatives in both directions (Henderson et al. 2017); equal texts are no negatives of each other."""
    scores = (scale * a @ b.T).masked_fill(same, -1e4)
    target = torch.arange(len(a), device=a.device)
    return (functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)) / 2


def _alike(labels: NDArray[np.int64]) -> Tensor:
    """True off the diagonal where two labels are equal."""
    same = torch.from_numpy(labels[:, None] == labels[None, :]).to(DEVICE)
    return same.fill_diagonal_(False)


def _rarity(bags: Bags, size: int, a: float) -> Matrix:
    """Weight a / (a + p) of each piece, p its share among all pieces of the texts; 1 where a is 0."""
    counts = np.bincount(np.concatenate(bags.ids), minlength=size) + 1
    return (a / (a + counts / counts.sum()) if a else np.ones(size)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Material:
    """Pairs and lesson, cut into pieces.

    Attributes:
        answers: for each pair the number of its passage among the distinct ones.
        weights: how often each pair is drawn in an epoch.
    """

    pairs: Sequence[Pair]
    passages: Bags
    answers: NDArray[np.int64]
    weights: NDArray[np.float64]
    lesson: Lesson | None
    taught: Bags | None

    @classmethod
    def cut(cls, pairs: Sequence[Pair], tokenizer: Tokenizer, lesson: Lesson | None) -> Material:
        numbers: dict[str, int] = {}
        answers = np.array([numbers.setdefault(p.passage, len(numbers)) for p in pairs])
        taught = Bags(tokenizer, lesson.texts) if lesson else None
        weights = np.array([p.weight for p in pairs])
        return cls(pairs, Bags(tokenizer, list(numbers)), answers, weights, lesson, taught)

    def epoch(self, draw: np.random.Generator) -> NDArray[np.int64]:
        """The pairs of an epoch, shuffled."""
        rows = np.repeat(np.arange(len(self.pairs)), (self.weights + draw.random(len(self.pairs))).astype(int))
        draw.shuffle(rows)
        return rows

    def near(self, rows: NDArray[np.int64], vectors: Matrix, draw: np.random.Generator) -> NDArray[np.int64]:
        """The pairs of an epoch in runs whose passages lie close together: hard negatives for each other.

        Args:
            vectors: unit rows of the distinct passages.
        """
        centres = vectors[draw.choice(len(vectors), min(CENTRES, len(vectors)), replace=False)]
        nearest = np.concatenate([np.argmax(part @ centres.T, axis=1) for part in np.array_split(vectors, 64)])
        gathered = rows[np.argsort(nearest[self.answers[rows]], kind="stable")]
        runs = gathered[: len(gathered) // RUN * RUN].reshape(-1, RUN)
        return draw.permutation(runs).ravel()


def learn(
    pairs: Sequence[Pair],
    tokenizer: Tokenizer,
    settings: Settings,
    report: Report,
    start: Matrix | None = None,
    lesson: Lesson | None = None,
) -> Matrix:
    """Piece vectors, shape (pieces, dim), from `start` or from noise.

    The same settings give the same vectors on the same machine.
    """
    torch.set_num_threads(settings.threads)
    draw, words = np.random.default_rng(settings.seed), random.Random(settings.seed)
    material = Material.cut(pairs, tokenizer, lesson if settings.lesson else None)
    if start is None:
        start = draw.normal(0, settings.dim**-0.5, (tokenizer.get_vocab_size(), settings.dim)).astype(np.float32)
    pieces = Pieces(start, _rarity(material.passages, len(start), settings.rarity))
    total, done = int(material.weights.sum()) // settings.batch * settings.epochs, 0
    for epoch in range(settings.epochs):
        started, losses = time.perf_counter(), []
        rows = material.epoch(draw)
        if epoch >= settings.epochs - settings.near:
            rows = material.near(rows, text_vectors(pieces.folded(), material.passages), draw)
        queries = Bags(tokenizer, [reword(pairs[r].query, words) for r in rows])
        for first in range(0, len(rows) - settings.batch + 1, settings.batch):
            batch = np.arange(first, first + settings.batch)
            rate = settings.rate * min(done / (0.05 * total), max(0.0, 1 - done / total))
            losses.append(_step(pieces, material, queries, batch, material.answers[rows[batch]], settings, rate, draw))
            done += 1
        report(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {time.perf_counter() - started:.0f} s")
    return pieces.folded()


def _step(
    pieces: Pieces,
    material: Material,
    queries: Bags,
    batch: NDArray[np.int64],
    answers: NDArray[np.int64],
    settings: Settings,
    rate: float,
    draw: np.random.Generator,
) -> float:
    """Learn from one batch: rows of the queries, and the numbers of the passages that answer them; its loss."""
    bags = [queries.take(batch, settings.drop, draw), material.passages.take(answers, settings.drop, draw)]
    if material.taught:
        some = draw.integers(0, len(material.lesson.texts), settings.lesson_batch)
        bags.append(material.taught.take(some, settings.drop, draw))
    used, rows, places = pieces.take(torch.cat([ids for ids, _ in bags]))
    a, b, *heard = _means(rows, places, bags)
    loss = _loss(a, b, _alike(answers), settings.scale)
    if heard:
        said = torch.from_numpy(material.lesson.vectors[some]).to(DEVICE)
        loss = loss + settings.lesson * (1 - (heard[0] * said).sum(1)).mean()
    loss.backward()
    pieces.step(used, rows, rate)
    return loss.item()
