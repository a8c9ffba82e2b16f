"""A question that asks several things at once, cut into the questions that it joins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, starmap

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
WHETHER = (  # how a clause begins that asks whether something is so, or what it is within a question begun before
    r"(?:(?:est|sont|a|y a|peut|faut|doit|existe|donne|dure)[- ](?:t[- ])?(?:il|elle|on|ils|elles)"
    r"|(?:il|elle|on|ça|ca) \w"
    r"|(?:is|are|does|do|can|could|must|may|should|will|has|have) (?:it|there|this|that|they|i|you|we|one|the)(?!\w)"
    r"|(?:at|by|for|from|in|of|on|to|under|with|since|till) (?:which|what|whom|when|how (?:many|much|long)))"
)
JOINT = r"(?:\s*[?!.;]\s+(?:et\s+|and\s+)?|\s*,?\s+(?:et|and|puis|then)\s+)"
SURE_JOINT = re.compile(rf"{JOINT}(?={ASKING}\b)", re.IGNORECASE)
ANY_JOINT = re.compile(rf"{JOINT}(?={ASKING}\b|{WHETHER})", re.IGNORECASE)
SERIES = re.compile(r"\s*,\s*(?:et\s+|and\s+)?|\s+(?:et|and|ainsi que|as well as)\s+", re.IGNORECASE)
RELATIVE = frozenset({"qui", "que", "où", "who", "which", "that"})
TOLD = 1.0  # weight of a topic that a whole cue gives away
OPENING = re.compile(rf"(?:^|[\s,]){ASKING}\b", re.IGNORECASE)
ANY_OPENING = re.compile(
    rf"(?:^|[\s,])(?:{ASKING}\b|{WHETHER})|^(?:is|are|does|do|can|could|must|may|should|will|has|have)\b", re.IGNORECASE
)


def clauses(question: str) -> tuple[str, ...]:
    """The questions joined in one, each with its own asking word; the question itself where it asks one thing."""
    parts = _parts(SURE_JOINT, question)
    return parts if all(map(OPENING.search, parts)) else (question,)


def _parts(joint: re.Pattern[str], question: str) -> tuple[str, ...]:
    parts = tuple(p.strip() for p in joint.split(question) if p.strip())
    whole = len(parts) > 1 and all(len(p.split()) > 1 for p in parts)
    return parts if whole and not any(starmap(_goes_on, pairwise(parts))) else (question,)


def _goes_on(part: str, after: str) -> bool:
    """True where a part says on who or what is meant: "un candidat qui … et qui …"."""
    first = after.split()[0].lower()
    return first in RELATIVE and re.search(rf"\w {first}\b", part, re.IGNORECASE) is not None


def asked(
    query: Query, history: Sequence[Turn], knowledge: Knowledge, topics: Topics, within: tuple[Referential, ...]
) -> list[Query]:
    """The questions that one joins, each in the light of those before it; the query itself where it joins none.

    Args:
        query: the whole question, understood.
        within: referentials that all of them are about; () for any.
    """

    def understood(parts: Sequence[str]) -> list[Query]:
        turns = [Turn("user", part) for part in parts]
        return [
            understand(p, (*history, *turns[:i]), knowledge, topics, query.lang, within) for i, p in enumerate(parts)
        ]

    parts = clauses(query.text)
    if len(parts) > 1:
        found = understood(parts)
        return found if all(map(_asks, found)) else [query]
    parts = _parts(ANY_JOINT, query.text)
    if len(parts) > 1 and _apart(parts, topics):
        return understood(parts)
    return _blocks(query) or _series(query, knowledge, topics) or [query]


def _asks(query: Query) -> bool:
    """True where a part tells what it asks about."""
    told = query.sure_facets or query.outside or query.looked_for or query.counts
    return bool(told) or query.pointed.to_unit


def _apart(parts: Sequence[str], topics: Topics) -> bool:
    """True where each part asks, and its words give away a topic of its own."""
    if not all(map(ANY_OPENING.search, parts)):
        return False
    first = [next(iter(topics.seen(part)), None) for part in parts]
    return len({s.topic.name for s in first if s and s.weight >= TOLD}) == len(parts)


def _blocks(query: Query) -> list[Query]:
    """A question about several blocks of one certification by their numbers, one a block; [] for any other."""
    numbers = block_numbers(fold(query.text)) if len(query.referentials) == 1 else []
    if len(numbers) < 2:
        return []
    held = [(n, query.referentials[0].block(n)) for n in numbers]
    return [replace(query, pointed=replace(query.pointed, block=b, missing=None if b else n)) for n, b in held]


def _series(query: Query, knowledge: Knowledge, topics: Topics) -> list[Query]:
    """A question for several things about one certification ("le niveau et le prix"), one a topic; [] for any other."""
    if len(query.referentials) != 1 or query.block or query.compares or query.looked_for:
        return []
    parts = [p for p in SERIES.split(query.text) if p]
    found = [understand(p, (), knowledge, topics, query.lang, query.referentials) for p in parts]
    if any(q.looked_for or q.block for q in found):
        return []
    told = {q.topics[0].topic.name: q for q in found if q.topics and q.topics[0].weight >= TOLD}
    naming = sum(not q.telling for q in found)  # parts that only name the certification
    return list(told.values()) if len(told) == len(found) - naming > 1 else []
