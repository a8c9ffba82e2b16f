"""Lines with their places become blocks, competences, activities, assessments and criteria."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.document import Document
from corpus.layouts.columns.items import Item, items, quotes
from corpus.layouts.columns.lines import Line
from corpus.layouts.columns.profile import Profile
from corpus.layouts.columns.reading import Place
from corpus.layouts.columns.wording import BLOCK, PLAIN_NUMBER, Column, competence_number, labelled, printed_number
from corpus.layouts.lines import bare
from corpus.referential import Activity, Assessment, Block, Competence, Criterion, Part


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a document, read: each line has its place."""

    document: Document
    lines: tuple[Line, ...]
    places: tuple[Place, ...]
    profile: Profile

    def at(self, block: int, row: int | None, column: Column) -> list[Line]:
        """The lines of a column, in one row or in all."""
        return [
            line
            for line, place in zip(self.lines, self.places, strict=True)
            if place.block == block and place.column is column and row in (None, place.row)
        ]

    def items(self, block: int, row: int | None, column: Column) -> list[Item]:
        return items(self.at(block, row, column), column, self.profile)


def blocks(table: Table, numbers: Sequence[int]) -> tuple[Block, ...]:
    """The blocks in order, with these official numbers."""
    return tuple(_block(table, ordinal, number) for ordinal, number in enumerate(numbers, 1))


def empty_labels(table: Table) -> frozenset[int]:
    """Lines that are a label with nothing below it."""
    count = max(place.block for place in table.places)
    found = [i for b in range(1, count + 1) for i in table.items(b, None, Column.ACTIVITY) if _empty(i)]
    return frozenset(line.number for item in found for line in item)


def _empty(item: Item) -> bool:
    return all(labelled(line.text) for line in item)


def _block(table: Table, ordinal: int, number: int) -> Block:
    heading = Part(quotes(table.document, tuple(table.at(ordinal, None, Column.HEADING))))
    rows = sorted({p.row for p in table.places if p.block == ordinal and p.row})
    activities = [i for i in table.items(ordinal, None, Column.ACTIVITY) if not _empty(i)]
    return _shared(
        Block(
            number,
            title_of(heading.text),
            heading,
            activities=tuple(Activity(quotes(table.document, i)) for i in activities),
            competences=tuple(_competence(table, ordinal, row, number) for row in rows),
        )
    )


def title_of(heading: str) -> str:
    """A heading without its number: "Veille technologique" for "BLOC 5 : Veille technologique"."""
    plain = bare(heading)
    mark = BLOCK.match(plain) or PLAIN_NUMBER.match(plain)
    rest = heading[mark.end() :].lstrip(" :.–—-") if mark else heading
    return rest or heading


def _competence(table: Table, ordinal: int, row: int, block: int) -> Competence:
    document = table.document
    head, *details = table.items(ordinal, row, Column.COMPETENCE)
    return Competence(
        quotes(document, head),
        number=_number(head[0].text, row, block),
        details=tuple(Part(quotes(document, item)) for item in details),
        assessments=tuple(Assessment(quotes(document, i)) for i in table.items(ordinal, row, Column.ASSESSMENT)),
        criteria=tuple(Criterion(quotes(document, i)) for i in table.items(ordinal, row, Column.CRITERION)),
    )


def _number(text: str, row: int, block: int) -> str | None:
    """The printed number; where it belongs to another block it is misprinted, and its place tells the right one."""
    found, printed = competence_number(text), printed_number(text)
    if found is None or printed is None or found[0] in (0, block):
        return printed
    return re.sub(r"\d+([.-])\d+", rf"{block}\g<1>{row}", printed)


def _shared(block: Block) -> Block:
    """Assessments or criteria that stand at one competence only, of several, are the block's."""
    for name in ("assessments", "criteria"):
        holders = [c for c in block.competences if getattr(c, name)]
        if len(holders) == 1 and len(block.competences) > 2:
            kept = tuple(replace(c, **{name: ()}) for c in block.competences)
            block = replace(block, competences=kept, **{name: getattr(holders[0], name)})
    return block
