"""How far an addition has come, and what became of each file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.errors import AcquisError

Stage = Literal["read", "encode", "write", "done"]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the files of one addition; every file is in one of the three.

    Attributes:
        added: names now in the store by this addition, new or replaced.
        unchanged: names whose very bytes were there already; nothing was done.
        failed: names and why; the store keeps what it had of them.
    """

    added: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[tuple[str, AcquisError], ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of an addition.

    Attributes:
        done: files dealt with so far.
        total: files asked for.
        name: the file at hand; empty for the last two stages.
        report: set on the last one only, whose stage is "done".
    """

    done: int
    total: int
    name: str
    stage: Stage
    report: Report | None = None
