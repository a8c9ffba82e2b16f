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
from torch import Tensor, nn
from torch.nn import functional

from training.pair import Pair
from training.wording import reword

Report = Callable[[str], None]
Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Texts with the vectors that a pretrained teacher gives them: unit rows, shape (len(texts), dim)."""

    texts: Sequence[str]
    vectors: Matrix


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train.

    Attributes:
        pieces: size of the vocabulary.
        dim: length of a vector.
        batch: pairs in a batch; every other passage of the batch is a wrong answer to a query.
        rate: Adam's step size at its height; it rises over the first 5% of the steps and falls to 0 in a straight line.
        scale: inverse temperature of the softmax over cosines.
        rarity: a of the initial piece weights a / (a + p(piece)) (Arora et al. 2017); 0 for equal weights.
        drop: share of the pieces of a text that are left out in training.
        lesson: weight of the teacher's lesson in the loss, where there is one.
        lesson_batch: texts of the lesson in a batch.
        threads: processor threads.
    """

    pieces: int = 32_000
    dim: int = 384
    batch: int = 1024
    epochs: int = 6
    rate: float = 0.01
    scale: float = 20.0
    rarity: float = 1e-3
    drop: float = 0.1
    lesson: float = 1.0
    lesson_batch: int = 512
    threads: int = 2
    seed: int = 20


class Bags:
    """Texts as runs of piece numbers, ready for nn.EmbeddingBag."""

    def __init__(self, tokenizer: Tokenizer, texts: Sequence[str], longest: int = 128) -> None:
        self.ids = [
            np.asarray(e.ids[:longest] or [0], np.int64)
            for e in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        ]

    def take(self, rows: NDArray[np.int64], drop: float, draw: np.random.Generator) -> tuple[Tensor, Tensor]:
        """Piece numbers and the offset of each text; a text always keeps a piece."""
        bags = [self.ids[r] for r in rows]
        if drop:
            bags = [b if len(b) < 3 else b[(draw.random(len(b)) >= drop) | (np.arange(len(b)) == 0)] for b in bags]
        offsets = np.cumsum([0] + [len(b) for b in bags[:-1]])
        return torch.from_numpy(np.concatenate(bags)), torch.from_numpy(offsets)


class Model(nn.Module):
    """Mean of piece vectors, each scaled by a weight of its own; both are learned."""

    def __init__(self, frequencies: NDArray[np.float64], settings: Settings, start: Matrix | None) -> None:
        super().__init__()
        weights = settings.rarity / (settings.rarity + frequencies) if settings.rarity else np.ones_like(frequencies)
        self.bag = nn.EmbeddingBag(len(frequencies), settings.dim, mode="sum")
        if start is None:
            nn.init.normal_(self.bag.weight, std=settings.dim**-0.5)
        else:
            self.bag.weight.data = torch.from_numpy(start.copy())
        self.weight = nn.Parameter(torch.from_numpy(np.log(weights)).float())

    def forward(self, ids: Tensor, offsets: Tensor) -> Tensor:
        """Unit rows, one a text."""
        return functional.normalize(self.bag(ids, offsets, per_sample_weights=self.weight.exp()[ids]), dim=1)

    def folded(self) -> NDArray[np.float32]:
        """One vector a piece, its weight folded in."""
        return (self.bag.weight * self.weight.exp()[:, None]).detach().numpy().astype(np.float32)


def _loss(a: Tensor, b: Tensor, same: Tensor, scale: float) -> Tensor:
    """In-batch negatives in both directions (Henderson et al. 2017); equal texts are no negatives of each other."""
    scores = (scale * a @ b.T).masked_fill(same, -1e4)
    target = torch.arange(len(a))
    return (functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)) / 2


def _alike(labels: NDArray[np.int64]) -> Tensor:
    """True off the diagonal where two labels are equal."""
    same = torch.from_numpy(labels[:, None] == labels[None, :])
    return same.fill_diagonal_(False)


def frequencies(tokenizer: Tokenizer, texts: Sequence[str]) -> NDArray[np.float64]:
    """Share of each piece among all pieces of the texts."""
    counts = np.ones(tokenizer.get_vocab_size())
    bags = Bags(tokenizer, texts)
    np.add.at(counts, np.concatenate(bags.ids), 1)
    return counts / counts.sum()


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
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    draw, words = np.random.default_rng(settings.seed), random.Random(settings.seed)
    model = Model(frequencies(tokenizer, [p.passage for p in pairs[:200_000]]), settings, start)
    taught = Bags(tokenizer, lesson.texts) if lesson else None
    numbers: dict[str, int] = {}
    labels = np.array([numbers.setdefault(p.passage, len(numbers)) for p in pairs])
    passages = Bags(tokenizer, list(numbers))
    weights = np.array([p.weight for p in pairs])
    steps = int(weights.sum()) // settings.batch * settings.epochs
    optimizer = torch.optim.Adam(model.parameters(), lr=settings.rate, betas=(0.9, 0.99), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(s / (0.05 * steps), max(0.0, 1 - s / steps)))
    for epoch in range(settings.epochs):
        started, losses = time.perf_counter(), []
        rows = np.repeat(np.arange(len(pairs)), (weights + draw.random(len(pairs))).astype(int))
        draw.shuffle(rows)
        queries = Bags(tokenizer, [reword(pairs[r].query, words) for r in rows])
        for start in range(0, len(rows) - settings.batch + 1, settings.batch):
            batch = np.arange(start, start + settings.batch)
            a = model(*queries.take(batch, settings.drop, draw))
            b = model(*passages.take(labels[rows[batch]], settings.drop, draw))
            loss = _loss(a, b, _alike(labels[rows[batch]]), settings.scale)
            if lesson and taught:
                some = draw.integers(0, len(lesson.texts), settings.lesson_batch)
                near = (model(*taught.take(some, settings.drop, draw)) * torch.from_numpy(lesson.vectors[some])).sum(1)
                loss = loss + settings.lesson * (1 - near).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        report(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {time.perf_counter() - started:.0f} s")
    return model.folded()
