"""Which two certifications are compared, from what a person typed: two of them, or one and what replaces it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.comparison.alike import identity
from corpus.errors import NotHeld, UsageError
from corpus.referential import Referential
from index.cards import Card
from index.library import Library

LONGEST = 300  # characters of a name
CODE = re.compile(r"(?<![a-z0-9])(?:(rncp|rs)[\s/n°º:._-]*)?0*(\d{2,6})(?:\s*bc\s*\d{1,2})?(?!\d)", re.IGNORECASE)
REGISTERS = ("RNCP", "RS")
PUNCTUATION = 8  # characters by which two printings of one title may differ


def held(library: Library, name: str) -> Referential:
    """The certification of a source's name or a code in any spelling ("rncp 38822", "38822", a page's address).

    Raises:
        NotHeld: there is none.
        UsageError: the name is empty or too long.
    """
    return _body(library, named(library.cards(), name))


def _body(library: Library, card: Card) -> Referential:
    """A source may hold several certifications, and a certification have several sources."""
    found = library.referentials([card.source])
    return next(r for r in found if (r.code, r.title) == (card.code, card.title))


def named(cards: Sequence[Card], name: str) -> Card:
    """The first card that a name or code names; raises as `held`."""
    wanted = name.strip()
    if not wanted or len(wanted) > LONGEST:
        raise UsageError(
            f"name of {len(wanted)} characters, expected 1 to {LONGEST}",
            "Indiquez un code (RNCP38822) ou le nom d’une source.",
            "Give a code (RNCP38822) or the name of a source.",
        )
    found = _found(cards, wanted)
    if found is None:
        raise NotHeld(
            f"no certification {wanted!r}",
            f"La base ne contient aucune certification « {wanted} ».",
            f"The store holds no certification “{wanted}”.",
        )
    return found


def _found(cards: Sequence[Card], wanted: str) -> Card | None:
    """By the source's name, else by code, else by the whole title."""
    by_source = next((c for c in cards if c.source == wanted), None)
    if by_source:
        return by_source
    codes = [f"{register or match[1].upper()}{int(match[2])}" for match in CODE.finditer(wanted)
             for register in (REGISTERS if not match[1] else ("",))]  # fmt: skip
    for code in codes:
        by_code = next((c for c in cards if c.code == code), None)
        if by_code:
            return by_code
    title = identity(wanted)
    if not title or codes:
        return None
    near = (c for c in cards if abs(len(c.title) - len(wanted)) <= PUNCTUATION)  # the others need not be folded
    return next((c for c in near if identity(c.title) == title), None)


def pair(library: Library, first: str, second: str | None = None) -> tuple[Referential, Referential]:
    """Two certifications, the one before first.

    Args:
        second: by default what replaces the first, else what the first replaces, as its source says.

    Raises:
        NotHeld: one of them is not in the store, or no source says what replaces the first.
        UsageError: both are the same.
    """
    one = held(library, first)
    if second is None or not second.strip():
        return _with_its_like(library, one)
    other = held(library, second)
    if (one.source, one.code) == (other.source, other.code):
        raise UsageError(
            f"{one.name} compared with itself",
            "Choisissez deux certifications différentes.",
            "Choose two different certifications.",
        )
    return one, other


def _with_its_like(library: Library, one: Referential) -> tuple[Referential, Referential]:
    cards = [c for c in library.cards() if (c.source, c.code) != (one.source, one.code)]
    newer = [c for c in (_found(cards, name) for name in one.replaced_by) if c]
    if newer:
        return one, _body(library, newer[0])
    older = [c for c in (_found(cards, name) for name in one.replaces) if c]
    if older and not one.replaced_by:
        return _body(library, older[0]), one
    raise _alone(one)


def _alone(one: Referential) -> NotHeld:
    name = one.code or one.title
    if one.replaced_by:
        other = ", ".join(one.replaced_by)
        return NotHeld(
            f"{name} is replaced by {other}, which the store does not hold",
            f"{name} est remplacée par {other}, qui n’est pas dans la base : ajoutez cette fiche.",
            f"{name} is replaced by {other}, which the store does not hold: add that fiche.",
        )
    return NotHeld(
        f"no source says what replaces {name}",
        f"Les sources ne disent pas ce qui remplace {name} : indiquez une seconde certification.",
        f"The sources do not say what replaces {name}: give a second certification.",
    )
