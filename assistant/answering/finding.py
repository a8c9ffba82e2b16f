"""The statements that answer a question best, or the word that the sources do not say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Status
from assistant.answering.draft import BUDGET, Draft, Line, quoted, trimmed, value_said
from assistant.answering.listing import of_block, of_facets
from assistant.answering.phrases import say
from assistant.answering.premises import strange_names
from assistant.answering.ranking import Scored, asks_how_long, lasts, rank
from assistant.knowledge import Knowledge
from assistant.statements import Statement
from assistant.understanding.query import BLOCK_FACETS, Query
from corpus.referential import Facet, Referential

SUPPORT = 0.4  # of words, meaning and dates together, below which the sources do not say
NAMED = 0.22  # the same where the question names its certification, and so has its place in the sources
PINNED = 0.4  # what a statement with all dates and quantities of the question adds to its support
HELD = 0.5  # share of the question's words that a statement on record must hold to answer by itself
BESIDE = 0.6  # of the best score: the best statement of another facet that the question names
FIRST = 3  # statements by which an answer is held to stand
PLACES = (Facet.ADDRESS, Facet.PREPARERS)  # their facts are told apart by names of places
CLOSE = 0.75  # of the best score: statements that are shown beside the best
MAIN = 700  # characters of the best statement
MOST = 5  # statements shown at first
NEAREST = 2  # statements shown beside a refusal
AKIN = 0.2  # share of the question's words from which a statement may be shown beside a refusal
ASIDE = 500  # characters of what is shown beside a refusal
NEIGHBOURS = 6  # statements shown after one that announces them


def found(query: Query, referentials: Sequence[Referential], knowledge: Knowledge) -> Draft:
    """The best statements; else all of the facet that the question names; else a refusal with what comes nearest."""
    ranked = [s for s in rank(query, referentials, knowledge) if _answers(query, s.statement)]
    missing = strange_names(query, referentials, knowledge)
    if not ranked or missing:
        return withheld(query, ranked, missing)
    if _off_record(query, ranked) and _best(ranked) < HELD:
        return withheld(query, ranked, ())
    told = _on_record(query, ranked)
    if told and not _singled_out(told):
        if query.looked_for and set(query.sure_facets) <= set(PLACES) and _best(told) < HELD / 2:
            return withheld(query, ranked, query.looked_for[:1])
        return _whole_facet(query, knowledge) or withheld(query, ranked, ())
    ranked = told or ranked
    if not told and not _stands(query, ranked):
        return _whole_facet(query, knowledge) or withheld(query, ranked, ())
    chosen = _completed(query, _chosen(query, ranked), ranked, knowledge)
    if asks_how_long(query) and not _timed(chosen):
        return withheld(query, ranked, ())
    lines = [quoted(s.referential, s.statement, _block_named(query, s)) for s in chosen]
    about = tuple({id(s.referential): s.referential for s in chosen}.values())
    first = trimmed(lines[:1], MAIN)
    others = trimmed(lines[1:], BUDGET - sum(len(c.quote.text) for c in first[0].cited))
    return Draft(Status.ANSWERED, (*_headings(query, about), *first, *others), about=about)


def _answers(query: Query, statement: Statement) -> bool:
    """False for a mere heading, but for that of a block where blocks are asked for ("quel bloc …")."""
    if not statement.is_heading:
        return True
    return statement.facet is Facet.BLOCKS and (query.pointed.asked_for or Facet.BLOCKS in query.sure_facets)


def _off_record(query: Query, ranked: Sequence[Scored]) -> bool:
    """True where the question surely asks for facts of a kind that its certification has none of."""
    asked = {f for f in query.sure_facets if f not in BLOCK_FACETS and query.facets[f] >= 1.0}
    return bool(asked and query.referentials) and not any(s.statement.facet in asked for s in ranked)


def _on_record(query: Query, ranked: Sequence[Scored]) -> list[Scored]:
    """The statements of the record facets that the question names, where no other holds far more of its words."""
    if query.block or not query.referentials:
        return []
    own = [s for s in ranked if s.statement.facet in query.sure_facets and s.statement.facet not in BLOCK_FACETS]
    if not own or _best(ranked) - _best(own) >= HELD:
        return []
    return own


def _singled_out(told: Sequence[Scored]) -> bool:
    """True where few of the statements on record hold clearly more of the question's words than the others."""
    best = _best(told)
    as_good = [s for s in told if s.covered + s.anchored >= CLOSE * best]
    return best >= HELD or (best >= HELD / 2 and len(as_good) <= MOST and len(as_good) < len(told))


def _best(ranked: Sequence[Scored]) -> float:
    return max(s.covered + s.anchored for s in ranked)


def _timed(chosen: Sequence[Scored]) -> bool:
    """True where a statement that names a length of time fits nearly as well as any."""
    return any(lasts(s.statement) and s.covered + s.anchored >= CLOSE * _best(chosen) for s in chosen)


def _stands(query: Query, ranked: Sequence[Scored]) -> bool:
    """True where the best statements support an answer; less is needed where the certification is named."""
    return support(ranked) >= (NAMED if query.referentials else SUPPORT)


def support(ranked: Sequence[Scored]) -> float:
    """How well the best statements stand up for an answer by their words, meaning and dates."""
    best = max(ranked[:FIRST], key=lambda s: s.covered + s.cosine + s.anchored)
    own = max(0.75 * best.covered + 0.25 * max(0.0, best.cosine), 0.9 * best.cosine)
    return own + PINNED * best.anchored


def _whole_facet(query: Query, knowledge: Knowledge) -> Draft | None:
    """Where the words of a question point to no statement, but its facet is plain: all that is said under it."""
    if query.facet is None or len(query.referentials) != 1:
        return None
    referential = query.referentials[0]
    if query.block and query.facet in BLOCK_FACETS:
        return of_block(referential, query.block, query.sure_facets, query.lang)
    return of_facets(referential, query.sure_facets, knowledge, query.lang, query.telling)


def withheld(query: Query, ranked: Sequence[Scored], missing: Sequence[str]) -> Draft:
    """The word that the sources do not say, with what comes nearest.

    Args:
        missing: words of the question that the sources do not hold; the first is named.
    """
    lang, about = query.lang, query.referentials
    if missing and about:
        phrase = say("term_missing", lang, term=missing[0], name=about[0].name)
    elif missing:
        phrase = say("term_missing_anywhere", lang, term=missing[0])
    elif about:
        phrase = say("not_found_in", lang, name=about[0].name)
    else:
        phrase = say("not_found", lang)
    nearest = {s.statement.text: s for s in ranked[: 2 * NEAREST] if s.covered > AKIN or s.cosine > SUPPORT}
    near = [quoted(s.referential, s.statement) for s in list(nearest.values())[:NEAREST]]
    lines = (Line(phrase), Line(say("nearest", lang)), *trimmed(near, ASIDE)) if near else (Line(phrase),)
    return Draft(Status.NOT_FOUND, lines, about=tuple(about))


def _block_named(query: Query, scored: Scored) -> str:
    """Where the question asks which block: the block of a statement, to be said before it."""
    block = scored.referential.block(scored.statement.block) if query.pointed.asked_for else None
    return "" if block is None else say("block_named", query.lang, block=block.number, title=block.title)


def _headings(query: Query, about: tuple[Referential, ...]) -> list[Line]:
    if len(about) != 1:
        return []
    block = query.block
    if block:
        return [Line(say("according_block", query.lang, name=about[0].name, block=block.number, title=block.title))]
    return [Line(say("according", query.lang, name=about[0].name))]


def _chosen(query: Query, ranked: Sequence[Scored]) -> list[Scored]:
    """The best statement, what it announces, others nearly as good, and one for each facet named; each text once."""
    best = ranked[0]
    kept = [best, *_announced(best, ranked), *_going_on(best, ranked)]
    for other in ranked[1:]:
        if len(kept) >= MOST or other.score < CLOSE * best.score:
            break
        if _new(other, kept):
            kept.append(other)
    for facet in query.sure_facets:
        if all(k.statement.facet is not facet for k in kept):
            best_of = next((s for s in ranked if s.statement.facet is facet), None)
            kept += [best_of] if best_of and best_of.score >= BESIDE * best.score and _new(best_of, kept) else []
    return kept


def _completed(query: Query, chosen: list[Scored], ranked: Sequence[Scored], knowledge: Knowledge) -> list[Scored]:
    """The chosen statements, and from the best one's paragraph or list what holds words that they leave out."""
    best = chosen[0]
    words = knowledge.words(best.referential)
    held = words.held(words.likeness([*query.looked_for, *query.telling])) >= HELD
    open_words = ~held[:, [s.statement.order for s in chosen if s.referential is best.referential]].any(axis=1)
    for other in ranked:
        if len(chosen) > MOST or not open_words.any():
            break
        beside = other.referential is best.referential and other.statement.group == best.statement.group
        if beside and (held[:, other.statement.order] & open_words).any():
            chosen = [*chosen, other]
            open_words &= ~held[:, other.statement.order]
    return chosen


def _new(scored: Scored, kept: Sequence[Scored]) -> bool:
    return not any(_says_again(scored.statement, k.statement) for k in kept)


def _says_again(one: Statement, other: Statement) -> bool:
    """True where one of the two holds the other's words, signs apart, and brings no value to be said before it."""
    texts = sorted((re.sub(r"\W", "", one.text.lower()), re.sub(r"\W", "", other.text.lower())), key=len)
    return texts[0] in texts[1] and (one.value == other.value or not value_said(one))


def _going_on(best: Scored, ranked: Sequence[Scored]) -> list[Scored]:
    """The sentence after the best one, where it goes on from it in the same paragraph."""
    after = (s for s in ranked if s.referential is best.referential and s.statement.order == best.statement.order + 1)
    return [s for s in after if s.statement.goes_on]


def _announced(best: Scored, ranked: Sequence[Scored]) -> list[Scored]:
    """What follows a statement that ends in a colon, in reading order."""
    if not best.statement.leads_in:
        return []
    same = [s for s in ranked if s.referential is best.referential and s.statement.group == best.statement.group]
    later = sorted((s for s in same if s.statement.order > best.statement.order), key=lambda s: s.statement.order)
    return later[:NEIGHBOURS]
