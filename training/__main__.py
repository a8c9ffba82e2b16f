"""`python -m training model` makes index/model, `python -m training tokens` makes index/acquis.tiktoken."""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np

import index.tokens
from index.encoder import SHIPPED
from index.static import StaticEncoder
from training.card import Run, write_card
from training.folder import evened, write_folder
from training.learn import DEVICE, Bags, Matrix, Settings, learn, text_vectors
from training.lesson import lesson, with_words
from training.pair import Pair, held_out
from training.pieces import learn_pieces
from training.sources import every_pair
from training.tasks import every_task, ranks, recall
from training.teacher import Teacher
from training.token_ranks import learn_ranks, texts, write_ranks

PIECES = 32_000  # learned from the texts; the teacher's English words come on top
RECIPE = (
    Settings(epochs=3, near=0, lesson=0.0),
    Settings(epochs=3, near=0, lesson=1.0),
    Settings(epochs=4, near=2, lesson=1.0),
)
SAMPLE, EVENED = 20_000, 0.1  # texts by which directions are evened out, and how much
SHARED = Path(__file__).resolve().parents[2] / "shared"


def codes_in(folder: Path) -> set[str]:
    """Fiche numbers that may stand in a folder of documents: every number of four or five digits, to be safe."""
    found = (re.findall(r"\b\d{4,5}\b", p.read_text("utf-8")) for p in sorted(folder.glob("*.txt")))
    return {f"RNCP{number}" for numbers in found for number in numbers}


def training_pairs(data: Path, corpus: Path) -> list[Pair]:
    """All pairs, in a fixed shuffled order, but those held out and those of the certifications kept for evaluation."""
    kept = codes_in(corpus)
    pairs = [p for p in every_pair(data) if not held_out(p.group) and p.group not in kept]
    Random(0).shuffle(pairs)
    return pairs


def average(members: Sequence[Matrix]) -> Matrix:
    """The mean of several trainings from one start, each scaled to pieces of mean length 1 (Wortsman et al. 2022)."""
    return np.mean([m / np.linalg.norm(m, axis=1).mean() for m in members], axis=0)


def make_model(data: Path, corpus: Path, folder: Path, recipe: Sequence[Settings]) -> None:
    started = time.perf_counter()
    pairs = training_pairs(data, corpus)
    where = "on a GPU" if DEVICE.type == "cuda" else "without a GPU: some 30 minutes on two free cores"
    print(f"training {where}", flush=True)
    print(f"{len(pairs)} pairs read in {time.perf_counter() - started:.0f} s", flush=True)
    teacher = Teacher()
    words = teacher.words()
    tokenizer = learn_pieces(dict.fromkeys(t for p in pairs for t in (p.query, p.passage)), PIECES)
    tokenizer = with_words(tokenizer, words)
    start, taught = lesson(pairs, tokenizer, words, teacher)
    print(f"{len(taught.texts)} texts of the teacher after {time.perf_counter() - started:.0f} s", flush=True)
    members = [learn(pairs, tokenizer, s, lambda line: print(line, flush=True), start, taught) for s in recipe]
    vectors = average(members)
    sample = Bags(tokenizer, [p.passage for p in pairs[:SAMPLE]])
    write_folder(evened(vectors, text_vectors(vectors, sample), EVENED), tokenizer, folder)
    took = time.perf_counter() - started
    figures = evaluate(folder, data)
    run = Run(tuple(recipe), tokenizer.get_vocab_size(), EVENED, len(pairs), took, tuple(figures))
    write_card(folder / "README.md", run)


def evaluate(folder: Path, data: Path) -> list[tuple[str, int, float, float]]:
    """Name, queries, recall at 1 and at 10 of each hold-out task, with the folder's model as it ships."""
    encoder, figures = StaticEncoder(folder), []
    for a_task in every_task(data):
        found = ranks(encoder.encode_passages, a_task)
        figures.append((a_task.name, len(found), recall(found, 1), recall(found, 10)))
        print(f"{a_task.name}: recall@1 {figures[-1][2]:.3f}, recall@10 {figures[-1][3]:.3f}", flush=True)
    print(f"mean: {np.mean([f[2] for f in figures]):.3f}, {np.mean([f[3] for f in figures]):.3f}")
    return figures


def make_tokens(data: Path, path: Path, size: int) -> None:
    digest = write_ranks(learn_ranks(texts(data), size), path)
    same = "as before" if digest == index.tokens.RANKS_SHA256 else "put it into index/tokens.py as RANKS_SHA256"
    print(f"{path}: {size} tokens, SHA-256 {digest}, {same}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("what", choices=("model", "tokens", "evaluate"))
    parser.add_argument("--data", type=Path, default=SHARED / "data", help="third-party data, see training/README.md")
    parser.add_argument("--kept", type=Path, default=SHARED / "corpus", help="documents whose certifications stay out")
    parser.add_argument("--out", type=Path, help="index/model, or index/acquis.tiktoken, by default")
    parser.add_argument("--threads", type=int, default=2, help="processor threads")
    given = parser.parse_args()
    if given.what == "tokens":
        make_tokens(given.data, given.out or index.tokens.RANKS, 24_000)
    elif given.what == "evaluate":
        evaluate(given.out or SHIPPED, given.data)
    else:
        recipe = [replace(s, threads=given.threads) for s in RECIPE]
        make_model(given.data, given.kept, given.out or SHIPPED, recipe)


if __name__ == "__main__":
    main()
