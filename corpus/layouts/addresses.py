"""Postal addresses, a line or a short paragraph each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Document, fold_space
from corpus.layouts.lines import Line, part, quote
from corpus.referential import Facet, Fact

NAMED = re.compile(r"(?P<name>[^:]{3,70}?)\s+:\s+(?P<place>\S.*)$")
POSTCODE = re.compile(r"(?<!\d)\d{2}\s?\d{3}(?!\d)")
ARTICLE = re.compile(r"^.*?(?:\b(?:de|du|des|à)\s+|\bd[’'])(?=[A-ZÀ-Ý])|^.*?\bdu\s+")


def address_facts(document: Document, lines: Sequence[Line], label: str) -> list[Fact]:
    """One fact an address, labelled with its town or establishment where it is named, else with `label`."""
    return [fact for entry in _entries(lines) if (fact := _fact(document, entry, label))]


def _entries(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Lines that open "name : place" start an entry each; other lines go on, or stand together as one address."""
    if not any(NAMED.match(line.text) for line in lines):
        return _unnamed(lines)
    entries: list[list[Line]] = []
    for line in lines:
        if NAMED.match(line.text) or not entries:
            entries.append([line])
        else:
            entries[-1].append(line)
    return [tuple(entry) for entry in entries]


def _unnamed(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """An address ends with its postcode's line; a blank line starts another."""
    entries: list[list[Line]] = []
    for line in lines:
        previous = entries[-1] if entries else None
        if previous is None or line.number > previous[-1].number + 1 or POSTCODE.search(previous[-1].text):
            entries.append([line])
        else:
            previous.append(line)
    return [tuple(entry) for entry in entries]


def _fact(document: Document, entry: Sequence[Line], label: str) -> Fact | None:
    text = fold_space(" ".join(line.text for line in entry))
    stated = quote(document, entry) or part(document, entry).quotes[0]
    named = NAMED.match(text)
    if named:
        town = ARTICLE.sub(lambda article: "Le " if "du " in article[0] else "", named["name"]) or named["name"]
        return Fact(Facet.ADDRESS, town, named["place"], stated)
    return Fact(Facet.ADDRESS, label, text, stated) if POSTCODE.search(text) else None
