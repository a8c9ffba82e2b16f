"""What one document teaches about its own columns: their widths, their first words, the lines they repeat."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log

from corpus.document import squeeze
from corpus.layouts.columns.lines import Line, widest, word_width
from corpus.layouts.columns.wording import Column, labelled, opens_as_verb

Form = tuple[bool, str]

MARGIN = 3  # characters by which a proportional font may deceive


@dataclass(frozen=True, slots=True)
class Profile:
    """Empty before the first reading of a document.

    Attributes:
        numbered: True where competences carry numbers such as 2.3.
        widths: characters in a full line of a column.
        forms: for each form of a cell's or item's beginning, how often each column had it.
        openings: for each first word of a cell or item, how often each column had it.
        repeated: for each line, without white space, the columns that had it, and where.
    """

    numbered: bool
    widths: dict[Column, int] = field(default_factory=dict)
    openings: dict[str, Counter[Column]] = field(default_factory=dict)
    repeated: dict[str, dict[int, Column]] = field(default_factory=dict)
    forms: dict[Form, Counter[Column]] = field(default_factory=dict)
    totals: Counter[Column] = field(default_factory=Counter)

    def ended(self, before: Line, after: Line, column: Column) -> bool:
        """True where the next line's first word had room on the line before, so that a paragraph ended there."""
        width = self.widths.get(column, 0)
        return bool(width) and before.width + 1 + word_width(after) <= width - MARGIN

    def spread(self, line: Line, column: Column) -> float:
        """At most 0: how far a line is too wide for a column."""
        width = self.widths.get(column, 0)
        return -min(4.0, 0.5 * max(0, line.width - width - 1)) if width else 0.0

    def likeness(self, line: Line, column: Column) -> float:
        """-3.2 to 3.2: whether the column opens so elsewhere in the document."""
        word, shape = self.openings.get(first_word(line)), self.forms.get(form(line))
        return self._lift(word, column, 0.5) + self._lift(shape, column, 0.5) + self._by_line(line, column)

    def _lift(self, seen: Counter[Column] | None, column: Column, weight: float) -> float:
        if not seen or sum(seen.values()) < 3:
            return 0.0
        rates = {c: (seen[c] + 0.3) / (self.totals[c] + 3.0) for c in Column}
        mean = sum(rates.values()) / len(rates)
        return max(-1.0, min(1.0, weight * log(rates[column] / mean)))

    def _by_line(self, line: Line, column: Column) -> float:
        seen = [c for n, c in self.repeated.get(squeeze(line.body), {}).items() if n != line.number]
        return 2.4 * (seen.count(column) / len(seen)) - 1.2 if seen else 0.0


def first_word(line: Line) -> str:
    words = line.plain.replace("'", " ").split()
    return words[0].strip(",.:") if words else ""


def form(line: Line) -> Form:
    """Whether it has a bullet, and which kind of word comes first."""
    if opens_as_verb(line.body):
        return bool(line.bullet), "infinitive"
    if line.plain.startswith(("le ", "la ", "les ", "l'")):
        return bool(line.bullet), "article"
    return bool(line.bullet), "label" if labelled(line.text) else "other"


def learn(numbered: bool, lines: Sequence[Line], columns: Sequence[Column]) -> Profile:
    """The profile of a document whose lines have been given to columns, rightly for the most part."""
    openings: dict[str, Counter[Column]] = defaultdict(Counter)
    forms: dict[Form, Counter[Column]] = defaultdict(Counter)
    repeated: dict[str, dict[int, Column]] = defaultdict(dict)
    totals: Counter[Column] = Counter()
    by_column: dict[Column, list[Line]] = defaultdict(list)
    for line, column in zip(lines, columns, strict=True):
        by_column[column].append(line)
        repeated[squeeze(line.body)][line.number] = column
        if not line.continues:
            openings[first_word(line)][column] += 1
            forms[form(line)][column] += 1
            totals[column] += 1
    widths = {c: widest(found) for c, found in by_column.items() if len(found) >= 8}
    return Profile(numbered, widths, dict(openings), dict(repeated), dict(forms), totals)
