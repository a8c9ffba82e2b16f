"""An answer before it is written out: lines of our phrases around quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer import Status
from assistant.statements import Statement
from corpus.document import Quote
from corpus.referential import Part, Referential

YES_OR_NO = ("oui", "non")  # values that layouts read off a cross or a jury beside a route of access
SHORT = 60  # characters of a value that is said before its quote
BUDGET = 1200  # characters of quotes that an answer shows at first
BESIDE = 700  # characters of quotes beside a wrong premise
SHORTEST = 40  # characters that each line of a list keeps, however many there are
SCRAP = 12  # characters below which a piece of a quote says nothing
CLAUSE_END = re.compile(r"\s*[,;:.](?=\s)|\s+(?=afin |en |pour |dans le |selon )")


@dataclass(frozen=True, slots=True)
class Cited:
    """A quote with the referential and block that it stands in."""

    referential: Referential
    block: int | None
    quote: Quote


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an answer: a fixed phrase of ours, and quotes; either may be empty."""

    phrase: str = ""
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What an answer will say: lines shown at first, and lines behind "more"."""

    status: Status
    lines: tuple[Line, ...]
    more: tuple[Line, ...] = ()
    about: tuple[Referential, ...] = ()


def refused(referential: Referential, phrase: str, lines: Iterable[Line]) -> Draft:
    """What a question assumes is not so: a phrase that says it, and what the source says."""
    return Draft(Status.FALSE_PREMISE, (Line(phrase), *trimmed(lines, BESIDE)), about=(referential,))


def quoted(referential: Referential, statement: Statement, phrase: str = "") -> Line:
    """A statement as a line; a fact that its quote does not spell out is said before it ("2021 · Certifiés : 31")."""
    cited = tuple(Cited(referential, statement.block, q) for q in statement.quotes)
    return Line(phrase or value_said(statement), cited)


def value_said(statement: Statement) -> str:
    """Label and value of a fact, where both are the source's words and the quote is more than the value; else ""."""
    value, label = statement.value, statement.context
    if statement.block is not None or not value or not label or len(value) > SHORT:
        return ""
    if value not in statement.text and value not in YES_OR_NO:
        return ""
    return "" if label in statement.text else f"- {label} : {value}"


def part_line(referential: Referential, block: int | None, part: Part, phrase: str = "") -> Line:
    return Line(phrase, tuple(Cited(referential, block, q) for q in part.quotes))


def trimmed(lines: Iterable[Line], budget: int = BUDGET) -> tuple[Line, ...]:
    """The lines with quotes cut to clauses so that all of them fit into a budget of characters.

    Short quotes stay whole; what they leave is shared among the long ones. Quotes that several facts share count once.
    """
    lines = tuple(lines)
    lengths = {line.cited: _length(line) for line in lines if line.cited}
    share = _share(sorted(lengths.values()), budget)
    return tuple(_cut_line(line, share) for line in lines)


def _share(lengths: list[int], budget: int) -> int:
    """The largest length per line so that the lines, each cut to it, fit into the budget."""
    left = budget
    for i, length in enumerate(lengths):
        share = left // (len(lengths) - i)
        if length > share:
            return max(share, SHORTEST)
        left -= length
    return budget


def _length(line: Line) -> int:
    return sum(len(c.quote.text) for c in line.cited)


def _cut_line(line: Line, share: int) -> Line:
    if _length(line) <= share:
        return line
    kept: list[Cited] = []
    left = share
    for cited in line.cited:
        if left < SCRAP:
            break
        kept.append(Cited(cited.referential, cited.block, clause(cited.quote, left)))
        left -= len(kept[-1].quote.text)
    return Line(line.phrase, tuple(kept))


def clause(quote: Quote, limit: int) -> Quote:
    """The quote's first words, up to the last clause (or else word) that ends within the limit."""
    if len(quote.text) <= limit:
        return quote
    head = quote.text[:limit]
    ends = [m.start() for m in CLAUSE_END.finditer(head)]
    end = max((e for e in ends if e >= limit / 2), default=0) or head.rfind(" ")
    return Quote(head[: end if end > 0 else limit].rstrip(" ,;:"), quote.first, quote.last)
