"""The order in which a question is tried: what is not held, what is assumed wrongly, then what can be answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from assistant.answer import Status
from assistant.answering.comparing import compared
from assistant.answering.computing import computed
from assistant.answering.counting import counted
from assistant.answering.draft import Draft, Line
from assistant.answering.enforcing import in_force
from assistant.answering.finding import found, withheld
from assistant.answering.listing import listed
from assistant.answering.phrases import say
from assistant.answering.premises import contradicted
from assistant.answering.ranking import rank
from assistant.answering.surveying import MOST, Find, surveyed
from assistant.answering.write import names
from assistant.knowledge import Knowledge
from assistant.understanding.facets import label
from assistant.understanding.query import Query, one_certification
from corpus.referential import Referential
from index.contract import Filters
from index.words import terms

NEAR = 5  # certifications named in the place of one that is not held
WHOLLY = 0.8  # coverage from which a statement holds what is asked
Search = Callable[[str], Sequence[Referential]]


def extract(query: Query, knowledge: Knowledge, search: Search, find: Find, today: date) -> Draft:
    """Answer from the sources alone.

    Args:
        find: the certifications that fit some words and filters; asked about stores too large to go through.
        search: the referentials that a text is likely about, best first; asked where the question names none.
    """
    query = _settled(query, knowledge)
    refusal = _unheld(query, knowledge, find) or _outside(query, knowledge) or contradicted(query, knowledge)
    if refusal:
        return refusal

    @cache
    def likely() -> tuple[Referential, ...]:
        return query.referentials or tuple(search(query.text))

    return (
        in_force(query, knowledge, today)
        or surveyed(query, knowledge, likely, find)
        or compared(query, knowledge)
        or computed(query)
        or counted(query)
        or listed(query, knowledge)
        or found(query, likely(), knowledge)
    )


def _settled(query: Query, knowledge: Knowledge) -> Query:
    """Where several sources describe the one certification asked about: the one that says most of what is asked."""
    if len(query.referentials) < 2 or not one_certification(query.referentials):
        return query

    def told(referential: Referential) -> int:
        return sum(s.facet in query.sure_facets for s in knowledge.statements(referential))

    fullest = max(query.referentials, key=told)
    block = fullest.block(query.block.number) if query.block else None
    return replace(query, referentials=(fullest,), pointed=replace(query.pointed, referential=fullest, block=block))


def _unheld(query: Query, knowledge: Knowledge, find: Find) -> Draft | None:
    """A certification is named that no source describes: told with those that are held, of many with the nearest."""
    if not query.named.unknown or query.named.referentials:
        return None
    unknown = query.named.unknown[0]
    few = len(knowledge.cards) <= MOST
    known = knowledge.cards if few else [found.card for found in find(unknown, Filters()).cards[:NEAR]]
    lines = [Line(say("unknown_certification", query.lang, name=unknown))]
    if known:
        phrase = "known_certifications" if few else "near_certifications"
        lines.append(Line(say(phrase, query.lang, names=names(known, query.lang))))
    return Draft(Status.NOT_FOUND, tuple(lines))


def _outside(query: Query, knowledge: Knowledge) -> Draft | None:
    """The question is about something that referentials do not deal with, and this one does not either."""
    seen = query.outside
    if seen is None:
        return None
    if query.referentials and _said_all_the_same(query, knowledge):
        return None
    if seen.topic.name in ("talk", "weather") or not seen.topic.label[query.lang]:
        return Draft(Status.NOT_FOUND, (Line(say("outside_talk", query.lang)),))
    phrase = say("outside", query.lang, topic=label(seen.topic, query.lang))
    if not query.referentials:
        return Draft(Status.NOT_FOUND, (Line(phrase),))
    refusal = withheld(query, rank(query, query.referentials, knowledge), ())
    return Draft(Status.NOT_FOUND, (Line(phrase), *refusal.lines[1:]), about=query.referentials)


def _said_all_the_same(query: Query, knowledge: Knowledge) -> bool:
    """True where a statement holds the very words of the topic and of what else is asked."""
    told = query.outside.words if query.outside else frozenset()
    best = next(iter(rank(query, query.referentials, knowledge)), None)
    if best is None or not query.looked_for:
        return False
    return best.covered > WHOLLY and told & set(terms(query.text)) <= set(terms(best.statement.text))
