"""Numbers and codes that competences open with: "C1.1", "A2C3.", "C.4", "1.2.1", "3 :"."""

from __future__ import annotations

import re
from dataclasses import dataclass

CODE = re.compile(
    r"\s*(?P<number>[A-Z]{1,2}\.?\s?\d{1,2}\s?\.?\s?(?:C\.?\s?\d{1,2})|[A-Z]{1,2}\.?\s?\d{1,2}(?:[.-]\d{1,2}){0,3}|\d{1,2}(?:\.\d{1,2}){1,3})"
    r"(?![\w%°/])\.?\s*[):–—-]?\s*(?=[^\W\d_]|[\"«(]|$)"
)
PLAIN_NUMBER = re.compile(r"\s*(?P<number>\d{1,2})\s?[.):]\s*(?=[^\W\d_]|[\"«(]|$)")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A competence's number, without blanks, and where its text begins."""

    number: str
    offset: int


def number_at_start(text: str) -> Numbered | None:
    mark = CODE.match(text) or PLAIN_NUMBER.match(text)
    return Numbered(re.sub(r"\s+", "", mark["number"]).rstrip("."), mark.end()) if mark else None


def is_below(number: str | None, above: str | None) -> bool:
    """True for "1.2.1" below "1.2"."""
    return bool(number and above) and str(number).startswith(f"{above}.")
