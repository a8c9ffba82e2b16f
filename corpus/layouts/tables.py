"""Tables whose rows were printed as lines: statistics by year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Document
from corpus.layouts.lines import Line, bare, quote
from corpus.referential import Facet, Fact

COLUMN = re.compile(r"(?=\b(?:Ann[ée]e|Nombre|Taux|Part|Effectif)\b)")
ROW = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<cells>(?:\s+(?:-|–|\d+(?:[.,]\d+)?\s?%?|NC|ND))+)$", re.IGNORECASE)


def statistics(document: Document, lines: Sequence[Line]) -> list[Fact]:
    """One fact a cell, labelled "2021 · Nombre de certifiés"; a row of another width than the header's is one fact."""
    facts: list[Fact] = []
    columns: list[str] = []
    for line in lines:
        row = ROW.match(line.text)
        if row is None:
            columns = _columns(line.text) or columns
            continue
        cells = row["cells"].split()
        stated = quote(document, [line]) or document.quote(line.number, line.number)
        if len(cells) == len(columns):
            facts += [
                Fact(Facet.STATISTICS, f"{row['year']} · {c}", v, stated) for c, v in zip(columns, cells, strict=True)
            ]
        else:
            facts.append(Fact(Facet.STATISTICS, row["year"], " ".join(cells), stated))
    return facts


def _columns(text: str) -> list[str]:
    """The columns behind the year's, where a line is a header."""
    names = [name.strip() for name in COLUMN.split(text) if name.strip()]
    return names[1:] if len(names) > 1 and bare(names[0]).startswith("annee") else []
