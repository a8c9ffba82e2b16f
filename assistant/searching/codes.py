"""Codes of certifications and blocks, however they are written, in a query."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

LINK = re.compile(r"(?:https?://)?(?:www\.)?francecomp[ée]tences\.fr/recherche/(rncp|rs)/(\d{1,6})\S*", re.IGNORECASE)
CODE = re.compile(
    r"""
    (?<!\w) (rncp|rs) \s* (?:n\s*[°ºo]?\s*\.?\s*)? [:\-–]? \s* (\d{1,6})
    (?: \s*[-–,]?\s* (?:bloc\s*|bc\s*)(?:n\s*[°ºo]\s*)? 0*(\d{1,2}) )? (?!\w)
    """,
    re.IGNORECASE | re.VERBOSE,
)
NUMBER = re.compile(r"(?<![\w.,/+-])(\d{2,6})(?:\s*[-–]?\s*bc\s*0*(\d{1,2}))?(?![\w/+]|[.,]\d)", re.IGNORECASE)
YEARS = range(1950, 2100)


@dataclass(frozen=True, slots=True)
class Named:
    """The codes that a query names.

    Attributes:
        codes: "RNCP38822", "RS5695"; each once.
        block: the number of the block named with the last of them.
        rest: the query without them.
    """

    codes: tuple[str, ...]
    block: int | None
    rest: str


def codes_in(text: str, there: Callable[[str], bool]) -> Named:
    """Find codes with their register, links to France compétences, and numbers that are codes of what is there.

    Args:
        there: whether the store has a certification of a code. A number without a register that stands among other
            words is a code only where it is one of these, and no year.
    """
    found: list[str] = []
    blocks: list[int] = []

    def take(match: re.Match[str]) -> str:
        found.append(f"{match[1].upper()}{int(match[2])}")
        if match.re is CODE and match[3]:
            blocks.append(int(match[3]))
        return " "

    rest = CODE.sub(take, LINK.sub(take, text)).strip()
    if not found:
        rest = _bare(rest, there, found, blocks)
    return Named(tuple(dict.fromkeys(found)), blocks[-1] if blocks else None, " ".join(rest.split()))


def _bare(text: str, there: Callable[[str], bool], found: list[str], blocks: list[int]) -> str:
    match = NUMBER.search(text)
    if match is None:
        return text
    alone = not (text[: match.start()] + text[match.end() :]).strip(" .?!#°")
    if not alone and not match[2] and (int(match[1]) in YEARS or len(match[1]) < 4):
        return text
    known = [c for c in (f"RNCP{int(match[1])}", f"RS{int(match[1])}") if there(c)]
    if not known and not alone:
        return text
    found.extend(known or [f"RNCP{int(match[1])}"])
    if match[2]:
        blocks.append(int(match[2]))
    return text[: match.start()] + " " + text[match.end() :]
