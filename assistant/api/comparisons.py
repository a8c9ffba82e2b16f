"""Comparisons as the interfaces hand them out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import Field

from assistant.api.fiches import citation
from assistant.api.models import Citation, Shape, Validity
from assistant.comparison.comparison import BlockChange, Change, Comparison, FactRow, Kind, Stated, Worded, counted
from assistant.comparison.differing import Run, differing
from corpus.referential import Facet


class ComparedWording(Shape):
    """One side of a change: `text` without the number, `own` the words that the other side has not, if both are."""

    block: int | None
    number: str | None
    text: str
    own: tuple[str, ...]
    citations: tuple[Citation, ...]


class ComparedCompetence(Shape):
    """What became of a competence; `moved` where it went from one block to another that does not continue it."""

    kind: Kind
    moved: bool
    alike: float = Field(description="How much both sides say the same, from 0 to 1")
    before: ComparedWording | None
    after: ComparedWording | None


class ComparedBlock(Shape):
    kind: Kind
    before: ComparedWording | None
    after: ComparedWording | None
    competences: tuple[ComparedCompetence, ...]


class ComparedStatement(Shape):
    label: str
    value: str
    shared: bool = Field(description="Whether the other side states the same")
    citation: Citation


class ComparedFact(Shape):
    facet: Facet
    same: bool | None = Field(description="null where a side does not say")
    before: tuple[ComparedStatement, ...]
    after: tuple[ComparedStatement, ...]


class Counts(Shape):
    kept: int
    reworded: int
    new: int
    gone: int


class Compared(Shape):
    """Two certifications side by side."""

    before: Validity
    after: Validity
    blocks_count: Counts
    competences_count: Counts
    moved: int
    facts: tuple[ComparedFact, ...]
    blocks: tuple[ComparedBlock, ...]


def compared(found: Comparison, before: Validity, after: Validity) -> Compared:
    return Compared(
        before=before,
        after=after,
        blocks_count=_counts(found.blocks),
        competences_count=_counts(found.changes),
        moved=found.moved,
        facts=tuple(_fact(row) for row in found.facts),
        blocks=tuple(_block(block) for block in found.blocks),
    )


def _counts(changes: Iterable[Change | BlockChange]) -> Counts:
    return Counts(**{kind.value: count for kind, count in counted(changes).items()})


def _fact(row: FactRow) -> ComparedFact:
    return ComparedFact(
        facet=row.facet,
        same=row.same,
        before=tuple(_statement(s) for s in row.before),
        after=tuple(_statement(s) for s in row.after),
    )


def _statement(stated: Stated) -> ComparedStatement:
    return ComparedStatement(
        label=stated.label, value=stated.value, shared=stated.shared, citation=citation(stated.citation)
    )


def _block(block: BlockChange) -> ComparedBlock:
    before, after = _sides(block.before, block.after, block.kind)
    return ComparedBlock(
        kind=block.kind, before=before, after=after, competences=tuple(_competence(c) for c in block.changes)
    )


def _competence(change: Change) -> ComparedCompetence:
    before, after = _sides(change.before, change.after, change.kind)
    return ComparedCompetence(kind=change.kind, moved=change.moved, alike=change.alike, before=before, after=after)


def _sides(
    before: Worded | None, after: Worded | None, kind: Kind
) -> tuple[ComparedWording | None, ComparedWording | None]:
    runs: tuple[Sequence[Run], Sequence[Run]] = ((), ())
    if before and after and kind is Kind.REWORDED:
        runs = differing(before.text, after.text)
    return _wording(before, runs[0]), _wording(after, runs[1])


def _wording(worded: Worded | None, runs: Sequence[Run]) -> ComparedWording | None:
    if worded is None:
        return None
    return ComparedWording(
        block=worded.block,
        number=worded.number,
        text=worded.text,
        own=tuple(run.text for run in runs if run.own),
        citations=tuple(citation(c) for c in worded.citations),
    )
