"""What the assistant hands out: answers with citations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from corpus.document import Quote

Lang = Literal["fr", "en"]
EXTRACTIVE = "extractive"  # the author of an answer that no language model has arranged


class Status(StrEnum):
    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    FALSE_PREMISE = "false_premise"


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote with its place.

    Attributes:
        source: the document's name.
        certification: the referential's code, None where it has none.
        title: the certification's title, for display.
        block: the block's official number, None for what belongs to no block.
        page: the page of the quote's first line, None where the source has no pages.
    """

    source: str
    certification: str | None
    title: str
    block: int | None
    quote: Quote
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose every sentence is quoted from a source or is a fixed phrase of ours.

    Attributes:
        text: what the reader reads first; "[n]" points to citations[n - 1].
        citations: in the order of their first mention.
        more: what stands behind "more"; may be empty; its "[n]" point to the same citations.
        certifications: names of the certifications spoken of, with their validity where it matters.
        suggestions: questions that have an answer and would follow on.
        notices: fixed phrases about how the answer came about ("the model did not answer …").
        titles: of certifications and blocks that its phrases name: French, whatever the language of the answer.
        author: who arranged it: "extractive", or the language model's name.
    """

    status: Status
    text: str
    citations: tuple[Citation, ...] = ()
    more: str = ""
    certifications: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    author: str = EXTRACTIVE
    lang: Lang = "fr"
    titles: tuple[str, ...] = ()
