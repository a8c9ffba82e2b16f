"""A question and its answer, and how a browser keeps a conversation over a refresh."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import Answer
from corpus.document import Document, Quote
from corpus.errors import AcquisError

KEPT = 30  # exchanges of one conversation
MOST_CITED = 200  # citations of one answer


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what became of it: an answer, or nothing yet, or a phrase that says what failed.

    Attributes:
        growing: True while more of the answer is to come.
        changed: True where the browser kept an answer whose citations the sources no longer hold.
        verdict: what the reader thought of it, "up" or "down"; "" where they did not say.
    """

    question: str
    answer: Answer | None = None
    failure: str = ""
    growing: bool = False
    changed: bool = False
    verdict: str = ""

    @property
    def settled(self) -> Exchange:
        """As it stands when nothing more is to come."""
        return replace(self, growing=False)


class Kept(BaseModel):
    """What a browser keeps of one exchange."""

    model_config = ConfigDict(extra="ignore")

    question: str = Field(min_length=1, max_length=4_000)
    answer: Answer

    def stands(self, document: Callable[[str], Document]) -> bool:
        """Whether the sources still hold every quote where the answer says."""
        cited = self.answer.citations
        return len(cited) <= MOST_CITED and all(_held(c.source, c.quote, document) for c in cited)


def kept(exchanges: Sequence[Exchange]) -> list[dict[str, Any]]:
    """Questions and answers as plain data, the last ones of a long conversation; what failed is not kept."""
    answered = [e for e in exchanges if e.answer and not e.growing][-KEPT:]
    return [Kept(question=e.question, answer=e.answer).model_dump(mode="json") for e in answered]


def restored(held: object, document: Callable[[str], Document]) -> list[Exchange]:
    """The conversation that a browser kept, which may send anything; what is no exchange is left out.

    An answer is shown again only where each of its quotes still stands where it says.
    """
    found, document = [], cache(document)
    for row in held[-KEPT:] if isinstance(held, list) else ():
        try:
            one = Kept.model_validate(row)
        except ValidationError:
            continue
        stands = one.stands(document)
        found.append(Exchange(one.question, one.answer if stands else None, changed=not stands))
    return found


def _held(source: str, quote: Quote, document: Callable[[str], Document]) -> bool:
    try:
        return document(source).holds(quote)
    except AcquisError:
        return False
