"""Web sites, e-mail addresses and telephone numbers, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.document import Document
from corpus.layouts.lines import Line, quote
from corpus.referential import Facet, Fact

URL = re.compile(r"(?:https?://|www\.)[^\s<>«»\"]*[^\s<>«»\".,;:)]", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\d.])(?:\+33\s*(?:\(0\)\s*)?|0)[1-9](?:[\s.-]?\d{2}){4}(?!\d)")
REGISTRIES = re.compile(r"pole-emploi|francetravail|rome|rncp|cncp|francecompetences|moncompteformation|legifrance")


def contact_facts(document: Document, lines: Iterable[Line], label: str = "") -> list[Fact]:
    """Every web site, e-mail address and telephone number of the lines, once each."""
    found: dict[str, Fact] = {}
    for line in lines:
        stated = quote(document, [line]) or document.quote(line.number, line.number)
        for facet, pattern in ((Facet.CONTACT, EMAIL), (Facet.CONTACT, PHONE), (Facet.WEBSITE, URL)):
            for match in pattern.finditer(line.text):
                kind = Facet.LINKS if facet is Facet.WEBSITE and REGISTRIES.search(match[0]) else facet
                found.setdefault(match[0], Fact(kind, label, match[0], stated))
    return list(found.values())
