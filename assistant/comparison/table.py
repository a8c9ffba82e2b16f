"""A comparison as a table to take away: one row a fact, a block or a competence, as CSV or XLSX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answer import Citation, Lang
from assistant.cells import csv as sheet
from assistant.comparison.comparison import Comparison, FactRow, Kind, Stated, Worded
from assistant.dossier.xlsx import table
from corpus.passages import FACET_WORDS

COLUMNS = (
    ("Partie", "Part", 24), ("Bloc avant", "Block before", 10), ("Bloc après", "Block after", 10),
    ("N° avant", "No. before", 16), ("N° après", "No. after", 16), ("État", "State", 14), ("Déplacée", "Moved", 10),
    ("Avant", "Before", 60), ("Après", "After", 60), ("Source avant", "Source before", 22),
    ("Lignes avant", "Lines before", 14), ("Source après", "Source after", 22), ("Lignes après", "Lines after", 14),
)  # fmt: skip
STATES = {
    Kind.KEPT: ("conservée", "kept"),
    Kind.REWORDED: ("reformulée", "reworded"),
    Kind.NEW: ("nouvelle", "new"),
    Kind.GONE: ("disparue", "gone"),
}
SAME = {
    True: ("identique", "the same"),
    False: ("différent", "different"),
    None: ("d’un seul côté", "on one side only"),
}
BLOCK, COMPETENCE, YES = ("bloc", "block"), ("compétence", "competence"), ("oui", "yes")
NAME = ("Comparaison", "Comparison")
Row = tuple[str, ...]


def rows(found: Comparison, lang: Lang = "fr") -> Iterator[Row]:
    """Below the columns: facts, then each block followed by its competences."""
    say = 0 if lang == "fr" else 1
    for fact in found.facts:
        yield _fact(fact, lang)
    for block in found.blocks:
        yield _row(BLOCK[say], STATES[block.kind][say], block.before, block.after)
        for change in block.changes:
            moved = YES[say] if change.moved else ""
            yield _row(COMPETENCE[say], STATES[change.kind][say], change.before, change.after, moved)


def csv(found: Comparison, lang: Lang = "fr") -> bytes:
    return sheet([[title for title, _ in _columns(lang)], *rows(found, lang)])


def xlsx(found: Comparison, lang: Lang = "fr") -> bytes:
    return table(NAME[0 if lang == "fr" else 1], _columns(lang), rows(found, lang), lang)


def _columns(lang: Lang) -> list[tuple[str, int]]:
    return [(fr if lang == "fr" else en, width) for fr, en, width in COLUMNS]


def _fact(row: FactRow, lang: Lang) -> Row:
    named, say = (FACET_WORDS[row.facet], 0) if lang == "fr" else (row.facet.value, 1)
    sides = (" ; ".join(f"{s.label} : {s.value}" if s.label else s.value for s in side)
             for side in (row.before, row.after))  # fmt: skip
    places = (*_place(_cited(row.before)), *_place(_cited(row.after)))
    return (named, "", "", "", "", SAME[row.same][say], "", *sides, *places)


def _cited(stated: Sequence[Stated]) -> tuple[Citation, ...]:
    return tuple(s.citation for s in stated)


def _row(part: str, state: str, before: Worded | None, after: Worded | None, moved: str = "") -> Row:
    sides = (before, after)
    blocks = (str(w.block or "") if w else "" for w in sides)
    numbers = (w.number or "" if w else "" for w in sides)
    texts = (w.text if w else "" for w in sides)
    places = (cell for w in sides for cell in _place(w.citations if w else ()))
    return (part, *blocks, *numbers, state, moved, *texts, *places)


def _place(citations: Sequence[Citation]) -> tuple[str, str]:
    """The source, and the lines of each quote."""
    if not citations:
        return "", ""
    lines = dict.fromkeys((c.quote.first, c.quote.last) for c in citations)
    return citations[0].source, ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in lines)
