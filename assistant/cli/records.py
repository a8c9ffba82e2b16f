"""The JSON that the command line prints and writes, one function a kind of result."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from assistant.answer import Answer, Citation
from assistant.matching.evidence import BlockMatch, Evidence
from corpus.document import TELLING, Document, squeeze
from index.cards import Card
from index.contract import Hit

Record = dict[str, Any]


def printed(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def referential(found: Card) -> Record:
    return {
        "source": found.source,
        "certification": found.code,
        "title": found.title,
        "level": found.level,
        "blocks": len(found.blocks),
        "active": found.active,
        "until": found.until.isoformat() if found.until else None,
    }


def hit(found: Hit, documents: Callable[[str], Document]) -> Record:
    """A hit with the passage's longest unbroken quote as its text."""
    quote = max(found.passage.quotes, key=lambda q: len(q.text))
    if len(squeeze(quote.text)) < TELLING:
        quote = documents(found.passage.source).widened(quote)
    return {
        "source": found.passage.source,
        "certification": found.passage.certification,
        "block": found.passage.block,
        "text": quote.text,
        "start_line": quote.first,
        "end_line": quote.last,
        "score": round(found.score, 4),
    }


def citation(cited: Citation) -> Record:
    return {
        "source": cited.source,
        "certification": cited.certification,
        "block": cited.block,
        "quote": cited.quote.text,
        "start_line": cited.quote.first,
        "end_line": cited.quote.last,
        "page": cited.page,
    }


def answer(given: Answer) -> Record:
    return {
        "status": given.status.value,
        "answer": given.text,
        "citations": [citation(c) for c in given.citations],
        "more": given.more,
        "certifications": list(given.certifications),
        "notices": list(given.notices),
        "author": given.author,
    }


def evidence(found: Evidence) -> Record:
    return {
        "cv_line": found.cv_line,
        "cv_quote": found.cv_quote,
        "cv_more": list(found.cv_more),
        "source_quote": found.citation.quote.text,
        "start_line": found.citation.quote.first,
        "end_line": found.citation.quote.last,
    }


def block_match(found: BlockMatch) -> Record:
    return {
        "source": found.source,
        "certification": found.certification,
        "block": found.block,
        "title": found.block_title,
        "state": found.state.value,
        "score": round(found.score, 4),
        "coverage": round(found.coverage, 4),
        "evidence": [evidence(e) for e in found.evidence],
    }
