"""Tables of statistics by year, whose rows were printed as lines, or whose cells have a line each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Document
from corpus.layouts.lines import Line, bare, quote
from corpus.referential import Facet, Fact

COLUMN = re.compile(r"(?=\b(?:Ann[ée]e|Nombre|Taux|Part|Effectif)\b)")
CELL = r"(?:-|–|\d+(?:[.,]\d+)?\s?%?|NC|ND)"
ROW = re.compile(rf"(?P<year>(?:19|20)\d{{2}})(?P<cells>(?:\s+{CELL})*)$", re.IGNORECASE)


def statistics(document: Document, lines: Sequence[Line]) -> list[Fact]:
    """One fact a cell, labelled "2021 · Nombre de certifiés"; a row of another width than the header's is one fact."""
    facts: list[Fact] = []
    columns: list[str] = []
    for row in _rows(lines):
        text = " ".join(line.text for line in row)
        found = ROW.match(text)
        if found is None:
            columns = _columns(text) or columns
        elif found["cells"]:
            cells = found["cells"].split()
            stated = quote(document, row) or document.quote(row[0].number, row[-1].number)
            labels = [f"{found['year']} · {name}" for name in columns]
            known = len(cells) == len(columns)
            values = zip(labels, cells, strict=True) if known else [(found["year"], " ".join(cells))]
            facts += [Fact(Facet.STATISTICS, label, value, stated) for label, value in values]
    return facts


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines by table row: header cells stay together, and so do a year and the cells right behind it."""
    rows: list[list[Line]] = []
    for line in lines:
        header = bool(COLUMN.match(line.text))
        goes_on = rows and (
            (header and COLUMN.match(rows[-1][0].text))
            or (re.fullmatch(CELL, line.text, re.IGNORECASE) and ROW.match(" ".join(r.text for r in rows[-1])))
        )
        if goes_on and not (ROW.match(line.text) and len(line.text) == 4):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _columns(text: str) -> list[str]:
    """The columns behind the year's, where a line is a header."""
    names = [name.strip() for name in COLUMN.split(text) if name.strip()]
    return names[1:] if len(names) > 1 and bare(names[0]).startswith("annee") else []
