"""What a file says, line by line: the ground on which every quote is checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

TELLING = 8  # characters of a quote, spaces apart, below which it could stand anywhere
WIDE = 120  # characters to which such a quote may grow
Medium = Literal["text", "pdf", "docx", "odt", "html", "xml"]


def squeeze(text: str) -> str:
    """A text without any white space: what must be equal for a quote to be verbatim."""
    return re.sub(r"\s+", "", text)


def fold_space(text: str) -> str:
    """A text on one line, each run of white space as one blank."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim and unbroken run of a source's text.

    Attributes:
        text: the words, white space folded to single blanks; nothing else differs from the source.
        first: its first line in the source, counted from 1.
        last: its last line, included.
    """

    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a source that has pages: its number from 1 and its lines, both ends included."""

    number: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Element:
    """A leaf of an XML source: the names of its ancestors and its own, its text and its lines."""

    path: tuple[str, ...]
    text: str
    first: int
    last: int


class Unseen(StrEnum):
    """Why nobody who looks at a page can see some of its text."""

    PALE = "pale"  # of the colour of its ground
    TINY = "tiny"  # under 3 points
    OUTSIDE = "outside"  # off the page
    TRANSPARENT = "transparent"  # drawn without ink
    COVERED = "covered"  # under a picture or a filled box
    MASKED = "masked"  # marked as hidden by its file
    WIDTHLESS = "widthless"  # characters of no width; they stay in their lines, and are compared without


@dataclass(frozen=True, slots=True)
class Hidden:
    """Text that was left out, by its size alone: what it says is not kept.

    Attributes:
        place: the page where the source has pages, else the line after which it stood, from 0.
        characters: how many, white space apart.
    """

    reason: Unseen
    place: int
    characters: int


@dataclass(frozen=True, slots=True)
class Document:
    """A source as it was read.

    Attributes:
        name: the file's name, without folder; what users and predictions call the source.
        lines: for text the file's own lines, in order; for other media the lines in reading order.
        digest: SHA-256 of the file's bytes, in hexadecimal.
        pages: for media with pages, in order; empty otherwise.
        elements: for XML the leaves in document order; empty otherwise.
        hidden: how many characters were left out because nobody who looks at the page can see them.
        unseen: the same by place and reason, and characters of no width where there are many.
        torn: numbers of the lines that end only because their column does, so that the next one goes on.
        recognised: pages whose text was recognised in their picture, and may hold errors of it.
    """

    name: str
    lines: tuple[str, ...]
    digest: str
    medium: Medium = "text"
    pages: tuple[Page, ...] = ()
    elements: tuple[Element, ...] = ()
    hidden: int = 0
    unseen: tuple[Hidden, ...] = ()
    torn: tuple[int, ...] = ()
    recognised: tuple[int, ...] = ()

    def quote(self, first: int, last: int) -> Quote:
        """The whole lines first..last (counted from 1, both included) as one quote."""
        return Quote(fold_space("\n".join(self.lines[first - 1 : last])), first, last)

    def holds(self, quote: Quote) -> bool:
        """True where the quote stands in the lines that it names, white space apart."""
        if not 1 <= quote.first <= quote.last <= len(self.lines):
            return False
        wanted = squeeze(quote.text)
        return bool(wanted) and wanted in squeeze("".join(self.lines[quote.first - 1 : quote.last]))

    def narrowed(self, quote: Quote) -> Quote:
        """The quote with only those of its lines on which its text stands; unchanged where it does not stand."""
        wanted, ends, joined = squeeze(quote.text), [], ""
        for line in self.lines[quote.first - 1 : quote.last]:
            joined += squeeze(line)
            ends.append(len(joined))
        at = joined.find(wanted)
        if at < 0 or not wanted:
            return quote
        first = next(i for i, end in enumerate(ends) if end > at)
        last = next(i for i, end in enumerate(ends) if end >= at + len(wanted))
        return Quote(quote.text, quote.first + first, quote.first + last)

    def widened(self, quote: Quote) -> Quote:
        """A quote too short to tell anything, with the lines above it that say what it is ("Niveau 7")."""
        wide, first = quote, quote.first
        while len(squeeze(wide.text)) < TELLING and first > 1:
            first -= 1
            wide = self.quote(first, quote.last)
        return wide if len(wide.text) <= WIDE else quote

    def page_of(self, line: int) -> int | None:
        """The number of the page that holds a line, or None where the source has no pages."""
        return next((p.number for p in self.pages if p.first <= line <= p.last), None)
