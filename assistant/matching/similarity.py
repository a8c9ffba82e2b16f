"""One matrix: how far each statement of a CV and each line of a referential speak of the same activity."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.matching.fields import Fields
from assistant.matching.ground import Ground, Role
from assistant.matching.voice import Voiced
from index.contract import Matrix

Z_HALF, Z_STEP = 2.6, 0.55  # standard deviations above a line's usual cosine at which meaning counts half; its slope
GLOSS_HALF = 2.2  # the same for a clue's gloss, which is worded as referentials are
GLOSSED = 0.8  # what a line is worth that is only like a clue, against one that names it
HELD, OFTEN = 0.5, 0.25  # weight at which a line holds a clue; share of lines up to which a clue tells all it can
WORTH = {"clue": 0.9, "meaning": 0.8, "words": 0.6}  # the most that each kind of likeness can give alone
ROLE = {Role.COMPETENCE: 1.0, Role.DETAIL: 0.95, Role.ACTIVITY: 0.95, Role.TITLE: 0.9, Role.CRITERION: 0.8}


def similarity(cv: Voiced, ground: Ground, fields: Fields) -> Matrix:
    """Likeness of each statement to each line, in [0, 1], shape (statements, lines)."""
    usual, spread = ground.likeness.mean(axis=0), ground.likeness.std(axis=0) + 1e-6
    meaning = _rise((cv.vectors @ ground.vectors.T - usual) / spread, Z_HALF)
    glossed = _rise((ground.likeness - usual) / spread, GLOSS_HALF)
    named = ground.clues.T * _telling(ground.clues)[:, None]
    clue = _best_clue(cv.clues, np.maximum(named, GLOSSED * glossed))
    words = _shared_words(cv.stems, ground.stems, fields)
    none = (1 - WORTH["clue"] * clue) * (1 - WORTH["meaning"] * meaning) * (1 - WORTH["words"] * words)
    role = np.array([ROLE[line.role] for line in ground.lines], np.float32)
    return ((1 - none) * role).astype(np.float32)


def _telling(clues: Matrix) -> NDArray[np.float32]:
    """Of each clue what it tells within one certification: little where it stands in most of its lines."""
    share = (clues > HELD).mean(axis=0) if len(clues) else np.zeros(clues.shape[1])
    return (1 - np.clip(share - OFTEN, 0, 1)).astype(np.float32)


def _rise(z: NDArray[np.float32], half: float) -> NDArray[np.float32]:
    """From standard deviations to [0, 1], one half at `half`."""
    return 1 / (1 + np.exp((half - z) / Z_STEP))


def _best_clue(stated: Matrix, lines: NDArray[np.float32]) -> Matrix:
    """The best clue that a statement and a line share, shape (statements, lines)."""
    best = np.zeros((stated.shape[0], lines.shape[1]), np.float32)
    for clue in np.flatnonzero(stated.any(axis=0)):
        best = np.maximum(best, np.outer(stated[:, clue], lines[clue]))
    return best


def _shared_words(stated: Sequence[frozenset[str]], lines: Sequence[frozenset[str]], fields: Fields) -> Matrix:
    """Weighted share of the words in common, cosine-like, shape (statements, lines)."""
    weight = {s: fields.weight(s) ** 2 for s in frozenset().union(*stated, *lines)}
    mass = [[sum(weight[s] for s in stems) for stems in side] for side in (stated, lines)]
    shared = np.zeros((len(stated), len(lines)), np.float32)
    for i, mine in enumerate(stated):
        for j, theirs in enumerate(lines):
            if common := mine & theirs:
                shared[i, j] = sum(weight[s] for s in common) / np.sqrt(mass[0][i] * mass[1][j])
    return shared
