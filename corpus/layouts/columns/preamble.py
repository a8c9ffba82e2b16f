"""What stands above the table: the law it obeys, and a summary of its blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.document import Document, Quote, fold_space
from corpus.layouts.columns.assembly import title_of
from corpus.layouts.columns.wording import block_number, competence_number, plain_number
from corpus.layouts.lines import Line, bare, numbered
from corpus.referential import Block, Facet, Fact, Part, Section

LEGAL = re.compile(r"\barticles? [lrd]\.?\s?\d|\blois? n|repertoire national|code du travail|\bdecret\b|\barrete\b")
LAW = re.compile(
    r"\b(loi|décret|arrêté|ordonnance)\s+(n\s*°\s*\d{2,4}-\d+(?:\s+du\s+\d{1,2}(?:er)?\s+\w+\s+\d{4})?)", re.I
)
ARTICLE = re.compile(r"\barticle\s+([LRD]\.?\s?\*?\d[\d-]*)", re.I)
SENTENCE = re.compile(r"[^.]+(?:\.(?!\s*[A-ZÀ-Ý«])[^.]*)*\.?")
SAME = 0.8  # share of a summary's words that its competence has as well


@dataclass(frozen=True, slots=True)
class Preamble:
    """What was found above the table.

    Attributes:
        more: what the summary says of a competence and the table does not: block, place in the block, quote.
        repeated: numbers of the lines that only repeat the table, or hold no letter.
    """

    sections: tuple[Section, ...]
    facts: tuple[Fact, ...]
    more: tuple[tuple[int, int, Quote], ...]
    repeated: frozenset[int]


def read_preamble(document: Document, end: int, skip: frozenset[int], blocks: Sequence[Block]) -> Preamble:
    """Read the lines before `end`."""
    lines = [line for line in numbered(document, 1, end - 1) if line.number not in skip]
    rules = {line.number for line in lines if not re.search(r"\w", line.text)}
    lines = [line for line in lines if line.number not in rules]
    at = next((n for n, line in enumerate(lines) if _summary_starts(lines, n)), len(lines))
    sections, more, repeated = [], [], set(rules)
    if lines[:at]:
        sections.append(_opening(document, lines[:at]))
    headings, entries = _entries(lines[at:])
    if headings:
        sections.append(Section(Facet.BLOCKS, "Sommaire", tuple(_title(document, h) for h in headings)))
    for entry in entries:
        beyond = _beyond(document, entry, blocks)
        more.extend(beyond)
        repeated.update(line.number for line in entry)
    return Preamble(tuple(sections), _facts(document, lines[:at]), tuple(more), frozenset(repeated))


def _summary_starts(lines: Sequence[Line], at: int) -> bool:
    """A numbered heading with a numbered competence below it, or a competence."""
    if competence_number(lines[at].text):
        return True
    heading = block_number(lines[at].text) or plain_number(lines[at].text)
    return heading == 1 and any(competence_number(line.text) for line in lines[at + 1 : at + 4])


def _entries(lines: Sequence[Line]) -> tuple[list[list[Line]], list[list[Line]]]:
    """Headings of blocks, and competences, each with its lines."""
    headings: list[list[Line]] = []
    entries: list[list[Line]] = []
    for line in lines:
        if competence_number(line.text):
            entries.append([line])
            current = entries
        elif not headings or block_number(line.text) or plain_number(line.text) == len(headings) + 1:
            headings.append([line])
            current = headings
        else:
            current[-1].append(line)
    return headings, entries


def _beyond(document: Document, entry: list[Line], blocks: Sequence[Block]) -> list[tuple[int, int, Quote]]:
    """The sentences of a summary's competence that the table's does not have."""
    major, minor = competence_number(entry[0].text) or (0, 0)
    block = next((b for b in blocks if b.number == major), None)
    if block is None or not 1 <= minor <= len(block.competences):
        return []
    known = _words(block.competences[minor - 1].text)
    text = fold_space(" ".join(line.text for line in entry))
    found = []
    for sentence in SENTENCE.findall(text):
        words = _words(sentence)
        if len(words) >= 4 and len(words & known) < (1 - SAME) * 3 * len(words):
            quote = Quote(sentence.strip(), entry[0].number, entry[-1].number)
            found.extend([(major, minor, quote)] if document.holds(quote) else [])
    return found


def _opening(document: Document, lines: Sequence[Line]) -> Section:
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and not _new_paragraph(paragraphs[-1][-1], line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    text = bare(" ".join(line.text for line in lines))
    facet = Facet.LEGAL if LEGAL.search(text) else Facet.OTHER
    first = paragraphs[0][0].text if len(paragraphs[0]) == 1 and len(paragraphs[0][0].text) < 60 else "Préambule"
    return Section(facet, first, tuple(_part(document, paragraph) for paragraph in paragraphs))


def _new_paragraph(before: Line, line: Line) -> bool:
    if line.text[0].islower():
        return False
    return line.number > before.number + 1 or before.text.endswith((".", "»"))


def _facts(document: Document, lines: Sequence[Line]) -> tuple[Fact, ...]:
    found = []
    for line in lines:
        quote = document.quote(line.number, line.number)
        found += [Fact(Facet.LEGAL, m[1].lower(), fold_space(m[2]), quote) for m in LAW.finditer(line.text)]
        found += [Fact(Facet.LEGAL, "article", fold_space(m[1]), quote) for m in ARTICLE.finditer(line.text)]
    return tuple(dict.fromkeys(found))


def _part(document: Document, lines: Sequence[Line]) -> Part:
    return Part((document.quote(lines[0].number, lines[-1].number),))


def _title(document: Document, lines: Sequence[Line]) -> Part:
    """A block's title as the summary prints it, without its number."""
    quote = document.quote(lines[0].number, lines[-1].number)
    return Part((replace(quote, text=title_of(quote.text)),))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{3,}", bare(text)))
