"""Complete lists in order: blocks, competences, and whatever a certification says under one facet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Lang, Status
from assistant.answering.draft import BUDGET, SHORT, Draft, Line, part_line, quoted, trimmed
from assistant.answering.phrases import say
from assistant.answering.ranking import STANDS, anchors_of
from assistant.knowledge import Knowledge
from assistant.statements import Statement, mere_heading
from assistant.understanding.query import Query
from corpus.referential import Block, Competence, Facet, Part, Referential

FEW = 2  # paragraphs before the competences of a block that are shown with them
SINGLES_OUT = 0.4  # likeness of a word of the question to one of a statement or its label
SHOWN = 8  # lines of a facet shown at first
BESIDE = 2  # statements of another facet shown before an assessment that leaves out what the question names


def listed(query: Query, knowledge: Knowledge) -> Draft | None:
    """A list, where the question asks for a whole facet and looks for nothing else."""
    if len(query.referentials) != 1 or query.looked_for or anchors_of(query.text):
        return None
    referential, facet = query.referentials[0], query.facet
    if query.pointed.competence and query.block:
        return one_competence(referential, query.block, query.pointed.competence, facet, query.lang)
    if query.block:
        return of_block(referential, query.block, query.sure_facets, query.lang)
    if facet in (Facet.BLOCKS, Facet.COMPETENCES, None) and referential.blocks:
        return _blocks(referential, facet, query.lang)
    return of_facets(referential, (facet,), knowledge, query.lang, query.telling) if facet else None


def one_competence(
    referential: Referential, block: Block, number: str, facet: Facet | None, lang: Lang
) -> Draft | None:
    """A competence with what the question asks of it: its assessment, its criteria, else its details."""
    competence = numbered(block, number)
    if competence is None:
        return None
    asked = {Facet.ASSESSMENT: competence.assessments, Facet.CRITERIA: competence.criteria}.get(facet)
    heading = Line(say("competence_is", lang, number=number, name=referential.name))
    lines = [part_line(referential, block.number, competence)]
    lines += [part_line(referential, block.number, p) for p in asked or competence.details]
    return Draft(Status.ANSWERED, trimmed([heading, *lines]), about=(referential,))


def numbered(block: Block, number: str) -> Competence | None:
    return next((c for c in block.competences if c.number and c.number.lstrip("C") == number.lstrip("C")), None)


def of_block(referential: Referential, block: Block, facets: Sequence[Facet], lang: Lang) -> Draft:
    """What a block says under some facets, its competences where it says nothing under them."""
    said = (p for f in facets for p in _under(block, f) if not mere_heading(p.text))
    parts = {p.text: p for p in said}  # one assessment may stand beside each competence
    if not parts:
        return competences_of(referential, block, lang)
    heading = Line(say("according_block", lang, name=referential.name, block=block.number, title=block.title))
    lines = [part_line(referential, block.number, p) for p in parts.values()]
    return Draft(Status.ANSWERED, trimmed([heading, *lines[:SHOWN]]), tuple(lines[SHOWN:]), (referential,))


def _under(block: Block, facet: Facet) -> tuple[Part, ...]:
    """What a block and its competences say under a facet, in reading order; () for the competences themselves."""
    if facet is Facet.ASSESSMENT:
        return (*block.assessments, *(a for c in block.competences for a in c.assessments))
    if facet is Facet.CRITERIA:
        return (*block.criteria, *(a for c in block.competences for a in c.criteria))
    return block.activities if facet is Facet.ACTIVITIES else ()


def competences_of(referential: Referential, block: Block, lang: Lang, heading: str = "") -> Draft:
    phrase = heading or say("competences_of", lang, block=block.number, title=block.title, name=referential.name)
    leading = block.activities if len(block.activities) <= FEW and not heading else ()
    parts = [*leading, *block.competences] or [block.heading]
    shown = [part_line(referential, block.number, p, _numbering(p)) for p in parts]
    whole = tuple(shown) if sum(len(p.text) for p in parts) > BUDGET else ()
    return Draft(Status.ANSWERED, (Line(phrase), *trimmed(shown)), whole, (referential,))


def _numbering(part: Part) -> str:
    return (part.number or "") if isinstance(part, Competence) else ""


def _blocks(referential: Referential, facet: Facet | None, lang: Lang) -> Draft:
    count = len(referential.blocks)
    key = "blocks_count_one" if count == 1 else "blocks_count"
    lines = [
        part_line(referential, b.number, b.heading, say("block_line", lang, block=b.number)) for b in referential.blocks
    ]
    more = []
    if facet is Facet.COMPETENCES:
        for block in referential.blocks:
            more.append(Line(say("block_line", lang, block=block.number) + f" {block.title}"))
            more += [part_line(referential, block.number, c) for c in block.competences]
    heading = Line(say(key, lang, name=referential.name, count=count))
    return Draft(Status.ANSWERED, trimmed([heading, *lines]), tuple(more), (referential,))


def of_facets(
    referential: Referential, facets: Sequence[Facet], knowledge: Knowledge, lang: Lang, telling: Sequence[str] = ()
) -> Draft | None:
    """Everything that a referential says under some facets, each text once.

    Args:
        telling: words of the question; what they single out comes first, then what stands outside the blocks.
    """
    words = knowledge.words(referential)
    likeness = words.held(words.likeness(telling))
    held = likeness >= SINGLES_OUT
    lines: list[Line] = []
    for facet in facets:
        found = [s for s in knowledge.statements(referential) if s.facet is facet and _says_something(s)]
        rare = [row for row in held if sum(row[s.order] for s in found) * 2 < len(found)]
        found.sort(key=lambda s: (not any(row[s.order] for row in rare), s.block is not None, s.order))
        if facet is Facet.ASSESSMENT:
            found = [*_said_elsewhere(knowledge.statements(referential), found, likeness >= STANDS), *found]
        lines += _distinct(referential, found)
    if not lines:
        return None
    heading = Line(say("according", lang, name=referential.name))
    return Draft(Status.ANSWERED, trimmed([heading, *lines[:SHOWN]]), tuple(lines[SHOWN:]), (referential,))


def _said_elsewhere(
    statements: Sequence[Statement], found: Sequence[Statement], stands: NDArray[np.bool_]
) -> list[Statement]:
    """Where none of those found has a word by which the question names an assessment ("mémoire"): others that do."""
    lacking = [row for row in stands if not any(row[s.order] for s in found)]
    return [s for s in statements if any(row[s.order] for row in lacking)][:BESIDE]


def _says_something(statement: Statement) -> bool:
    """False for the mere heading of a section; the headings of blocks are what a question about blocks asks for."""
    return not statement.is_heading or statement.facet is Facet.BLOCKS


def _distinct(referential: Referential, found: list[Statement]) -> list[Line]:
    """A line a statement; one whose words stand within another's is left out.

    Of several facts read off one quote, the one without a label is the quote's own matter: it stands for the others.
    """
    unlabelled = {s.text for s in found if s.value and not s.context}
    found = [s for s in found if not s.context or s.text not in unlabelled]
    texts = [f"{s.context} {s.text}" if s.value and len(s.value) <= SHORT else s.text for s in found]
    kept: list[Line] = []
    for i, statement in enumerate(found):
        others = [t for j, t in enumerate(texts) if len(t) > len(texts[i]) or j < i]
        if not any(texts[i] in t for t in others):
            kept.append(quoted(referential, statement))
    return kept
