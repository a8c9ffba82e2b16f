"""Which certifications are in force today, where a question asks for that rather than for a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Lang, Status
from assistant.answering.comparing import end_of, ranks
from assistant.answering.draft import Cited, Draft, Line, trimmed
from assistant.answering.listing import of_facets
from assistant.answering.phrases import say
from assistant.answering.surveying import MOST
from assistant.knowledge import Knowledge
from assistant.understanding.query import Query
from corpus.referential import Facet, Referential
from index.cards import Card
from index.words import fold

FORCE = re.compile(
    r"(?<![a-z])(?:actifs?|actives?|valables?|valides?|en vigueur|en cours de validite|active|valid|in force|current)"
    r"(?![a-z])"
)
ENDED = re.compile(
    r"(?<![a-z])(?:expire\w*|perime\w*|echue?s?|inactifs?|inactives?|caduc\w*|outdated|lapsed"
    r"|plus (?:actif|active|valable|valide|en vigueur)\w*|(?:no longer|not) (?:active|valid|in force))(?![a-z])"
)


def in_force(query: Query, knowledge: Knowledge, today: date) -> Draft | None:
    """Those in force and those that have ended, the kind asked for first; None where something else is asked."""
    asked = fold(query.text)
    ended = ENDED.search(asked) is not None
    if not (ended or FORCE.search(asked)) or ranks(query) or query.facet not in (None, Facet.VALIDITY):
        return None
    if any(not (FORCE.fullmatch(w) or ENDED.fullmatch(w)) for w in query.looked_for):
        return None
    heads = _scope(query, knowledge)
    if len(heads) < 2:
        return _one(query, knowledge, today)
    groups = {True: [], False: [], None: []}
    for i in heads:
        groups[_ended(knowledge.cards[i], today)].append(i)
    shown = knowledge.opened([*groups[ended], *groups[not ended], *groups[None]][: 2 * MOST])
    key = "ended_count" if ended else "in_force_count"
    day = today.strftime("%d/%m/%Y")
    heading = Line(say(key, query.lang, date=day, count=len(groups[ended]), total=len(heads)))
    lines = [_state(r, query.lang, today, "- ") for r in shown]
    return Draft(Status.ANSWERED, (heading, *trimmed(lines[:MOST])), tuple(lines[MOST:]), shown[:MOST])


def _ended(head: Card | Referential, today: date) -> bool | None:
    """Whether a certification has ended; None where its source does not say."""
    return None if head.until is None and head.active is None else head.expired(today)


def _one(query: Query, knowledge: Knowledge, today: date) -> Draft | None:
    """Whether the one certification asked about is in force, then all that its source says of it."""
    if len(query.referentials) != 1:
        return None
    referential = query.referentials[0]
    told = of_facets(referential, (Facet.VALIDITY,), knowledge, query.lang)
    state = _state(referential, query.lang, today)
    if told is None or not state.cited:
        return told
    others = tuple(line for line in told.lines[1:] if line.cited != state.cited)
    return replace(told, lines=(state, *others))


def _scope(query: Query, knowledge: Knowledge) -> Sequence[int]:
    """Places of the cards that the question is about: of those that it names, else of all."""
    if not query.referentials:
        return range(len(knowledge.cards)) if query.every else ()
    return knowledge.places(query.referentials)


def _state(referential: Referential, lang: Lang, today: date, bullet: str = "") -> Line:
    """Whether a certification is in force, with the fact that says so."""
    ended, fact = _ended(referential, today), end_of(referential)
    if ended is None:
        return Line(bullet + say("end_unsaid", lang, name=referential.name))
    key = "ended_line" if ended else "in_force_line"
    quotes = [fact.quote] if fact else [f.quote for f in referential.facts_of(Facet.VALIDITY)[:1]]
    phrase = say(key if fact else f"{key}_undated", lang, name=referential.name, date=fact.value if fact else "")
    return Line(bullet + phrase, tuple(Cited(referential, None, q) for q in quotes))
