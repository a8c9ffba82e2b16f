"""What one box asks for: codes, filters stated in words, and the words that are left to look for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.searching.codes import codes_in
from assistant.searching.restrictions import Restriction, restricted, restrictions
from index.contract import Filters

LONGEST = 2_000  # characters of a query that are looked at


@dataclass(frozen=True, slots=True)
class Asked:
    """A query understood.

    Attributes:
        text: the words that are left to look for; may be empty.
        codes: the certifications that it names by their codes.
        block: the block that it names with a code.
        filters: of the controls and of the words together.
        stated: the filters that were understood from words.
    """

    text: str
    codes: tuple[str, ...]
    block: int | None
    filters: Filters
    stated: tuple[Restriction, ...]


def understood(query: str, filters: Filters, there: Callable[[str], bool]) -> Asked:
    """Tell codes and filters from the words to look for.

    Args:
        there: whether the store has a certification of a code.
    """
    stated, rest = restrictions(" ".join(query[:LONGEST].split()))
    named = codes_in(rest, there)
    return Asked(named.rest, named.codes, named.block, restricted(filters, stated), stated)
