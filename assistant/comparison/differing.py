"""Which words of two wordings differ."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.comparison.alike import identity

SHORT = 3  # letters of a word that does not interrupt a changed stretch by itself


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words of one side that are all common to both sides, or all its own."""

    text: str
    own: bool


def differing(before: str, after: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Both wordings as runs that, joined by blanks, give their words again; case and punctuation alone differ not."""
    left, right = before.split(), after.split()
    matcher = SequenceMatcher(None, [_key(w) for w in left], [_key(w) for w in right], autojunk=False)
    own_left, own_right = [True] * len(left), [True] * len(right)
    for block in matcher.get_matching_blocks():
        alone = block.size == 1 and len(identity(left[block.a])) <= SHORT
        inside = 0 < block.a < len(left) - 1 and 0 < block.b < len(right) - 1
        if not (alone and inside):
            own_left[block.a : block.a + block.size] = [False] * block.size
            own_right[block.b : block.b + block.size] = [False] * block.size
    return _runs(left, own_left), _runs(right, own_right)


def _key(word: str) -> str:
    return identity(word) or word


def _runs(words: list[str], own: list[bool]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for word, mine in zip(words, own, strict=True):
        if runs and runs[-1].own == mine:
            runs[-1] = Run(f"{runs[-1].text} {word}", mine)
        else:
            runs.append(Run(word, mine))
    return tuple(runs)
