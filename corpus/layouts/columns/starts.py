"""Where the blocks begin in the table's text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from corpus.layouts.columns.lines import Line
from corpus.layouts.columns.wording import BLOCK_ALONE, block_number, competence_number, plain_number


def block_starts(lines: Sequence[Line], below_header: frozenset[int]) -> dict[int, int]:
    """The numbers of the lines that open a block, with the block's number; the first line always does.

    Args:
        below_header: numbers of the first lines below a printed header.
    """
    named = _rising([(line.number, n) for line, after in zip_longest(lines, lines[1:]) if (n := _named(line, after))])
    found = named or _rising(_plain(lines, below_header))
    first = lines[0].number
    if first not in found:
        found = {first: max(1, min(found.values(), default=2) - 1), **found}
    return found


def _named(line: Line, after: Line | None) -> int | None:
    """The number of "BLOC 4 : …", also where a narrow column leaves it to the next line."""
    alone = after is not None and BLOCK_ALONE.match(line.plain)
    return block_number(f"{line.text} {after.text}" if alone and after else line.text)


def _plain(lines: Sequence[Line], below_header: frozenset[int]) -> list[tuple[int, int]]:
    """Headings such as "4. Validation": the next competence is 4.1, or a header stands right above."""
    found = []
    for at, line in enumerate(lines):
        number = plain_number(line.text)
        if number is None or competence_number(line.text):
            continue
        following = next((n for later in lines[at + 1 :] if (n := competence_number(later.text))), None)
        if following == (number, 1) or (following is None and line.number in below_header):
            found.append((line.number, number))
    return found


def _rising(candidates: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Only those whose number is greater than all before."""
    found: dict[int, int] = {}
    for line, number in candidates:
        if number > max(found.values(), default=0):
            found[line] = number
    return found
