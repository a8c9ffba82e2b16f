"""What a query asks for, in the index's own words."""

from __future__ import annotations

from dataclasses import dataclass

from index.words import terms


@dataclass(frozen=True, slots=True)
class Query:
    """A query as the engines take it.

    Attributes:
        weights: for each stem how much a match counts, above 0; the user's own words count 1.
        text: what the encoder reads.
    """

    weights: dict[str, float]
    text: str


def understand(text: str) -> Query:
    return Query(dict.fromkeys(terms(text), 1.0), text)
