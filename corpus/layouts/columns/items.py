"""A column's lines, in reading order, as the items that a reader sees: paragraphs, bullets, labelled groups."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document, Quote, fold_space
from corpus.layouts.columns.lines import Line
from corpus.layouts.columns.profile import Profile
from corpus.layouts.columns.wording import Column, labelled, numbered_activity

Item = tuple[Line, ...]


def items(lines: Sequence[Line], column: Column, profile: Profile) -> list[Item]:
    """The items of one cell, or of one column of a block, torn ones joined."""
    found: list[list[Line]] = []
    for line in lines:
        if found and _belongs(found[-1], line, column, profile):
            found[-1].append(line)
        else:
            found.append([line])
    return [tuple(item) for item in found]


def _belongs(item: Sequence[Line], line: Line, column: Column, profile: Profile) -> bool:
    before = item[-1]
    if line.continues and not (line.bullet and before.closed and not before.text.endswith(":")):
        return True
    if labelled(line.text) or numbered_activity(line.text):
        return False
    if line.bullet:
        return _in_list(item, line, column)
    return _same_paragraph(item, line, column, profile)


def _in_list(item: Sequence[Line], line: Line, column: Column) -> bool:
    """A bullet goes on a labelled group, or a list within a list."""
    if column is Column.ASSESSMENT and not item[0].bullet:
        return True
    if column is Column.ACTIVITY and all(labelled(before.text) for before in item):
        return True
    inner = {before.bullet for before in item[1:]} - {"", item[0].bullet}
    return (
        bool(item[0].bullet)
        and line.bullet != item[0].bullet
        and (line.bullet in inner or item[-1].text.endswith((":", ",")))
    )


def _same_paragraph(item: Sequence[Line], line: Line, column: Column, profile: Profile) -> bool:
    before = item[-1]
    if before.hangs or before.text.endswith(":") or all(labelled(each.text) for each in item):
        return True
    if line.gap >= before.gap + 2:
        return False
    if not profile.ended(before, line, column):
        return True
    return not before.closed and not item[0].bullet and before.gap >= line.gap


def quotes(document: Document, item: Item) -> tuple[Quote, ...]:
    """A quote for each unbroken run of the item's lines; a bullet that opens it is left out."""
    runs: list[list[Line]] = []
    for line in item:
        if runs and _adjacent(document, runs[-1][-1], line):
            runs[-1].append(line)
        else:
            runs.append([line])
    return tuple(_quote(run, first=run is runs[0]) for run in runs)


def _adjacent(document: Document, before: Line, after: Line) -> bool:
    return not any(text.strip() for text in document.lines[before.number : after.number - 1])


def _quote(run: Sequence[Line], first: bool) -> Quote:
    head = run[0].body if first else run[0].text
    text = fold_space(" ".join([head, *(line.text for line in run[1:])]))
    return Quote(text, run[0].number, run[-1].number)
