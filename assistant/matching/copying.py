"""What a CV says in the words of a certification, whichever it is: a claim, told apart by runs of words in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.matching.statements import Kind, Statement
from index.words import fold

RUN = 5  # words in a row that are seldom the same by chance
FEWEST = 3  # runs of a statement from which their share tells
SHARE = 0.5  # of a statement's runs that stand in a certification, from which it is copied
WORD = re.compile(r"[a-z0-9]+")

Runs = frozenset[int]


def runs(texts: Iterable[str]) -> Runs:
    """The runs of words of texts, folded; each text for itself."""
    return frozenset(run for text in texts for run in _runs(text))


def told_apart(statements: Sequence[Statement], grounds: Sequence[Runs]) -> tuple[Statement, ...]:
    """The statements, those that a certification holds word for word as claims that tell nothing of a trade."""
    copied = {s.line + row for s in statements if _copied(s.read, grounds) for row in range(len(s.more) + 1)}
    return tuple(
        replace(s, kind=Kind.COPIED) if s.line in copied or _rest_of_copy(s, copied, grounds) else s for s in statements
    )


def _copied(text: str, grounds: Sequence[Runs]) -> bool:
    own = _runs(text)
    return len(own) >= FEWEST and any(sum(run in ground for run in own) >= SHARE * len(own) for ground in grounds)


def _rest_of_copy(statement: Statement, copied: set[int], grounds: Sequence[Runs]) -> bool:
    """True for a line or two beside copied ones, too short to tell, of which all that can be told is copied."""
    own = _runs(statement.read)
    if len(own) >= FEWEST or not {statement.line - 1, statement.line + len(statement.more) + 1} & copied:
        return False
    return any(all(run in ground for run in own) for ground in grounds)


def _runs(text: str) -> list[int]:
    words = WORD.findall(fold(text))
    return [hash(tuple(words[i : i + RUN])) for i in range(len(words) - RUN + 1)]
