"""One answer to the several questions that somebody asks at once; none of them is passed over in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Status
from assistant.answering.draft import Draft, Line, trimmed
from assistant.answering.phrases import say
from assistant.understanding.query import Query

FIRST = (Status.FALSE_PREMISE, Status.ANSWERED, Status.NOT_FOUND)


def joined(queries: Sequence[Query], drafts: Sequence[Draft]) -> Draft:
    """One draft of those of several questions: a wrong premise of one is told, and what the others are answered."""
    if len(drafts) == 1:
        return drafts[0]
    status = min((d.status for d in drafts), key=FIRST.index)
    if status is not Status.NOT_FOUND:
        drafts = [_told(q, d) for q, d in zip(queries, drafts, strict=True)]
    lines, more = (tuple(line for d in drafts for line in getattr(d, name)) for name in ("lines", "more"))
    about = {id(r): r for d in drafts for r in d.about}
    return Draft(status, trimmed(lines), more, tuple(about.values()))


def _told(query: Query, draft: Draft) -> Draft:
    """The answer of one question among others; one that found none is named, unless its refusal names its topic."""
    if draft.status is not Status.NOT_FOUND:
        return draft
    if query.outside:
        return replace(draft, lines=draft.lines[:1])
    missing = Line(say("nothing_on", query.lang, part=query.text.strip(" ?!.,;:")))
    return replace(draft, lines=(missing, *draft.lines[1:]))
