"""Questions that would follow on, only such as the sources answer."""

from __future__ import annotations

from assistant.answer import Lang
from assistant.answering.draft import Draft
from assistant.answering.phrases import PHRASES
from assistant.knowledge import Knowledge
from assistant.understanding.query import Query
from corpus.referential import Facet, Referential

MOST = 3
AFTER_BLOCK = (Facet.ASSESSMENT, Facet.COMPETENCES, Facet.CRITERIA)
AFTER_RECORD = (Facet.BLOCKS, Facet.JURY, Facet.ACCESS, Facet.JOBS, Facet.VALIDITY, Facet.PREREQUISITES)


def suggested(query: Query, draft: Draft, knowledge: Knowledge) -> tuple[str, ...]:
    """Up to three questions on the certification or block just spoken of, about facets not asked for yet."""
    if len(draft.about) != 1:
        return ()
    referential = draft.about[0]
    asked = {query.facet, *query.sure_facets}
    block = query.block.number if query.block and query.block in referential.blocks else None
    said = {(s.block, s.facet) for s in knowledge.statements(referential)}
    of_block = [] if block is None else [f for f in AFTER_BLOCK if (block, f) in said and f not in asked]
    offers = [_of_block(f, block, referential, query.lang) for f in of_block]
    record = [f for f in AFTER_RECORD if f not in asked and any(facet is f for _, facet in said)]
    offers += [_of_record(f, referential, query.lang) for f in record]
    return tuple(offers[:MOST])


def _of_block(facet: Facet, block: int, referential: Referential, lang: Lang) -> str:
    return PHRASES[lang][f"suggest_block_{facet.value}"].format(block=block, name=_short(referential))


def _of_record(facet: Facet, referential: Referential, lang: Lang) -> str:
    return PHRASES[lang][f"suggest_{facet.value}"].format(name=_short(referential))


def _short(referential: Referential) -> str:
    """A certification as one would say it in a question."""
    return referential.code or f"« {referential.title} »"
