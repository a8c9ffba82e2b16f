"""What the evaluation document states in a line: its identity, its dates, how long each part of the exam lasts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from corpus.document import Document, Quote
from corpus.layouts.headings import Stretch
from corpus.layouts.lines import Line, bare, part
from corpus.layouts.reac.grid import DURATION, modalities
from corpus.referential import Facet, Fact

REFERENCE = re.compile(r"([^:]{3,50}?)\s*:\s*(\S.*)$")
TOTAL = re.compile(r"(?:\d\.\d\.?\s*)?(durée totale[^:]*?)\s*:\s*(.*)$", re.IGNORECASE)
NSF = re.compile(r"(\d{3}[a-z]?)\b\s*[-–:]*\s*(.*?)(?=\s*[,;]\s*\d{3}[a-z]?\b|$)")


def references(document: Document, general: Sequence[Stretch]) -> list[Fact]:
    """The identity that the first chapter states, a line a fact or a code."""
    facts: list[Fact] = []
    for line in (line for s in general if s.key == "references" for line in s.lines):
        if match := REFERENCE.match(line.text):
            facts += _reference(match[1].strip(), match[2].strip(), part(document, [line]).quotes[0])
    return facts


def _reference(label: str, value: str, stated: Quote) -> list[Fact]:
    plain = bare(label)
    if plain.startswith("intitule"):
        return [Fact(Facet.TITLE, label, value, stated)]
    if plain.startswith("niveau"):
        return [Fact(Facet.LEVEL, label, value[0], stated)] if value[0].isdigit() else []
    if "nsf" in plain:
        return [Fact(Facet.NSF, m[2].strip(), m[1], stated) for m in NSF.finditer(value) if m[1]]
    if "rome" in plain:
        return [Fact(Facet.ROME, "", code, stated) for code in re.findall(r"\b[A-N]\d{4}\b", value)]
    if "formacode" in plain:
        return [Fact(Facet.FORMACODE, "", code, stated) for code in re.findall(r"\b\d{5}\b", value)]
    if plain.startswith(("date", "arrete")):
        return [Fact(Facet.LEGAL, label, value, stated)]
    return [Fact(Facet.CODE, label, value, stated)] if plain.startswith(("sigle", "code")) else []


def durations(document: Document, stretches: Sequence[Stretch], of: str) -> Iterator[Fact]:
    """How long each modality lasts, the whole of them, and the jury's presence."""
    for stretch in stretches:
        if stretch.key == "table":
            for row in modalities(stretch.lines):
                if row.duration:
                    yield _duration(document, Facet.ASSESSMENT, row.name, of, row.lines, row.duration.text)
        yield from _totals(document, stretch, of)


def _totals(document: Document, stretch: Stretch, of: str) -> Iterator[Fact]:
    lines = [*([stretch.heading] if stretch.heading else []), *stretch.lines]
    for line, after in zip_longest(lines, lines[1:]):
        if not (match := TOTAL.match(line.text)):
            continue
        facet = Facet.JURY if "jury" in bare(match[1]) else Facet.ASSESSMENT
        if match[2]:
            yield _duration(document, facet, match[1], of, [line], match[2])
        elif after and DURATION.match(bare(after.text)):
            yield _duration(document, facet, match[1], of, [line, after], after.text)


def _duration(document: Document, facet: Facet, name: str, of: str, lines: Sequence[Line], value: str) -> Fact:
    label = f"{name} · {of}" if of else name
    return Fact(facet, label, value, part(document, lines).quotes[0])
