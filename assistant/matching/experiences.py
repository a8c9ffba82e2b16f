"""A CV's experiences: employer, title, dates, tasks; its education and skills. Every item points to its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.matching.periods import Period, periods
from assistant.matching.sections import CONTACT, Section, body, bulleted, heading, labelled, seen
from corpus.document import Document
from index.words import fold

BREAK = re.compile(r"\s+[–—|@•·]\s+|\s+-\s+|\s*\|\s*|\t+|\s{3,}|\s+(?:chez|at|pour le compte de)\s+|\s*[;:]\s+|,\s+")
EMPLOYER = re.compile(
    r"\b(?:s\.?a\.?s?|sarl|sasu|eurl|scop|gmbh|ltd|inc|groupe|societe|chu|chru|hopital|clinique|mairie|ministere|banque|"
    r"lycee|ecole|universite|agence|cabinet|conseil (?:departemental|regional)|association|esn|ssii|pme|start-?up)\b"
)
DIPLOMA = re.compile(
    r"\b(?:bac(?:calaureat)?(?:\s?\+\s?\d)?|bts|dut|but|deug|deust|licence|master|maitrise|mba|doctorat|cap|bep|cqp|"
    r"diplome d|bachelor|dea|dess|certificat|titre professionnel|brevet|degree|certified)\b"
)
CONTRACT = re.compile(
    r"(?:stages?(?: (?:de fin d'etudes|long|ouvrier|de \w+))?|stagiaire|alternan(?:ce|te?)|apprenti(?:e|ssage)?|"
    r"interim(?:aire)?|cdi|cdd|mission|missions|freelance|internship|intern|"
    r"contrat d'apprentissage|contrat de professionnalisation)$"
)
TRIM = " \t-–—|:,;.()[]"
PLACE = 3  # words of a place that may follow the dates
MOST_LINES, MOST_LETTERS = 1000, 1000  # of a CV, and of a line, that are read; patterns stay quick on hostile lines
SENTENCE = re.compile(r"(?<=[a-zà-ÿ)\d][.;!?])\s+(?=\S)")
PROSE = 200  # characters from which a task is cut into its sentences
LONG = 110  # characters: a longer line is a sentence, not a title


@dataclass(frozen=True, slots=True)
class Item:
    """A verbatim stretch of one line of the CV: its line from 1, and its characters as they stand."""

    line: int
    text: str


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
    """A CV in parts; lines of contact details and headings are in none of them."""

    experiences: tuple[Experience, ...] = ()
    education: tuple[Item, ...] = ()
    skills: tuple[Item, ...] = ()
    languages: tuple[Item, ...] = ()
    leisure: tuple[Item, ...] = ()
    summary: tuple[Item, ...] = ()


@dataclass(slots=True)
class _Draft:
    """An experience while its lines are being read."""

    line: int
    title: Item | None = None
    employer: Item | None = None
    period: Period | None = None
    tasks: list[Item] = field(default_factory=list)

    def done(self) -> Experience:
        return Experience(self.line, self.title, self.employer, self.period, tuple(self.tasks))


class _Reader:
    """Reads lines in order; keeps the section and the experience that the next line belongs to."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.section: Section | None = None
        self.drafts: list[_Draft] = []
        self.others: dict[Section, list[Item]] = {s: [] for s in Section}

    def read(self) -> Resume:
        for number, whole in enumerate(self.lines[:MOST_LINES], 1):
            line = whole.strip()[:MOST_LETTERS] if len(whole) > MOST_LETTERS else whole
            if not seen(line).strip():
                continue
            if found := heading(line):
                self.section = found
            else:
                self._place(number, line)
        rest = {s: tuple(items) for s, items in self.others.items()}
        return Resume(tuple(d.done() for d in self.drafts), rest[Section.EDUCATION], rest[Section.SKILLS],
                      rest[Section.LANGUAGES], rest[Section.LEISURE], rest[Section.SUMMARY])  # fmt: skip

    def _place(self, number: int, line: str) -> None:
        item = self._item(number, line, *body(line))
        inline = labelled(line)
        if inline and inline[0] is not Section.WORK and not (self.drafts and bulleted(line)):
            self.others[inline[0]].append(self._item(number, line, inline[1], body(line)[1]))
        elif CONTACT.search(seen(line)):
            self.others[Section.CONTACT].append(item)
        elif self.section in (None, Section.WORK, Section.SUMMARY) and self._opens(line):
            self._open(number, line)
        elif self.section in (None, Section.WORK):
            self._task(item)
        else:
            self.others[self.section].append(item)

    def _opens(self, line: str) -> bool:
        """True where a line starts an experience: a period at an end of it, or, first of all, a title and employer."""
        start, end = body(line)
        found = periods(line)
        if found:
            at_start = found[0].start - start <= len("(de ")
            at_end = end - found[-1].end <= len(") ).")
            after = seen(line[found[-1].end : end]).strip(TRIM)
            placed = len(after.split()) <= PLACE and len(line) <= LONG
            return at_start or (not bulleted(line) and len(line) <= LONG + 40 and (at_end or placed))
        return not self.drafts and not bulleted(line) and len(line) <= LONG and BREAK.search(line) is not None

    def _open(self, number: int, line: str) -> None:
        if self.section is None and self._is_diploma(line):
            self.others[Section.EDUCATION].append(self._item(number, line, *body(line)))
            return
        found = periods(line)
        draft = _Draft(number, period=found[0] if found else None)
        parts = _parts(number, line, found)
        if len(parts) > 1 and CONTRACT.match(fold(parts[0].text).replace("’", "'")):
            parts = parts[1:]  # the kind of contract is no title
        if not parts:
            self._undated_title(draft, number)
        elif EMPLOYER.match(fold(parts[0].text)) and len(parts) > 1 and not EMPLOYER.search(fold(parts[1].text)):
            draft.employer, draft.title = parts[0], parts[1]
        else:
            draft.title, draft.employer = parts[0], parts[1] if len(parts) > 1 else None
        self.drafts.append(draft)

    @staticmethod
    def _is_diploma(line: str) -> bool:
        parts = _parts(0, line, periods(line))
        return bool(parts) and DIPLOMA.match(fold(parts[0].text)) is not None

    def _undated_title(self, draft: _Draft, number: int) -> None:
        """A line of dates alone: the title is the short line above it that no experience claims, or follows."""
        above = self.drafts[-1].tasks[-1] if self.drafts and self.drafts[-1].tasks else None
        if above and above.line == number - 1 and self._stands_alone(number - 1):
            draft.title = self.drafts[-1].tasks.pop()

    def _stands_alone(self, number: int) -> bool:
        line = self.lines[number - 1]
        before = self.lines[number - 2] if number > 1 else ""
        return not bulleted(line) and len(line) <= LONG and not before.strip()

    def _task(self, item: Item) -> None:
        if not self.drafts:
            self._undated_job(item)
        elif self.drafts[-1].title is None and not self.drafts[-1].tasks and not bulleted(self.lines[item.line - 1]):
            self.drafts[-1].title = item
        else:
            self.drafts[-1].tasks.extend(_sentences(item))

    def _undated_job(self, item: Item) -> None:
        """The first lines of a CV that gives no date: under a heading, or above bullets, a line is a title."""
        above = self.others[Section.SUMMARY]
        if self.section is Section.WORK:
            self.drafts.append(_Draft(item.line, title=item))
        elif bulleted(self.lines[item.line - 1]) and above and above[-1].line == item.line - 1:
            self.drafts.append(_Draft(item.line - 1, title=above.pop(), tasks=[item]))
        else:
            above.append(item)

    @staticmethod
    def _item(number: int, line: str, start: int, end: int) -> Item:
        return Item(number, line[start:end])


def _parts(number: int, line: str, found: Sequence[Period]) -> list[Item]:
    """The stretches of a header line between its dates and its separators, in order."""
    start, end = body(line)
    cuts = [(start, start), *((p.start, p.end) for p in found), (end, end)]
    parts: list[Item] = []
    for (_, left), (right, _) in pairwise(cuts):
        where = left
        for cut in [*((left + m.start(), left + m.end()) for m in BREAK.finditer(line[left:right])), (right, right)]:
            text = _trimmed(line[where : cut[0]])
            if len(text) > 1:
                parts.append(Item(number, text))
            where = cut[1]
    return parts


def _sentences(item: Item) -> list[Item]:
    """A long task sentence by sentence; a short one as it is."""
    if len(item.text) < PROSE:
        return [item]
    return [Item(item.line, text) for text in SENTENCE.split(item.text) if text.strip()]


def _trimmed(text: str) -> str:
    """Without separators at its ends; a bracket that closes one of the text's own stays."""
    text = text.strip(TRIM.replace(")", ""))
    return text if "(" in text else text.strip(TRIM)


def resume(cv: Document) -> Resume:
    """The CV in parts. Never fails: what is not understood stands among the summary's or a job's lines."""
    return _Reader(cv.lines).read()
