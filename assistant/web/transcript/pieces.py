"""A conversation as headings, paragraphs, items and quotes, whatever is made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.answer import EXTRACTIVE, Answer, Citation
from assistant.web.exchange import Exchange
from assistant.web.markup.text import place
from assistant.web.texts import Texts
from corpus.document import fold_space

ITEM = re.compile(r"\s*[-•–]\s+(.*)")


class Kind(StrEnum):
    TITLE = "title"
    QUESTION = "question"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"  # verbatim words
    PLACE = "place"  # where the quote before it stands
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of text and what it is."""

    kind: Kind
    text: str


def of_conversation(exchanges: Sequence[Exchange], day: date, t: Texts) -> list[Piece]:
    """The answered questions, in order, below a title with the day."""
    begun = [
        Piece(Kind.TITLE, t("transcript.title")),
        Piece(Kind.QUIET, t("transcript.made", day=t.day(day))),
    ]
    answers = [(e.question, e.answer) for e in exchanges if e.answer]
    return begun + [p for q, a in answers for p in (Piece(Kind.QUESTION, fold_space(q)), *of_answer(a, t))]


def of_answer(answer: Answer, t: Texts) -> list[Piece]:
    """What is said, how it came about, and each quote with its certification, source and lines."""
    said = [*_lines(answer.text, t), *_lines(answer.more, t)]
    told = [Piece(Kind.QUIET, phrase) for phrase in (*answer.notices, *map(t.spaced, answer.certifications))]
    mode = t("answer.mode.extract") if answer.author == EXTRACTIVE else t("answer.mode.model", author=answer.author)
    cited = [p for n, c in enumerate(answer.citations, 1) for p in _citation(n, c, t)]
    heading = [Piece(Kind.HEADING, t("answer.sources"))] if cited else []
    return [*said, *told, Piece(Kind.QUIET, mode), *heading, *cited]


def _lines(text: str, t: Texts) -> list[Piece]:
    lines = [line.strip() for line in t.spaced(text).splitlines() if line.strip()]
    found = [(line, ITEM.match(line)) for line in lines]
    return [Piece(Kind.ITEM, item[1]) if item else Piece(Kind.PARAGRAPH, line) for line, item in found]


def _citation(n: int, cited: Citation, t: Texts) -> tuple[Piece, Piece]:
    block = t("place.block", n=cited.block) if cited.block is not None else ""
    where = (cited.certification, cited.title, block, cited.source, place([cited.quote], cited.page, t))
    quoted = f"[{n}] « {cited.quote.text} »" if t.lang == "fr" else f"[{n}] “{cited.quote.text}”"
    return Piece(Kind.QUOTE, quoted), Piece(Kind.PLACE, ", ".join(filter(None, where)))
