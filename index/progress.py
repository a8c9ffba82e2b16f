"""How far an addition has come, and what became of each file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.errors import AcquisError

Stage = Literal["read", "encode", "write", "done"]


@dataclass(frozen=True, slots=True)
class Tally:
    """How far the import of an export has come, and in the end what became of its fiches.

    Attributes:
        added: new or changed ones; unchanged: those that say what the store has already; refused: those that cannot be
            read, or are there twice.
        vanished: fiches that the store had, and that are withdrawn because a whole export no longer has them.
        absent: the same where so many are missing that the export is taken for an extract: they stay.
        facts: of those added or unchanged, the inactive ones of which only the facts are kept.
        share: how much of the file has been read, in [0, 1].
        seconds: time taken so far.
    """

    name: str
    added: int
    unchanged: int
    refused: int
    vanished: int = 0
    absent: int = 0
    facts: int = 0
    share: float = 0.0
    seconds: float = 0.0

    @property
    def read(self) -> int:
        """All fiches met: each is added, unchanged or refused."""
        return self.added + self.unchanged + self.refused

    @property
    def rate(self) -> float:
        """Fiches a second."""
        return self.read / self.seconds if self.seconds else 0.0

    @property
    def left(self) -> float | None:
        """Seconds that the rest of the file will take; None before anything was read."""
        return self.seconds * (1 - self.share) / self.share if self.share else None


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the files of one addition; every file is in one of the three.

    Attributes:
        added: names now in the store by this addition, new or replaced.
        unchanged: names whose very bytes were there already; nothing was done.
        failed: names and why; the store keeps what it had of them. Fiches of an export that are refused are here too.
        imports: for each export what became of its fiches; its own name is among those added where any fiche was, among
            those unchanged where none was.
        vanished: sources withdrawn because the newest export no longer has them.
    """

    added: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[tuple[str, AcquisError], ...] = ()
    imports: tuple[Tally, ...] = ()
    vanished: tuple[str, ...] = ()

    def with_import(
        self, tally: Tally, failed: Sequence[tuple[str, AcquisError]], vanished: Sequence[str] = ()
    ) -> Report:
        """This report and what became of one export more."""
        changed = tally.added or vanished
        return Report(
            (*self.added, tally.name) if changed else self.added,
            (*self.unchanged, tally.name) if tally.unchanged and not changed else self.unchanged,
            (*self.failed, *failed),
            (*self.imports, tally),
            (*self.vanished, *vanished),
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of an addition.

    Attributes:
        done: files dealt with so far.
        total: files asked for.
        name: the file at hand; empty for the last two stages.
        report: set on the last one only, whose stage is "done".
        tally: set while an export is imported.
    """

    done: int
    total: int
    name: str
    stage: Stage
    report: Report | None = None
    tally: Tally | None = None
