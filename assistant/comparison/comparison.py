"""What a comparison of two certifications is made of: facts, blocks and competences side by side, each with quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Citation
from corpus.referential import Facet, Referential


class Kind(StrEnum):
    """What became of something between two certifications."""

    KEPT = "kept"  # the same wording, case, accents, punctuation and numbering apart
    REWORDED = "reworded"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Worded:
    """A competence, or the title of a block, on one side.

    Attributes:
        block: the official number of its block; None where the certification has no blocks.
        number: of the competence, or the code of the block, where the source gives one.
        text: its words as the source has them, without its number.
        citations: its verbatim quotes, at least one for a competence.
    """

    block: int | None
    number: str | None
    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one competence; `before` is None for a new one, `after` for one that is gone.

    Attributes:
        alike: how much both sides say the same, in [0, 1]; 0 where there is one side only.
        moved: True where the blocks of the two sides do not correspond.
    """

    kind: Kind
    before: Worded | None
    after: Worded | None
    alike: float = 0.0
    moved: bool = False


@dataclass(frozen=True, slots=True)
class BlockChange:
    """What became of one block.

    Attributes:
        kind: kept only where the title and every competence are.
        changes: its competences; one that came from another block stands in the block where it is now.
        departed: those of `before` that are now in another block; each stands among the `changes` of that block too.
    """

    kind: Kind
    before: Worded | None
    after: Worded | None
    changes: tuple[Change, ...]
    departed: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """One fact on one side; `shared` where the other side states the same."""

    label: str
    value: str
    citation: Citation
    shared: bool


@dataclass(frozen=True, slots=True)
class FactRow:
    """What both sides state of one facet.

    Attributes:
        same: None where a side does not say: what is unsaid agrees with nothing.
    """

    facet: Facet
    before: tuple[Stated, ...]
    after: tuple[Stated, ...]
    same: bool | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two certifications, from the one before to the one after."""

    before: Referential
    after: Referential
    facts: tuple[FactRow, ...]
    blocks: tuple[BlockChange, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every competence of both sides, each once."""
        return tuple(change for block in self.blocks for change in block.changes)

    @property
    def moved(self) -> int:
        return sum(change.moved for change in self.changes)


def counted(changes: Iterable[Change | BlockChange]) -> dict[Kind, int]:
    """How many there are of each kind, every kind named."""
    found = Counter(change.kind for change in changes)
    return {kind: found[kind] for kind in Kind}
