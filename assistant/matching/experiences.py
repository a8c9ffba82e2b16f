"""A CV's experiences: employer, title, dates, tasks; its education and skills. Every item points to its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.matching import forms
from assistant.matching.headers import BREAK, LONG, Header, headers, opens, parts, short
from assistant.matching.identity import unnamed
from assistant.matching.paragraphs import Item, Paragraph, paragraphs
from assistant.matching.periods import Period, is_length, periods
from assistant.matching.sections import CONTACT, REACHED, Section, body, bulleted, heading, labelled, seen, untold
from assistant.matching.titles import is_pause, is_title
from corpus.document import Document
from index.words import fold

__all__ = ["Experience", "Item", "Resume", "resume"]

DIPLOMA = re.compile(
    r"\b(?:bac(?:calaureat)?(?:\s?\+\s?\d)?|btsa?|dut|but|deug|deust|licence|master|maitrise|mba|doctorat|capa?|bepa?|bpa?|"
    r"bpjeps|cqp|diplome d|bachelor|dea|dess|certificat|titre professionnel|brevet|degree|certified|bsc|msc|phd|"
    r"habilitation|caces|agrement|permis)\b"
)
SENTENCE = re.compile(r"(?<=[a-zà-ÿ)\d][.;!?])\s+(?=\S)")
PROSE = 200  # characters from which a task is cut into its sentences


@dataclass(frozen=True, slots=True)
class Experience:
    """A job, a mission, a placement.

    Attributes:
        title: what the person was; None where the CV says only where.
        employer: where, and the place, as the CV words it.
        period: None where the CV gives no date.
        tasks: what was done, line by line.
    """

    line: int
    title: Item | None
    employer: Item | None
    period: Period | None
    tasks: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Resume:
    """A CV in parts; lines of contact details, names and headings are in none of them."""

    experiences: tuple[Experience, ...] = ()
    education: tuple[Item, ...] = ()
    skills: tuple[Item, ...] = ()
    languages: tuple[Item, ...] = ()
    leisure: tuple[Item, ...] = ()
    summary: tuple[Item, ...] = ()


@dataclass(slots=True)
class _Sorter:
    """Sorts the paragraphs of a CV into its sections, in order."""

    headed: bool  # whether a heading says where the experiences stand
    section: Section | None = None
    learned: bool = False  # whether diplomas have followed the jobs of a CV without headings
    work: list[Paragraph] = field(default_factory=list)
    others: dict[Section, list[Item]] = field(default_factory=lambda: {s: [] for s in Section})

    def place(self, line: Paragraph) -> None:
        text = line.text
        if found := heading(text):
            self.section = found
            return
        inline = labelled(text)
        at_work = self.section is Section.WORK or (self.section is None and not self.headed)
        if inline and inline[0] is not Section.WORK and not (self.work and bulleted(text)):
            self.others[inline[0]].append(line.item(inline[1], body(text)[1]))
            self.section = inline[0] if ":" not in text[: inline[1]] else self.section
        elif (REACHED if at_work and opens(line) else CONTACT).search(seen(text)):
            self.others[Section.CONTACT].append(_all(line))
        elif at_work and self.section is None and (_is_diploma(line) or (self.learned and not opens(line))):
            self.learned = bool(self.work)
            self.others[Section.EDUCATION].append(_all(line))
        elif at_work:
            self.learned = False
            self.work.append(line)
        elif self.section is Section.SUMMARY and not self.headed and opens(line):
            self.section = Section.WORK
            self.work.append(line)
        else:
            self.others[self.section or Section.SUMMARY].append(_all(line))


def resume(cv: Document) -> Resume:
    """The CV in parts. Never fails: what is not understood stands among the summary's or a job's lines."""
    lines = unnamed(list(paragraphs(cv)))
    lines = [line for line in lines if not untold(line.text) and not is_length(line.text)]
    sorter = _Sorter(any(heading(line.text) is Section.WORK for line in lines))
    for line in lines:
        sorter.place(line)
    found, early = _experiences(sorter.work)
    rest = {section: tuple(items) for section, items in sorter.others.items()}
    return Resume(found, rest[Section.EDUCATION], rest[Section.SKILLS], rest[Section.LANGUAGES],
                  rest[Section.LEISURE], (*early, *rest[Section.SUMMARY]))  # fmt: skip


def _experiences(lines: Sequence[Paragraph]) -> tuple[tuple[Experience, ...], tuple[Item, ...]]:
    """The experiences of the lines of a CV's work, and the lines before the first of them."""
    if forms.is_form(lines):
        return tuple(_experience(lines, header, tasks) for header, tasks in forms.filled(lines)), ()
    lines = [line for line in lines if forms.field(line.text) is None or not _label_alone(line)]
    found = headers(lines) or _undated(lines)
    if not found:
        return (), tuple(_all(line) for line in lines)
    ends = [header.first for header in found[1:]] + [len(lines)]
    jobs = []
    for header, end in zip(found, ends, strict=True):
        tasks = [item for line in lines[header.last + 1 : end] for item in _sentences(line)]
        if not (header.title and is_pause(header.title.whole)):
            jobs.append(_experience(lines, header, tasks))
    return tuple(jobs), tuple(_all(line) for line in lines[: found[0].first])


def _experience(lines: Sequence[Paragraph], header: Header, tasks: Sequence[Item]) -> Experience:
    first = lines[header.first].line
    return Experience(first, header.title, header.employer, header.period, tuple(tasks))


def _label_alone(line: Paragraph) -> bool:
    named = forms.field(line.text)
    return named is not None and named[1] >= len(line.text.rstrip())


def _undated(lines: Sequence[Paragraph]) -> list[Header]:
    """Experiences of a CV that gives no date: a title and an employer on a line, a title above bullets."""
    found: list[Header] = []
    for place, line in enumerate(lines):
        text = line.text
        if bulleted(text) or len(text) > LONG:
            continue
        below = place + 1 < len(lines) and bulleted(lines[place + 1].text)
        after = place > 0 and bulleted(lines[place - 1].text)
        if not found:
            fits = below or line.apart or BREAK.search(text) is not None
            fits = fits and (place == 0 or below or is_title(text))
        else:
            fits = short(line) and is_title(text) and (after or line.apart or below)
        if fits and (listed := parts(line, ())):
            found.append(_header_of(place, listed))
    return found


def _header_of(place: int, listed: Sequence[Item]) -> Header:
    title = next((p for p in listed if is_title(p.whole)), listed[0])
    return Header(place, place, title, next((p for p in listed if p is not title), None), None)


def _is_diploma(line: Paragraph) -> bool:
    listed = parts(line, periods(line.text)) if opens(line) else []
    return bool(listed) and DIPLOMA.match(fold(listed[0].whole)) is not None


def _all(line: Paragraph) -> Item:
    return line.item(*body(line.text))


def _sentences(line: Paragraph) -> list[Item]:
    """A long task sentence by sentence; a short one as it is."""
    start, end = body(line.text)
    if end - start < PROSE:
        return [line.item(start, end)]
    cuts = [start, *(m.end() for m in SENTENCE.finditer(line.text, start)), end]
    return [line.item(a, b) for a, b in pairwise(cuts) if line.text[a:b].strip()]
