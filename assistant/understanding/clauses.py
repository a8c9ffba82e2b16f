"""A question that asks several things at once, cut into the questions that it joins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Turn
from assistant.knowledge import Knowledge
from assistant.understanding.blocks import block_numbers
from assistant.understanding.facets import Topics
from assistant.understanding.query import Query, understand
from corpus.referential import Referential
from index.words import fold

ASKING = (
    r"(?:qui|que|quand|combien|comment|où|ou est|pourquoi|quel(?:le)?s?|lequel|laquelle|est[- ]ce|c'est quoi|qu'est"
    r"|(?:jusqu'[àa]|depuis|pour|par|avec|à|a|de|en|dans|sur|sous|chez) (?:qui|quoi|quand|combien|où|quel(?:le)?s?)"
    r"|who|what|when|where|which|why|how|is it|does it|until when|by whom)"
)
JOINT = re.compile(rf"(?:\s*[?!.;]\s+(?:et\s+|and\s+)?|\s*,?\s+(?:et|and|puis|then)\s+)(?={ASKING}\b)", re.IGNORECASE)
SERIES = re.compile(r"\s*,\s*(?:et\s+|and\s+)?|\s+(?:et|and|ainsi que|as well as)\s+", re.IGNORECASE)
TOLD = 1.0  # weight of a topic that a whole cue gives away
OPENING = re.compile(rf"(?:^|[\s,]){ASKING}\b", re.IGNORECASE)


def clauses(question: str) -> tuple[str, ...]:
    """The questions joined in one, each with its own asking word; the question itself where it asks one thing."""
    parts = tuple(p.strip() for p in JOINT.split(question) if p.strip())
    asks = all(OPENING.search(p) and len(p.split()) > 1 for p in parts)
    return parts if asks and len(parts) > 1 else (question,)


def asked(
    query: Query,
    question: str,
    history: Sequence[Turn],
    knowledge: Knowledge,
    topics: Topics,
    within: tuple[Referential, ...],
) -> list[Query]:
    """The questions that one joins, each in the light of those before it; the query itself where it joins none.

    Args:
        query: the whole question, understood.
        within: referentials that all of them are about; () for any.
    """
    parts = clauses(question)
    if len(parts) == 1:
        return _blocks(query) or _series(query, question, knowledge, topics) or [query]
    turns = [Turn("user", part) for part in parts]
    found = [
        understand(part, (*history, *turns[:i]), knowledge, topics, query.lang, within) for i, part in enumerate(parts)
    ]
    return found if all(q.sure_facets or q.looked_for or q.counts for q in found) else [query]


def _blocks(query: Query) -> list[Query]:
    """A question about several blocks of one certification by their numbers, one a block; [] for any other."""
    numbers = block_numbers(fold(query.text)) if len(query.referentials) == 1 else []
    if len(numbers) < 2:
        return []
    held = [(n, query.referentials[0].block(n)) for n in numbers]
    return [replace(query, pointed=replace(query.pointed, block=b, missing=None if b else n)) for n, b in held]


def _series(query: Query, question: str, knowledge: Knowledge, topics: Topics) -> list[Query]:
    """A question for several facts of one certification ("le niveau et le code ROME"), one a fact; [] for any other."""
    if len(query.referentials) != 1 or query.block or query.compares or query.looked_for:
        return []
    parts = [p for p in SERIES.split(question) if p]
    if len(parts) < 2:
        return []
    found = [understand(p, (), knowledge, topics, query.lang, query.referentials) for p in parts]
    told = {q.facet for q in found if q.topics and q.topics[0].weight >= TOLD and not q.looked_for and not q.block}
    return found if len(told - {None}) == len(found) else []
