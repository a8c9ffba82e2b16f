"""Numbered lines, and how layouts cut them into paragraphs, list items and quotes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.document import Document, Quote, fold_space
from corpus.referential import Part

BULLET = re.compile(r"\s*(?:[-–—•*▪◦·●○■➢➔✓]\s+(?=\S)|[-–—•*▪◦·●○■➢➔✓](?=[^\W\d_]|[\"«(])|o\s+(?=[A-ZÀ-Ý]))")
ENUMERATED = re.compile(r"\d{1,2}\s?[.)]\s+[A-ZÀ-Ý]")
ENDS_SENTENCE = re.compile(r"[.!?:;…]\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document, or an unbroken stretch of one.

    Attributes:
        number: counted from 1, as the document counts.
        text: trimmed at both ends; never empty.
    """

    number: int
    text: str

    def after(self, offset: int) -> Line | None:
        """What follows a character offset, or None where nothing does."""
        rest = self.text[offset:].strip()
        return replace(self, text=rest) if rest else None


class _Bare(dict[int, str]):
    """A table for `str.translate` that fills itself: one entry a character met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _bare_character(chr(code))
        return found


_BARE = _Bare()


def bare(text: str) -> str:
    """Lower case, without accents, straight apostrophes; as long as the text, so that offsets agree."""
    return text.translate(_BARE)


def _bare_character(character: str) -> str:
    if character in "’‘`´":
        return "'"
    if character.isspace():
        return " "
    plain = unicodedata.normalize("NFD", character)[0].lower()
    return plain if len(plain) == 1 else character


def letters(text: str) -> str:
    """Only what two copies of one text must share: lower-case letters and digits, without accents."""
    return re.sub(r"[\W_]+", "", bare(text))


def numbered(document: Document, first: int = 1, last: int | None = None) -> tuple[Line, ...]:
    """The lines first..last that hold something."""
    stretch = document.lines[first - 1 : last]
    return tuple(Line(n, text.strip()) for n, text in enumerate(stretch, first) if text.strip())


def quote(document: Document, lines: Sequence[Line]) -> Quote | None:
    """The lines as one quote, or None where the document does not hold them as one run."""
    found = Quote(fold_space(" ".join(line.text for line in lines)), lines[0].number, lines[-1].number)
    return found if document.holds(found) else None


def part(document: Document, lines: Sequence[Line]) -> Part:
    """The lines as one part: a new quote wherever left-out text stands between two of them."""
    return Part(quotes(document, lines))


def quotes(document: Document, lines: Sequence[Line]) -> tuple[Quote, ...]:
    """The lines as quotes: a new one wherever left-out text stands between two of them."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and _adjoin(document, runs[-1][-1], line):
            runs[-1].append(line)
        else:
            runs.append([line])
    return tuple(quote(document, run) or document.quote(run[0].number, run[-1].number) for run in runs)


def _adjoin(document: Document, before: Line, line: Line) -> bool:
    """Whether nothing but white space stands between two stretches of different lines."""
    between = document.lines[before.number : line.number - 1]
    return (
        before.number < line.number
        and not any(text.strip() for text in between)
        and document.lines[before.number - 1].rstrip().endswith(before.text)
        and document.lines[line.number - 1].lstrip().startswith(line.text)
    )


def unbulleted(line: Line) -> Line | None:
    """A list item without its bullet; None where the line is no list item."""
    mark = BULLET.match(line.text)
    return line.after(mark.end()) if mark else None


def items(group: Sequence[Line]) -> tuple[Line, ...]:
    """A paragraph without the bullet that it may open with."""
    return (unbulleted(group[0]) or group[0], *group[1:])


def paragraphs(lines: Sequence[Line], width: int | None = None) -> list[tuple[Line, ...]]:
    """Lines grouped as a reader would: at blank lines, list items, and lines that end before they had to.

    Args:
        width: how many characters a full line has; by default as many as the longest line given.
    """
    width = width or max((len(line.text) for line in lines), default=0)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _breaks(groups[-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [tuple(group) for group in groups]


def _breaks(group: Sequence[Line], line: Line, width: int) -> bool:
    before = group[-1]
    if BULLET.match(line.text) or ENUMERATED.match(line.text):
        return True
    if line.text[0].islower() or line.text[0] in ":;,.)":
        return line.number > before.number + 1 and bool(re.search(r"[.!?:]\s*$", before.text))
    if line.number > before.number + 1:
        return True
    would_have_fitted = len(before.text) + 1 + len(line.text.split()[0]) <= width - 2
    return would_have_fitted and (bool(ENDS_SENTENCE.search(before.text)) or line.text[0].isupper())
