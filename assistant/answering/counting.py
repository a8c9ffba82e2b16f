"""Counts of what a referential is made of: blocks, competences, activities."""

from __future__ import annotations

from assistant.answer import Lang, Status
from assistant.answering.draft import Draft, Line, part_line, trimmed
from assistant.answering.listing import competences_of
from assistant.answering.phrases import say, say_count
from assistant.understanding.query import Query
from corpus.referential import Referential
from index.words import stem

BLOCKS = frozenset(stem(w) for w in ("bloc", "blocs", "block", "blocks", "unite", "partie", "module"))
ACTIVITIES = frozenset(stem(w) for w in ("activite", "activites", "activity", "activities"))
COMPETENCES = frozenset(stem(w) for w in ("competence", "competences", "capacite", "capacites", "skill", "skills"))


def counted(query: Query) -> Draft | None:
    """The count of blocks, activities or competences, with what was counted; None where nothing of these is asked."""
    what = stem(query.counts)
    if len(query.referentials) != 1 or what not in BLOCKS | ACTIVITIES | COMPETENCES or _looks_for_more(query):
        return None
    referential = query.referentials[0]
    if not referential.blocks:
        return None
    if what in COMPETENCES and query.block:
        return _competences(query, referential)
    if what in COMPETENCES:
        return _all_competences(referential, query.lang)
    return blocks_of(referential, query.lang, what in ACTIVITIES)


def _looks_for_more(query: Query) -> bool:
    """True for "combien de blocs faut-il valider en deux ans": something besides the count is asked."""
    return len([w for w in query.looked_for if stem(w) != stem(query.counts)]) > 1


def blocks_of(referential: Referential, lang: Lang, as_activities: bool = False) -> Draft:
    count = len(referential.blocks)
    key = "blocks_count_one" if count == 1 else "activities_count" if as_activities else "blocks_count"
    lines = [
        part_line(referential, b.number, b.heading, say("block_line", lang, block=b.number)) for b in referential.blocks
    ]
    heading = Line(say(key, lang, name=referential.name, count=count))
    return Draft(Status.ANSWERED, trimmed([heading, *lines]), about=(referential,))


def _competences(query: Query, referential: Referential) -> Draft:
    block = query.block
    count = len(block.competences)
    key = "competences_count_one" if count == 1 else "competences_count"
    heading = say(key, query.lang, block=block.number, title=block.title, count=count)
    return competences_of(referential, block, query.lang, heading)


def _all_competences(referential: Referential, lang: Lang) -> Draft:
    blocks = referential.blocks
    total = sum(len(b.competences) for b in blocks)
    count, spread = say_count("competences_value", lang, total), say_count("blocks_value", lang, len(blocks))
    heading = Line(say("competences_total", lang, name=referential.name, count=count, blocks=spread))
    counts = [say_count("competences_value", lang, len(b.competences)) for b in blocks]
    lines = [
        part_line(referential, b.number, b.heading, say("counted_part", lang, count=said))
        for b, said in zip(blocks, counts, strict=True)
    ]
    return Draft(Status.ANSWERED, trimmed([heading, *lines]), about=(referential,))
