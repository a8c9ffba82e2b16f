"""The document's lines as a reader of a torn table sees them: width, bullet, spacing, how they begin and end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from corpus.document import Document
from corpus.layouts.columns.wording import labelled
from corpus.layouts.lines import bare

GLYPH = re.compile(r"(?:[-–—•*▪◦·●○■➢➔✓\uf0b7\uf0a7\uf0d8]\s*|o\s+)(?=[^\W_]|[\"«(])")
INDENT = " "  # the bullet of a document whose glyphs were lost: only their blank is left
LAST_WORD = re.compile(r"([^\W\d_]+)['’]?\s*$")
HANGING = re.compile(
    r"(?:des?|du|d|la|les?|l|une?|et|ou|en|aux?|a|par|pour|sur|sous|avec|sans|dans|vers|entre|chez|qu[ei]?|dont|son|sa|ses"
    r"|leurs?|cet?|cette|ces|se|s|ne?|plusieurs|chaque|toute?s?|tous|mettant|si|comme|selon|est|sont|doit|peut|ainsi|afin"
    r"|plus|moins|tres|aussi|etre|avoir|candidate?)$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table's text.

    Attributes:
        number: counted from 1, as the document counts.
        text: trimmed, its bullet included.
        bullet: its glyph, a blank for a lost one, empty where it has none.
        break_before: how surely a page ends before it, 0 to 1.
        gap: blank lines before it.
        body: the text without its bullet.
        plain: the body in lower case without accents.
        continues: True where it can only be read as the rest of a sentence.
        closed: True where a sentence, a label or a list item may end.
        hangs: True where a sentence cannot possibly end.
    """

    number: int
    text: str
    bullet: str
    break_before: float
    gap: int
    body: str
    plain: str
    continues: bool
    closed: bool
    hangs: bool

    @property
    def width(self) -> int:
        return len(self.text)


def line_of(number: int, raw: str, bullet: str, break_before: float, gap: int) -> Line:
    text = raw.strip()
    body = text[len(bullet) :].lstrip() if bullet.strip() else text
    continues = not bullet.strip() and (body[0].islower() or body[0] in ",;:.)%&")
    closed = text.endswith((".", "!", "?", ";", "…", "»", ":"))
    return Line(number, text, bullet, break_before, gap, body, bare(body), continues, closed, _hangs(text, closed))


def _hangs(text: str, closed: bool) -> bool:
    if text.endswith((",", "(", "'", "’", "/", "-", "–", "—")) or text.rfind("(") > text.rfind(")"):
        return True
    word = LAST_WORD.search(bare(text))
    return bool(word) and bool(HANGING.match(word[1])) and not closed


def body_lines(document: Document, skip: frozenset[int], first: int) -> tuple[Line, ...]:
    """The non-empty lines from `first` on, those of `skip` left out; a page ends where one was left out."""
    indents = _indents(document, skip, first)
    usual = _usual_gap(document, first)
    starts = {page.first for page in document.pages}
    found: list[Line] = []
    gap = empty = 0
    torn = False
    for number in range(first, len(document.lines) + 1):
        raw = document.lines[number - 1]
        if number in skip:
            torn = True
        if number in skip or not raw.strip():
            gap, empty = gap + 1, max(empty, 0) + (raw == "")
            torn = torn or "\f" in raw or number in starts
            continue
        torn = torn or number in starts or raw.startswith("\f") or empty >= max(3, usual + 2)
        likely = 1.0 if torn else _likely(raw, indents)
        found.append(line_of(number, raw, _bullet(raw, indents), likely if found else 0.0, gap))
        gap = empty = 0
        torn = False
    return tuple(found)


def _bullet(raw: str, indents: bool) -> str:
    if mark := GLYPH.match(raw.strip()):
        return mark[0].strip() if len(mark[0].strip()) else mark[0][:1]
    lost = indents and raw.startswith(" ") and not re.match(r"\s*[A-Z]{0,2}\d", raw)
    return INDENT if lost else ""


def _likely(raw: str, indents: bool) -> float:
    """A page's first line keeps a blank of its own: alone it may be a bullet's, before a bullet's it is a sign."""
    if not raw.startswith(" "):
        return 0.0
    if not indents:
        return 0.5
    if raw.startswith("  "):
        return 0.9
    return 0.15 if _bullet(raw, indents) and raw[1].isupper() and not labelled(raw.strip()) else 0.6


def _indents(document: Document, skip: frozenset[int], first: int) -> bool:
    """True where lines so often start with a blank that it stands for a bullet."""
    kept = [t for n, t in enumerate(document.lines[first - 1 :], first) if n not in skip and t.strip()]
    return sum(t.startswith(" ") and not GLYPH.match(t.strip()) for t in kept) > 0.05 * len(kept)


def _usual_gap(document: Document, first: int) -> int:
    gaps, gap = [], 0
    for raw in document.lines[first - 1 :]:
        if raw.strip():
            gaps.append(gap)
            gap = 0
        else:
            gap += 1
    return int(median(gaps)) if gaps else 0


def widest(lines: Sequence[Line], share: float = 0.95) -> int:
    """The width that this share of the lines does not exceed; 0 for none."""
    widths = sorted(line.width for line in lines)
    return widths[min(len(widths) - 1, int(share * len(widths)))] if widths else 0


def word_width(line: Line) -> int:
    """Width of the line's first word, which wrapping kept from the line before."""
    return len(line.text.split()[0])
