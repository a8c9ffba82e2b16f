"""Questions about all certifications at once: which there are, which deal with something, what each of them has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Lang, Status
from assistant.answering.comparing import compared
from assistant.answering.draft import Cited, Draft, Line, quoted, trimmed
from assistant.answering.phrases import say
from assistant.answering.ranking import Scored, rank
from assistant.knowledge import Knowledge
from assistant.searching.finding import Findings
from assistant.searching.restrictions import restricted, restrictions
from assistant.understanding.query import Query
from assistant.understanding.wording import levels_named
from corpus.passages import Passage
from corpus.referential import Facet, Referential
from index.contract import Filters

Find = Callable[[str, Filters], Findings]
MOST = 12  # certifications that one answer goes through
DEALS = 0.6  # share of the question's words by which a certification deals with what is asked


def surveyed(
    query: Query, knowledge: Knowledge, likely: Callable[[], Sequence[Referential]], find: Find
) -> Draft | None:
    """An answer over all certifications; None where the question is not about all of them.

    Args:
        likely, find: for stores that hold more than one answer can go through: the certifications that the question is
            likely about, and those that fit some words and filters.
    """
    if not query.every or query.referentials:
        return None
    if query.aim:
        return _found(query.aim, query, knowledge, find, Filters(active=True))
    draft = _at_level(query, knowledge)
    if draft:
        return draft
    whole = len(knowledge.cards) <= MOST
    if query.looked_for:
        return _dealing(query, knowledge) if whole else _searched(query, knowledge, find)
    scope = knowledge.opened(range(len(knowledge.cards))) if whole else tuple(likely())
    if query.facet and len(scope) > 1:
        draft = compared(replace(query, referentials=scope), knowledge)
        return draft if whole or draft is None else _told_in_part(query, draft, len(knowledge.cards))
    return _catalogue(query, knowledge)


def _at_level(query: Query, knowledge: Knowledge) -> Draft | None:
    """The certifications of the levels that the question names; None where it names none or no source gives one."""
    levels = levels_named(query.text)
    at_level = [i for i, card in enumerate(knowledge.cards) if card.level in levels]
    if not levels or query.looked_for or not any(card.level for card in knowledge.cards):
        return None
    wording = ", ".join(map(str, sorted(levels)))
    if not at_level:
        return Draft(Status.NOT_FOUND, (Line(say("none_at_level", query.lang, level=wording)),))
    heading = Line(say("at_level", query.lang, count=len(at_level), level=wording))
    shown = knowledge.opened(at_level[: 2 * MOST])
    lines = tuple(_level_line(r, query.lang) for r in shown)
    return Draft(Status.ANSWERED, (heading, *lines[:MOST]), lines[MOST:], shown[:MOST])


def _level_line(referential: Referential, lang: Lang) -> Line:
    facts = referential.facts_of(Facet.LEVEL)
    telling = [f for f in facts if f.value == str(referential.level)] or facts
    cited = tuple(Cited(referential, None, f.quote) for f in telling[:1])
    return Line(say("compared", lang, name=referential.name), cited)


def _told_in_part(query: Query, draft: Draft, total: int) -> Draft:
    """The draft, headed by the word that it goes through the nearest certifications only."""
    heading = Line(say("survey_part", query.lang, total=total))
    return replace(draft, lines=(heading, *draft.lines))


def _searched(query: Query, knowledge: Knowledge, find: Find) -> Draft | None:
    """The certifications that fit the words of a question and the filters among them ("niveau 5"), best first."""
    stated, _ = restrictions(query.text)
    return _found(" ".join(query.looked_for), query, knowledge, find, restricted(Filters(), stated))


def _found(words: str, query: Query, knowledge: Knowledge, find: Find, filters: Filters) -> Draft | None:
    findings = find(words, filters)
    lines, about = [], []
    for found in findings.cards:
        hit = next((h for block in found.blocks for h in block.hits), None)
        opened = knowledge.opened(knowledge.places([found.card]))
        if hit and opened:
            lines.append(_passage_line(opened[0], hit.passage, query.lang))
            about += opened
    if not lines:
        return None
    heading = Line(say("survey_in_force" if filters.active else "survey_found", query.lang, count=findings.total))
    return Draft(Status.ANSWERED, (heading, *trimmed(lines)), about=tuple(about))


def _passage_line(referential: Referential, passage: Passage, lang: Lang) -> Line:
    cited = tuple(Cited(referential, passage.block, q) for q in passage.quotes)
    return Line(say("compared", lang, name=referential.name), cited)


def _dealing(query: Query, knowledge: Knowledge) -> Draft | None:
    scope = knowledge.opened(range(len(knowledge.cards)))
    best = [s for s in (_best(query, r, knowledge) for r in scope) if s]
    if not best:
        return None
    best.sort(key=lambda s: -s.score)
    lines = [quoted(s.referential, s.statement, say("compared", query.lang, name=_place(query, s))) for s in best]
    return Draft(Status.ANSWERED, trimmed(lines), about=tuple(s.referential for s in best))


def _best(query: Query, referential: Referential, knowledge: Knowledge) -> Scored | None:
    ranked = rank(query, [referential], knowledge)
    fitting = [s for s in ranked if s.covered >= DEALS]
    return fitting[0] if fitting else None


def _place(query: Query, scored: Scored) -> str:
    """The certification of a statement, and its block where it stands in one."""
    name, number = scored.referential.name, scored.statement.block
    return name if number is None else say("in_block", query.lang, name=name, block=number)


def _catalogue(query: Query, knowledge: Knowledge) -> Draft:
    """The count of all certifications; the first of them shown at once, as many again behind "more"."""
    shown = knowledge.opened(range(len(knowledge.cards))[: 2 * MOST])
    lines = tuple(Line(say("compared", query.lang, name=r.name), _title(r)) for r in shown)
    heading = Line(say("catalogue", query.lang, count=len(knowledge.cards)))
    return Draft(Status.ANSWERED, (heading, *lines[:MOST]), lines[MOST:], shown[:MOST])


def _title(referential: Referential) -> tuple[Cited, ...]:
    fact = next(iter(referential.facts_of(Facet.TITLE)), None)
    if fact:
        return (Cited(referential, None, fact.quote),)
    first = next(iter(referential.blocks), None)
    return tuple(Cited(referential, first.number, q) for q in first.heading.quotes) if first else ()
