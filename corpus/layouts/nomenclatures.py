"""Codes and levels of the national nomenclatures, wherever a layout prints them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Document
from corpus.layouts.lines import Line, bare, quote
from corpus.referential import Coded, Facet, Fact

ROME = re.compile(r"(?:[•*-]\s*)?([A-N]\d{4})\s*[:–-]?\s*(.*)$")
NSF = re.compile(r"(?:[•*-]\s*)?(\d{3}[a-z]?)\s*[:–-]?\s+(.+)$")
FORMACODE = re.compile(r"(?:[•*-]\s*)?(\d{5})\s*[:–-]?\s*(.*)$")
LEVELS_OF_1969 = {"I": 7, "II": 6, "III": 5, "IV": 4, "V": 3}
OLD_LEVEL = re.compile(r"\b(I{1,3}|IV|V)\s*\(?nomenclature de 19?6[79]", re.IGNORECASE)
EUROPEAN_LEVEL = re.compile(r"\b([1-8])\s*\(?nomenclature europe|niveau(?:\s+de\s+qualification)?\s*:?\s*([1-8])\b")
PATTERNS = {Facet.ROME: ROME, Facet.NSF: NSF, Facet.FORMACODE: FORMACODE}


def coded(document: Document, lines: Sequence[Line], facet: Facet) -> list[tuple[Coded, Fact]]:
    """The codes of one nomenclature, one a line, each once, with its fact."""
    found: dict[str, tuple[Coded, Fact]] = {}
    for line in lines:
        match = PATTERNS[facet].match(line.text)
        if match and match[1] not in found:
            stated = quote(document, [line]) or document.quote(line.number, line.number)
            found[match[1]] = (Coded(match[1], match[2].strip()), Fact(facet, match[2].strip(), match[1], stated))
    return list(found.values())


def level_of(text: str) -> int | None:
    """The European level that a text states, from the nomenclature of 1969 where it states no other."""
    european = EUROPEAN_LEVEL.search(bare(text))
    if european:
        return int(european[1] or european[2])
    old = OLD_LEVEL.search(bare(text))
    return LEVELS_OF_1969[old[1].upper()] if old else None
