"""What a decree or order says of a registration: its dates, its level, its title, how long."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from corpus.document import Quote
from corpus.layouts.dates import DATE, date_in
from corpus.layouts.lines import bare
from corpus.referential import Facet, Fact

NAME = re.compile(r"\W*((?:arrete|decret|loi|ordonnance|decision)[^.]{0,25}?\s(?:du|de la|le)\s+" + DATE.pattern + ")")
CLAUSES = (
    r"(?:publiee?|parue?)\s+(?:au|le)\s+(?:journal\s+officiel|jo)(?:\s+de\s+la\s+republique\s+francaise)?(?=\s+(?:du|le))",
    r"avec\s+effet\s+au",
    r"jusqu'au",
)
LEVEL = re.compile(r"(au\s+niveau)\s+([IVX]+|\d)\b")
TITLE = re.compile(r"(sous\s+l.intitul[ée])\s+[\"'«“‘]\s*(.+?)\s*[\"'»”’](?=[\s.,]|$)")
NSF = re.compile(r"(code\s+NSF)\s+(\d{3}[a-z]?)")
DURATION = re.compile(r"(enregistrement\s+pour)\s+(\w+\s+ans?)\b", re.IGNORECASE)


def decree_facts(text: str, quote: Quote) -> list[Fact]:
    """The decree itself, labelled with its name, then each thing that it settles."""
    name = decree_name(text)
    facts = [Fact(Facet.LEGAL, name, text, quote)]
    facts += [Fact(Facet.LEGAL, f"{name} · {label}", value, quote) for label, value in _clauses(text)]
    return facts


def decree_name(text: str) -> str:
    """ "Arrêté du 26 mai 2016", or the first words of a text that does not open with a dated decree."""
    found = NAME.match(bare(text))
    return text[: found.end()].strip() if found else " ".join(text.split()[:8])


def _clauses(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for clause in CLAUSES:
        for match in re.finditer(rf"({clause})\s+(?:du\s+|le\s+)?({DATE.pattern})", bare(text)):
            found.append((text[match.start(1) : match.end(1)], text[match.start(2) : match.end(2)]))
    for pattern in (DURATION, LEVEL, TITLE, NSF):
        found += [(" ".join(m[1].split()), " ".join(m[2].split())) for m in pattern.finditer(text)]
    return found


def last_day(facts: Sequence[Fact]) -> tuple[date, Fact] | None:
    """The latest end of registration among decrees' facts ("jusqu'au …")."""
    ends = [(day, f) for f in facts if bare(f.label).endswith("jusqu'au") and (day := date_in(f.value))]
    return max(ends, key=lambda found: found[0], default=None)
