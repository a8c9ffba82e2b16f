"""A comparison as a table: one row a fact or a competence, for spreadsheets."""

from __future__ import annotations

import csv as writing
import io
from collections.abc import Iterator, Sequence

from assistant.answer import Citation
from assistant.comparison.comparison import Comparison, FactRow, Kind, Stated, Worded

HEADS = (
    "Partie", "Bloc avant", "Bloc après", "N° avant", "N° après", "État", "Déplacée", "Avant", "Après", "Source avant",
    "Lignes avant", "Source après", "Lignes après",
)  # fmt: skip
STATES = {Kind.KEPT: "conservée", Kind.REWORDED: "reformulée", Kind.NEW: "nouvelle", Kind.GONE: "disparue"}
SAME = {True: "identique", False: "différent", None: "non précisé d’un côté"}
RUN = ("=", "+", "-", "@", "\t", "\r")  # a cell that starts so may be taken for a formula
Row = tuple[str, ...]


def rows(found: Comparison) -> Iterator[Row]:
    """Below HEADS: facts, then each block followed by its competences."""
    for fact in found.facts:
        yield _fact(fact)
    for block in found.blocks:
        yield _row("bloc", block.kind, block.before, block.after)
        for change in block.changes:
            yield _row("compétence", change.kind, change.before, change.after, change.moved)


def csv(found: Comparison) -> bytes:
    """For spreadsheets in French: UTF-8 with its mark, semicolons, and no cell that would be run."""
    out = io.StringIO(newline="")
    table = writing.writer(out, delimiter=";", lineterminator="\r\n")
    table.writerow(HEADS)
    table.writerows(map(_harmless, rows(found)))
    return out.getvalue().encode("utf-8-sig")


def _harmless(row: Row) -> Row:
    """With an apostrophe before what a spreadsheet would run, as OWASP advises."""
    return tuple(f"'{cell}" if cell.lstrip(" ").startswith(RUN) else cell for cell in row)


def _fact(row: FactRow) -> Row:
    before, after = (" ; ".join(f"{s.label} : {s.value}" if s.label else s.value for s in side)
                     for side in (row.before, row.after))  # fmt: skip
    places = (*_place(_cited(row.before)), *_place(_cited(row.after)))
    return (row.facet.value, "", "", "", "", SAME[row.same], "", before, after, *places)


def _cited(stated: Sequence[Stated]) -> tuple[Citation, ...]:
    return tuple(s.citation for s in stated)


def _row(part: str, kind: Kind, before: Worded | None, after: Worded | None, moved: bool = False) -> Row:
    sides = (before, after)
    blocks = (str(w.block or "") if w else "" for w in sides)
    numbers = (w.number or "" if w else "" for w in sides)
    texts = (w.text if w else "" for w in sides)
    places = (cell for w in sides for cell in _place(w.citations if w else ()))
    return (part, *blocks, *numbers, STATES[kind], "oui" if moved else "", *texts, *places)


def _place(citations: Sequence[Citation]) -> tuple[str, str]:
    """The source, and the lines of each quote."""
    if not citations:
        return "", ""
    lines = dict.fromkeys((c.quote.first, c.quote.last) for c in citations)
    return citations[0].source, ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in lines)
