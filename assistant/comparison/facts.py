"""Facts of two referentials side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.comparison.alike import identity
from assistant.comparison.comparison import FactRow, Stated
from assistant.comparison.quoting import Quoting
from corpus.document import Quote
from corpus.referential import Facet, Referential

SHOWN = (
    Facet.TITLE, Facet.CODE, Facet.LEVEL, Facet.VALIDITY, Facet.ISSUER, Facet.NSF, Facet.ROME, Facet.FORMACODE,
    Facet.ACCESS, Facet.JURY, Facet.PREREQUISITES, Facet.COMPONENTS, Facet.JOBS,
)  # fmt: skip
CODED = frozenset({Facet.TITLE, Facet.CODE, Facet.LEVEL, Facet.ISSUER, Facet.NSF, Facet.ROME, Facet.FORMACODE})


def fact_rows(before: Quoting, after: Quoting) -> tuple[FactRow, ...]:
    """One row for each facet of which a side says anything."""
    rows = (_row(facet, before, after) for facet in SHOWN)
    return tuple(row for row in rows if row.before or row.after)


def _row(facet: Facet, before: Quoting, after: Quoting) -> FactRow:
    sides = [{_key(facet, *s[:2]): s for s in _statements(q.referential, facet)} for q in (before, after)]
    left, right = (
        tuple(
            Stated(label, value, citation, key in other)
            for key, (label, value, quote) in own.items()
            for citation in quoting.cited([quote], None)
        )
        for own, other, quoting in ((sides[0], sides[1], before), (sides[1], sides[0], after))
    )
    return FactRow(facet, left, right, _same(facet, before.referential, after.referential, left, right))


def _same(
    facet: Facet, before: Referential, after: Referential, left: Sequence[Stated], right: Sequence[Stated]
) -> bool | None:
    """Whether both sides state the same; by the value itself where a referential has one."""
    if not left or not right:
        return None
    values = {
        Facet.TITLE: (identity(before.title), identity(after.title)),
        Facet.LEVEL: (before.level, after.level),
        Facet.CODE: (before.code, after.code),
    }.get(facet, (None, None))
    if None not in values:
        return values[0] == values[1]
    return all(s.shared for s in (*left, *right))


def _key(facet: Facet, label: str, value: str) -> str:
    """What makes two statements one: the value, and for a value that says little by itself ("oui") its label."""
    if facet is Facet.LEVEL and (digits := re.search(r"\d+", value)):
        return digits[0]
    return identity(value) if facet in CODED else f"{identity(label)}:{identity(value)}"


def _statements(referential: Referential, facet: Facet) -> Iterator[tuple[str, str, Quote]]:
    """Label, value and quote of the facts, or of the section's paragraphs where no fact tells the facet."""
    facts = referential.facts_of(facet)
    yield from ((f.label, f.value, f.quote) for f in facts)
    if not facts:
        parts = [part for s in referential.sections if s.facet is facet for part in s.parts]
        yield from (("", quote.text, quote) for part in parts for quote in part.quotes)
