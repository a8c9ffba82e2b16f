"""A référentiel printed as a table of four columns, flattened to text page by page, put together again."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from statistics import median

from corpus.document import Document, Quote
from corpus.layouts.columns.assembly import Table, blocks, empty_labels
from corpus.layouts.columns.furniture import Furniture, find_furniture
from corpus.layouts.columns.lines import body_lines
from corpus.layouts.columns.naming import name_of
from corpus.layouts.columns.preamble import read_preamble
from corpus.layouts.columns.profile import learn
from corpus.layouts.columns.reading import read_columns
from corpus.layouts.columns.starts import block_starts
from corpus.layouts.columns.transversal import with_transversal
from corpus.layouts.columns.wording import competence_number
from corpus.layouts.lines import numbered
from corpus.referential import Block, Part, Referential

CODE = re.compile(r"\bRNCP\s?(\d{3,6})\b")
NARROW = 70  # characters: wider lines than a cell's


@dataclass(frozen=True, slots=True)
class Understood:
    """A document read: its referential, and the lines that are in no part of it because they hold no content."""

    referential: Referential
    skipped: frozenset[int]


def marks(document: Document) -> float:
    """How surely this is such a table, 0 to 1: by its header, and by lines as narrow as cells."""
    found = find_furniture(document)
    if found.start is None:
        return 0.0
    body = [len(line.text) for line in numbered(document, found.start) if line.number not in found.lines]
    if len(body) < 8:
        return 0.0
    return 0.9 if median(body) <= NARROW else 0.3


def parse(document: Document) -> tuple[Referential, ...]:
    understood = understand(document)
    return (understood.referential,) if understood else ()


def understand(document: Document) -> Understood | None:
    """None where the document has no such table."""
    found = find_furniture(document)
    if found.start is None or not (lines := body_lines(document, found.lines, found.start)):
        return None
    starts = block_starts(lines, _below(found, [line.number for line in lines]))
    places = read_columns(lines, frozenset(starts))
    numbered_ = sum(competence_number(line.text) is not None for line in lines) >= 2
    table = Table(document, lines, places, learn(numbered_, lines, [p.column for p in places]))
    read = with_transversal(blocks(table, list(starts.values())))
    above = read_preamble(document, min(found.headers[0]), found.feet, read)
    read = _completed(read, above.more)
    code = next((f"RNCP{m[1]}" for text in document.lines if (m := CODE.search(text))), None)
    if code:
        read = tuple(replace(b, code=f"{code}BC{b.number:02}") for b in read)
    skipped = found.lines | above.repeated | empty_labels(table)
    title = name_of(document, read)
    referential = Referential(
        document.name, "columns", title, code, blocks=read, sections=above.sections, facts=above.facts
    )
    return Understood(referential, skipped)


def _below(found: Furniture, numbers: list[int]) -> frozenset[int]:
    """The first line of the table below each header."""
    firsts = (next((n for n in numbers if n > max(header)), None) for header in found.headers)
    return frozenset(n for n in firsts if n)


def _completed(read: tuple[Block, ...], more: tuple[tuple[int, int, Quote], ...]) -> tuple[Block, ...]:
    """The blocks with what a summary adds to a competence among its details."""
    for number, place, quote in more:
        read = tuple(_with_detail(b, place - 1, Part((quote,))) if b.number == number else b for b in read)
    return read


def _with_detail(block: Block, at: int, detail: Part) -> Block:
    competence = block.competences[at]
    competence = replace(competence, details=(*competence.details, detail))
    return replace(block, competences=(*block.competences[:at], competence, *block.competences[at + 1 :]))
