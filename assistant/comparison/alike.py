"""How much two wordings say the same: by their words and by their meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

import numpy as np

from index.contract import Encoder, Matrix
from index.wordlists import rarity
from index.words import content, fold, stem

WORDS = 0.5  # weight of common words against common meaning
UNKNOWN = 8.0  # rarity of a word that the lexicon does not know
NUMBERING = re.compile(r"^[^\w«]*(?:(?:[A-Z]{1,4}\s?\d+(?:\.\d+)*|\d+(?:\.\d+)+|\d+(?=\s*[.:)–-]))[\s.:)–-]+)?[^\w«]*")


def unnumbered(text: str) -> str:
    """A wording without the bullet, number or code before it ("C1.2 – Planifier", "2.3. Planifier")."""
    return NUMBERING.sub("", text, count=1) or text


def identity(text: str) -> str:
    """What two printings of one wording share: their folded letters and digits."""
    return re.sub(r"[\W_]+", "", fold(text))


def alike(before: Sequence[str], after: Sequence[str], encoder: Encoder) -> Matrix:
    """How much each wording says the same as each other, in [0, 1], shape (len(before), len(after)).

    1 exactly for equal identities, below it for any others.
    """
    if not before or not after:
        return np.zeros((len(before), len(after)), dtype=np.float32)
    meaning = np.clip(encoder.encode_passages(before) @ encoder.encode_passages(after).T, 0.0, 1.0)
    mixed = np.minimum(WORDS * _common_words(before, after) + (1 - WORDS) * meaning, 0.999)
    same = np.array([[b == a for a in map(identity, after)] for b in map(identity, before)])
    return np.where(same, np.float32(1.0), mixed.astype(np.float32))


def _common_words(before: Sequence[str], after: Sequence[str]) -> Matrix:
    """Twice the weight of the common stems over the weight of all, rare stems weighing more: Dice's coefficient."""
    bags = [_stems(text) for text in (*before, *after)]
    places = {word: i for i, word in enumerate(dict.fromkeys(chain.from_iterable(bags)))}
    weights = np.zeros((len(bags), len(places)), dtype=np.float32)
    for row, bag in enumerate(bags):
        for word, weight in bag.items():
            weights[row, places[word]] = weight
    totals = weights.sum(axis=1)
    left, right = weights[: len(before)], weights[len(before) :] > 0
    sums = totals[: len(before), None] + totals[None, len(before) :]
    return 2 * (left @ right.T) / np.maximum(sums, 1e-6)


def _stems(text: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for word in content(text):
        known = rarity(word)
        found.setdefault(stem(word), UNKNOWN if known is None else max(known, 0.1))
    return found
