"""What the pretrained teacher tells: vectors of English words and texts, and of the French texts that mean the same.

Reimers & Gurevych 2020: a text and its translation are given one vector, the teacher's for the English one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import numpy as np
from tokenizers import Tokenizer

from training.learn import Lesson, Matrix
from training.pair import Pair
from training.teacher import Teacher

ENGLISH_QUERY = {"esco_en_fr", "esco_en"}  # kinds of pairs whose query is English
ENGLISH_PASSAGE = {"esco_description", "sts_en_fr"}
SAME = {"esco_en_fr", "sts_en_fr"}  # kinds of pairs that say the same in both languages


def with_words(tokenizer: Tokenizer, words: Iterable[str]) -> Tokenizer:
    """A tokenizer whose vocabulary holds some further whole words."""
    described = json.loads(tokenizer.to_str())
    vocabulary = described["model"]["vocab"]
    for word in words:
        vocabulary.setdefault(word, len(vocabulary))
    return Tokenizer.from_str(json.dumps(described))


def lesson(
    pairs: Sequence[Pair], tokenizer: Tokenizer, words: Sequence[str], teacher: Teacher
) -> tuple[Matrix, Lesson]:
    """Where the training starts, and what it hears of the teacher all along; the mean of English texts taken out.

    Args:
        words: English words that are pieces of the tokenizer.

    Returns:
        The teacher's vector of each piece taken as a text, shape (pieces, 384); and English texts and words with their
        vectors, and the French counterparts of the texts with the same.
    """
    english = {p.query: None for p in pairs if p.kind in ENGLISH_QUERY}
    english |= {p.passage: None for p in pairs if p.kind in ENGLISH_PASSAGE}
    row = {text: n for n, text in enumerate(english)}
    vectors = teacher.vectors(list(english))
    mean = vectors.mean(axis=0)
    vectors = _unit(vectors - mean)
    number = tokenizer.get_vocab()
    start = _unit(teacher.vectors([p.removeprefix("##") for p in sorted(number, key=number.__getitem__)]) - mean)
    both = [(p.query, p.passage) for p in pairs if p.kind in SAME]
    french = dict.fromkeys((f, row[e]) for a, b in both for f, e in ((a, b), (b, a)) if e in row and f not in row)
    said = [vectors, vectors[[n for _, n in french]], start[[number[w] for w in words]]]
    return start, Lesson([*english, *(f for f, _ in french), *words], np.concatenate(said))


def _unit(rows: Matrix) -> Matrix:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
