"""The first lines of an experience: which of the lines around its dates say what the person was, and where.

People write title, employer and dates in any order, on one line or on three, but one CV keeps to one order: how many
lines stand above the first dates under the heading tells how many stand above the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from assistant.matching.paragraphs import Item, Paragraph
from assistant.matching.periods import Period, periods
from assistant.matching.roles import CAPITALS, complete, roles, titles_second
from assistant.matching.sections import body, bulleted, seen
from assistant.matching.titles import is_doing, is_employer, is_name, is_title

BREAK = re.compile(
    r"\s+[–—|@•·]\s+|\s+-\s+|\s*\|\s*|\t+|\s{2,}|\s+(?:chez|at|pour le compte de)\s+|\s*[;:]\s+|,\s+|"
    r"\s+au\s+(?=\d+(?:er|[eè]?me|e)\s)"  # a regiment
)
TRIM = " \t-–—|:,;.()[]#*_"  # marks of Markdown too
PLACE = 3  # words of a place that may follow the dates
LONG = 110  # characters: a longer line is a sentence, not a title
ABOVE, BELOW = 2, 2  # lines of a header, beside that of its dates, at most


@dataclass(frozen=True, slots=True)
class Header:
    """Where an experience starts among the paragraphs: its first line, its last, both included; its parts."""

    first: int
    last: int
    title: Item | None
    employer: Item | None
    period: Period | None


class _Found(NamedTuple):
    """The lines of a header, both ends included, its dates, and its other parts in order."""

    first: int
    last: int
    period: Period | None
    listed: tuple[Item, ...]


def headers(lines: Sequence[Paragraph]) -> list[Header]:
    """The experiences that lines open, in order; lines that no header holds are tasks of the one before."""
    dated = [i for i, line in enumerate(lines) if opens(line)]
    usual = _usually_above(lines, dated)
    found: list[_Found] = []
    for place, following in pairwise([*dated, len(lines)]):
        start = found[-1].last + 1 if found else 0
        found.append(_around(lines, place, start, following, usual))
    second = titles_second([each.listed for each in found])
    listed: list[Header] = []
    for each in found:
        title, employer = roles(lines[each.first : each.last + 1], each.listed, second)
        header = Header(each.first, each.last, title, employer, each.period)
        listed.append(_under_one_employer(lines, header, listed[-1]) if listed else header)
    return listed


def _under_one_employer(lines: Sequence[Paragraph], header: Header, before: Header) -> Header:
    """Posts listed below the name of one employer: those after the first do not name it again."""
    if header.employer or not (header.title and before.employer and before.title):
        return header
    above = before.employer.line < before.title.line and lines[header.first].line == header.title.line
    return replace(header, employer=before.employer) if above else header


def opens(paragraph: Paragraph) -> bool:
    """True where a line starts an experience: a period at an end of it, set apart from a sentence."""
    line = paragraph.text
    start, end = body(line)
    found = periods(line)
    if not found:
        return False
    at_start = found[0].start - start <= len("(de ")
    at_end = end - found[-1].end <= len(") ).")
    after = seen(line[found[-1].end : end]).strip(TRIM)
    placed = len(after.split()) <= PLACE and len(line) <= LONG
    if bulleted(line) or at_start:
        return at_start
    return len(line) <= LONG + 40 and (at_end or placed) and not _within_sentence(line, found[-1])


def _within_sentence(line: str, period: Period) -> bool:
    """True for a lone year that a sentence on what was done mentions: « Refonte du site en 2019 »."""
    before = line[: period.start].rstrip()
    lone = period.first == period.last
    return lone and is_doing(line.strip()) and not re.search(r"[-–—|,;:(\t]$", before) and not is_title(line)


def parts(paragraph: Paragraph, found: Sequence[Period]) -> list[Item]:
    """The stretches of a header line between its dates and its separators, in order."""
    line = paragraph.text
    start, end = body(line)
    cuts = [(start, start), *((p.start, p.end) for p in found), (end, end)]
    listed: list[Item] = []
    for (_, left), (right, _) in pairwise(cuts):
        where = left
        for cut in [*_breaks(line, left, right), (right, right)]:
            if (text := trimmed(line[where : cut[0]])) and len(text) > 1:
                at = line.index(text, where)
                listed.append(paragraph.item(at, at + len(text)))
            where = cut[1]
    return listed


def _breaks(line: str, left: int, right: int) -> list[tuple[int, int]]:
    """The separators between two places of a line; a title in capitals ends where they do."""
    found = [(left + m.start(), left + m.end()) for m in BREAK.finditer(line[left:right])]
    if (capitals := CAPITALS.match(line, left, right)) and is_title(capitals[0]):
        found = sorted([*found, capitals.span("cut")])
    return found


def trimmed(text: str) -> str:
    """Without separators at its ends; a bracket that closes one of the text's own stays."""
    text = text.strip(TRIM.replace(")", ""))
    return text if "(" in text else text.strip(TRIM)


def short(paragraph: Paragraph) -> bool:
    """True for a line that may belong to a header."""
    text = paragraph.text.strip()
    return not in_list(text) and len(text) <= LONG and text[-1] not in ".;!?" and not text[0].islower()


def in_list(text: str) -> bool:
    """True for an item of a list; false for a title that has a number: « 1. Comptable »."""
    return bulleted(text) and not (text.lstrip()[:1].isdigit() and is_title(text[body(text)[0] :]))


def _usually_above(lines: Sequence[Paragraph], dated: Sequence[int]) -> int:
    """How many lines stand above dates in this CV, as far as headings, blank lines and bullets tell."""
    told = [n for place in dated if (n := _told_above(lines, place, 0)) is not None]
    if told:
        return Counter(told).most_common(1)[0][0]
    return ABOVE if dated and dated[0] <= ABOVE else 0  # dates so near to the top leave room for no job before


def _told_above(lines: Sequence[Paragraph], place: int, start: int) -> int | None:
    """How many lines stand above dates and below a heading, a blank line or a bullet; None where nothing tells."""
    run = 0
    while True:
        if lines[place - run].apart:
            return run
        if place - run == start:
            return run if run == 0 else None
        above = lines[place - run - 1]
        if in_list(above.text) or (run == 0 and _is_deed(above)):
            return run
        if run == ABOVE or not short(above) or opens(above):
            return None
        run += 1


def _around(lines: Sequence[Paragraph], place: int, start: int, following: int, usual: int) -> _Found:
    """The header of the dates at `place`; lines from `start` are free, the next dates stand at `following`."""
    found = periods(lines[place].text)
    own = parts(lines[place], found)
    first = last = place
    listed = own
    if not complete(own):
        first = max(start, place - _above(lines, place, start, usual))
        listed = [p for line in lines[first:place] for p in parts(line, ())] + own
        while last + 1 < following and last - place < BELOW and _goes_below(lines, last + 1, following, listed):
            last += 1
            listed = listed + parts(lines[last], ())
        if not any(is_title(p.whole) for p in listed) and start < first and _titled(lines[first - 1]):
            first -= 1
            listed = parts(lines[first], ()) + listed
    return _Found(first, last, found[0] if found else None, tuple(listed))


def _above(lines: Sequence[Paragraph], place: int, start: int, usual: int) -> int:
    told = _told_above(lines, place, start)
    if told is not None:
        return told
    count = 0
    while count < usual and place - count - 1 >= start and short(lines[place - count - 1]):
        count += 1
    while count > 1 and _is_deed(lines[place - count]) and any(map(_titled, lines[place - count + 1 : place])):
        count -= 1  # the last task of the job before
    return count


def _goes_below(lines: Sequence[Paragraph], at: int, following: int, listed: Sequence[Item]) -> bool:
    """True where a line below the dates still says what or where: nothing above has, and it is no task."""
    line = lines[at]
    if complete(listed) or line.apart or not short(line):
        return False
    titled = any(is_title(p.whole) for p in listed)
    if _titled(line):
        return not titled
    deed = is_doing(line.text.strip()) and not _above_bullets(lines, at)
    if not listed:
        return not deed or at + 1 < following
    return not deed and is_name(line.text) and len(line.text) <= LONG * 2 // 3


def _above_bullets(lines: Sequence[Paragraph], at: int) -> bool:
    """True for a line in capitals between what is told and its list, whatever its first word ends with."""
    return lines[at].text.isupper() and at + 1 < len(lines) and in_list(lines[at + 1].text)


def _is_deed(line: Paragraph) -> bool:
    """True for a line that says what was done, and neither what the person was nor where."""
    return is_doing(line.text.strip()) and not _titled(line) and not is_employer(line.text)


def _titled(line: Paragraph) -> bool:
    listed = parts(line, ())
    return short(line) and bool(listed) and is_title(listed[0].whole)
