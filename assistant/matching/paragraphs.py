"""A CV's lines put together again where only the width of a page or a column broke them; quotes keep to the lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.matching.periods import NAMED, YEAR, folded, periods
from assistant.matching.sections import bulleted, heading, seen
from corpus.document import Document

MOST_LINES, MOST_LETTERS = 1000, 1000  # of a CV, and of a line, that are read; patterns stay quick on hostile lines
MOST_JOINED = 8  # lines of one paragraph
NARROWEST = 40  # letters: a shorter line of plain text ends because its writer ended it
AROUND = 6  # lines of plain text, before and after, whose width tells where the page ends
DATED = 4  # letters beside a date of a line of dates, which goes on from nothing
PAGE_MARK = re.compile(r"(?:\b(?:page|p\.)\s*)?\d+(?:\s*(?:/|sur|of)\s*\d+)?\s*$", re.IGNORECASE)
LONE_YEAR = re.compile(rf"\s*{YEAR}\s*$")
OPEN_DATE = re.compile(rf"(?:[-–—]|\b(?:{NAMED})\.?)\s*$")


@dataclass(frozen=True, slots=True)
class Item:
    """A verbatim stretch of the CV.

    Attributes:
        line: the line on which it starts, from 1.
        text: its characters on that line, as they stand.
        more: where it goes on, its characters on each of the next lines.
    """

    line: int
    text: str
    more: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        return spliced((self.text, *self.more))[0]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What its writer wrote as one line.

    Attributes:
        line: its first line, from 1.
        text: the whole, on one line.
        starts: where each further line begins in it.
        apart: whether a blank line or a heading stands above it.
    """

    line: int
    text: str
    starts: tuple[int, ...] = ()
    apart: bool = False

    def item(self, start: int, end: int) -> Item:
        """The characters start..end of the text, cut at the ends of the lines."""
        cuts = [0, *self.starts, len(self.text)]
        pieces = [
            (self.line + row, self.text[max(a, start) : min(b, end)].strip())
            for row, (a, b) in enumerate(pairwise(cuts))
            if a < end and start < b
        ]
        pieces = [(line, piece) for line, piece in pieces if piece] or [(self.line, "")]
        return Item(pieces[0][0], pieces[0][1], tuple(piece for _, piece in pieces[1:]))


def spliced(pieces: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """Pieces of lines as one text, a blank between them but after a hyphen, and where each further one begins."""
    text, starts = pieces[0], []
    for piece in pieces[1:]:
        text += "" if re.search(r"\w-$", text) else " "
        starts.append(len(text))
        text += piece
    return text, tuple(starts)


def paragraphs(cv: Document) -> Iterator[Paragraph]:
    """The CV's paragraphs in order, headings too, blank lines left out."""
    lines = [line.strip()[:MOST_LETTERS] if len(line) > MOST_LETTERS else line for line in cv.lines[:MOST_LINES]]
    torn = _full_lines(lines) if cv.medium == "text" else set(cv.torn)
    run, first, apart, repeated = [], 0, True, _repeated(cv)
    for number, line in enumerate(lines, 1):
        if number in repeated:
            continue
        if not seen(line).strip():
            apart = True
            continue
        if not run:
            first = number
        run.append(line)
        after = lines[number] if number < len(lines) else ""
        listed = cv.medium == "pdf" and bulleted(run[0])
        if len(run) < MOST_JOINED and seen(after).strip() and _goes_on(cv, lines, number, torn, listed):
            continue
        text, starts = spliced([run[0].rstrip(), *(piece.strip() for piece in run[1:])])
        yield Paragraph(first, text, starts, apart)
        run, apart = [], heading(text) is not None


def _repeated(cv: Document) -> set[int]:
    """Lines at the top or the foot of a page that only say again, page numbers apart, what those of page 1 say.

    An item of a list is none: the same task may close two pages.
    """
    edges = ((page, edge) for page in cv.pages[1:] for edge in ("first", "last"))
    pairs = ((getattr(page, edge), getattr(cv.pages[0], edge)) for page, edge in edges)
    return {own for own, first in pairs if _says_again(cv.lines[own - 1], cv.lines[first - 1])}


def _says_again(line: str, before: str) -> bool:
    dated = re.search(r"\d{4}", line) is not None
    return not (dated or bulleted(line)) and PAGE_MARK.sub("", line).strip() == PAGE_MARK.sub("", before).strip()


def _goes_on(cv: Document, lines: Sequence[str], number: int, torn: set[int], listed: bool) -> bool:
    """True where line `number` goes on in the next; `listed` where it is of an item of a page's list."""
    line, after = lines[number - 1], lines[number]
    if _dates_go_on(line, after):
        return True
    reads_on = number in torn and after.strip()[0].islower()
    if bulleted(after) or (heading(after) and not reads_on) or heading(line):
        return False
    if LONE_YEAR.fullmatch(after) and OPEN_DATE.search(folded(line)) and cv.medium == "pdf":
        return True
    if any(len(after.strip()) - (p.end - p.start) <= DATED for p in periods(after)):
        return False
    if listed and after.strip()[0].islower() and line.rstrip()[-1] not in ".;!?:":
        return True
    return number in torn


def _dates_go_on(line: str, after: str) -> bool:
    """True for dates that a narrow column parts, and that are all there is: « mai 2014 », « à nov. 2019 »."""
    joined = f"{line.strip()} {after.strip()}"
    found = periods(joined) if len(joined) <= NARROWEST else ()
    return (
        len(found) == 1
        and periods(line) != found
        and not re.search(r"\w", joined[: found[0].start] + joined[found[0].end :])
    )


def _full_lines(lines: Sequence[str]) -> set[int]:
    """The lines of plain text that end at its width; none where its writer begins lines in lower case anywhere."""
    small = [n for n, after in enumerate(lines[1:], 1) if lines[n - 1].strip() and after.strip()[:1].islower()]
    full = {n for n in small if _full(lines, n)}
    return full if 2 * len(full) >= len(small) else set()


def _full(lines: Sequence[str], number: int) -> bool:
    """True where the next line's first word, in lower case, would not have fitted within the width around."""
    line, after = lines[number - 1].rstrip(), lines[number].strip()
    around = lines[max(0, number - 1 - AROUND) : number + AROUND]
    width = max(len(x.rstrip()) for x in around)
    first = after.split()[0]
    reads_on = first[0].islower() and line[-1] not in ".;!?:"
    return reads_on and len(line) >= NARROWEST and len(line) + 1 + len(first) > width
