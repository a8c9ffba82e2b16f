"""Questions about all certifications at once: which there are, which deal with something, what each of them has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Status
from assistant.answering.comparing import compared
from assistant.answering.draft import Cited, Draft, Line, quoted, trimmed
from assistant.answering.phrases import say
from assistant.answering.ranking import Scored, rank
from assistant.knowledge import Knowledge
from assistant.understanding.query import Query
from corpus.referential import Facet, Referential

MOST = 12  # certifications that one answer goes through
DEALS = 0.6  # share of the question's words by which a certification deals with what is asked


def surveyed(query: Query, knowledge: Knowledge, likely: Sequence[Referential]) -> Draft | None:
    """An answer over all certifications; None where the question is not about all of them.

    Args:
        likely: those that the question is likely about, for stores that hold more than one answer can go through.
    """
    if not query.every or query.referentials:
        return None
    scope = knowledge.referentials if len(knowledge.referentials) <= MOST else tuple(likely)
    if query.looked_for:
        return _dealing(query, scope, knowledge)
    if query.facet and len(scope) > 1:
        return compared(replace(query, referentials=scope), knowledge)
    return _catalogue(query, scope)


def _dealing(query: Query, scope: Sequence[Referential], knowledge: Knowledge) -> Draft | None:
    best = [s for s in (_best(query, r, knowledge) for r in scope) if s]
    if not best:
        return None
    best.sort(key=lambda s: -s.score)
    lines = [quoted(s.referential, s.statement, f"{s.referential.name}{_where(query, s)} :") for s in best]
    return Draft(Status.ANSWERED, trimmed(lines), about=tuple(s.referential for s in best))


def _best(query: Query, referential: Referential, knowledge: Knowledge) -> Scored | None:
    ranked = rank(query, [referential], knowledge)
    fitting = [s for s in ranked if s.covered >= DEALS]
    return fitting[0] if fitting else None


def _where(query: Query, scored: Scored) -> str:
    number = scored.statement.block
    return "" if number is None else f", {say('block_line', query.lang, block=number).rstrip(' :').lower()}"


def _catalogue(query: Query, scope: Sequence[Referential]) -> Draft:
    lines = [Line(f"{r.name} :", _title(r)) for r in scope]
    return Draft(Status.ANSWERED, (Line(say("catalogue", query.lang, count=len(scope))), *lines), about=tuple(scope))


def _title(referential: Referential) -> tuple[Cited, ...]:
    fact = next(iter(referential.facts_of(Facet.TITLE)), None)
    if fact:
        return (Cited(referential, None, fact.quote),)
    first = next(iter(referential.blocks), None)
    return tuple(Cited(referential, first.number, q) for q in first.heading.quotes) if first else ()
