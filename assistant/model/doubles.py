"""Deterministic language models for tests and trials: one that copies honestly, one that says what it is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

EXCERPT = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
FIRST = re.compile(r"\[1\] (?:à|to) \[(\d+)\]")


class TruthfulModel:
    """Copies the first excerpts of its prompt, word for word.

    Args:
        most: how many; by default those that the prompt says to be the extractive answer's.
    """

    name = "truthful double"

    def __init__(self, most: int | None = None) -> None:
        self._most = most

    def stream(self, prompt: str) -> Iterator[str]:
        rules, _, excerpts = prompt.rpartition("<ex")
        most = self._most if self._most is not None else int(FIRST.findall(rules)[0])
        for number, text in EXCERPT.findall(excerpts)[:most]:
            yield f"[{number}] « {text} »\n"


class ScriptedModel:
    """Says the given pieces, whatever it is asked; an exception among them is raised in its place."""

    name = "scripted double"

    def __init__(self, pieces: Sequence[str | Exception]) -> None:
        self._pieces = pieces
        self.prompts: list[str] = []

    def stream(self, prompt: str) -> Iterator[str]:
        self.prompts.append(prompt)
        for piece in self._pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece
