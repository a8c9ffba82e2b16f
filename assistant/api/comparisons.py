"""Comparisons as the interfaces hand them out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.api import models
from assistant.api.fiches import citation
from assistant.comparison.comparison import BlockChange, Change, Comparison, FactRow, Kind, Stated, Worded, counted
from assistant.comparison.differing import Run, differing


def compared(found: Comparison, before: models.Validity, after: models.Validity) -> models.Compared:
    return models.Compared(
        before=before,
        after=after,
        blocks_count=_counts(found.blocks),
        competences_count=_counts(found.changes),
        moved=found.moved,
        facts=tuple(_fact(row) for row in found.facts),
        blocks=tuple(_block(block) for block in found.blocks),
    )


def _counts(changes: Iterable[Change | BlockChange]) -> models.Counts:
    return models.Counts(**{kind.value: count for kind, count in counted(changes).items()})


def _fact(row: FactRow) -> models.ComparedFact:
    return models.ComparedFact(
        facet=row.facet,
        same=row.same,
        before=tuple(_statement(s) for s in row.before),
        after=tuple(_statement(s) for s in row.after),
    )


def _statement(stated: Stated) -> models.ComparedStatement:
    return models.ComparedStatement(
        label=stated.label, value=stated.value, shared=stated.shared, citation=citation(stated.citation)
    )


def _block(block: BlockChange) -> models.ComparedBlock:
    before, after = _sides(block.before, block.after, block.kind)
    return models.ComparedBlock(
        kind=block.kind, before=before, after=after, competences=tuple(_competence(c) for c in block.changes)
    )


def _competence(change: Change) -> models.ComparedCompetence:
    before, after = _sides(change.before, change.after, change.kind)
    return models.ComparedCompetence(
        kind=change.kind, moved=change.moved, alike=change.alike, before=before, after=after
    )


def _sides(
    before: Worded | None, after: Worded | None, kind: Kind
) -> tuple[models.ComparedWording | None, models.ComparedWording | None]:
    runs: tuple[Sequence[Run], Sequence[Run]] = ((), ())
    if before and after and kind is Kind.REWORDED:
        runs = differing(before.text, after.text)
    return _wording(before, runs[0]), _wording(after, runs[1])


def _wording(worded: Worded | None, runs: Sequence[Run]) -> models.ComparedWording | None:
    if worded is None:
        return None
    return models.ComparedWording(
        block=worded.block,
        number=worded.number,
        text=worded.text,
        own=tuple(run.text for run in runs if run.own),
        citations=tuple(citation(c) for c in worded.citations),
    )
