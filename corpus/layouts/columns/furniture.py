"""What a page repeats and no column holds: the table's header on every page, and the page's foot."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from corpus.document import Document, fold_space
from corpus.layouts.lines import Line, bare, numbered

NAME = (
    r"(?:referentiels?\s+(?:d'|de\s+|des\s+|d\s)?(?:activites?|competences?|evaluation)"
    r"|activites?(?:\s+(?:et\s+taches|professionnelles|visees))?|competences?(?:\s+(?:associees|visees|attestees))?"
    r"|modalites?\s+d'evaluation|criteres?\s+d'evaluation)"
)
NAMES = re.compile(rf"{NAME}(?:[\s|/-]+{NAME})*(?:\s+(?:decrit|identifie|definit)\b.*|\s*:?)$")
ONE_NAME = re.compile(NAME)
EXPLAINS = re.compile(r"(?:decrit|identifie|definit)\s+les?\s+(?:situations?|competences?|criteres?|modalites?)\b")
FOOT = re.compile(
    r"(?:.*\bpages?\s*:?\s*\d{1,3}(?:\s*(?:/|sur|of)\s*\d{1,3})?|\d{1,3}\s*/\s*\d{1,3}|[-–]\s*\d{1,3}\s*[-–]|\d{1,3})\s*$"
)
WITHIN = 6  # lines of explanation that may stand between two column names of one header


@dataclass(frozen=True, slots=True)
class Furniture:
    """Numbers of the lines that hold no content.

    Attributes:
        headers: one set a printed header of the table.
        feet: page feet and running titles.
    """

    headers: tuple[frozenset[int], ...]
    feet: frozenset[int]

    @property
    def lines(self) -> frozenset[int]:
        return self.feet.union(*self.headers)

    @property
    def start(self) -> int | None:
        """The first line below the first header; None without a header."""
        return max(self.headers[0]) + 1 if self.headers else None


def find_furniture(document: Document) -> Furniture:
    lines = numbered(document)
    headers = tuple(_headers(lines))
    return Furniture(headers, frozenset(_feet(lines, frozenset().union(*headers))))


def _headers(lines: tuple[Line, ...]) -> list[frozenset[int]]:
    found: list[frozenset[int]] = []
    at = 0
    while at < len(lines):
        last = _header_end(lines, at) if NAMES.match(bare(lines[at].text)) else at
        if last > at or _all_names(lines[at]):
            found.append(frozenset(range(lines[at].number, lines[last].number + 1)))
        at = last + 1
    return found


def _header_end(lines: tuple[Line, ...], start: int) -> int:
    """The place of the last line of the header that begins at `start`; `start` itself where none does."""
    last, at, evaluation = start, start + 1, False
    while at < len(lines) and at - last <= WITHIN:
        text = bare(lines[at].text)
        if NAMES.match(text) or EXPLAINS.match(text):
            last = at
            evaluation = evaluation or "evaluation" in text or "criteres" in text
        at += 1
    return last if evaluation else start


def _all_names(line: Line) -> bool:
    text = bare(line.text)
    return bool(NAMES.match(text)) and len(ONE_NAME.findall(text)) >= 3


def _feet(lines: tuple[Line, ...], headers: frozenset[int]) -> set[int]:
    cells = sorted(len(line.text) for line in lines if line.number not in headers)
    wide = 1.3 * cells[int(0.9 * (len(cells) - 1))] if cells else 0
    alike = Counter(_masked(line.text) for line in lines)
    found: set[int] = set()
    for at, line in enumerate(lines):
        if FOOT.match(bare(line.text)):
            found.add(line.number)
            found.update(_around(lines, at, wide))
        elif alike[_masked(line.text)] >= 3 and len(line.text) > wide:
            found.add(line.number)
    return found - headers


def _around(lines: tuple[Line, ...], at: int, wide: float) -> set[int]:
    """The running titles beside a page number: capitals, or wider than any cell."""
    found: set[int] = set()
    for step in (-1, 1):
        near = at + step
        while 0 <= near < len(lines) and abs(near - at) <= 3 and _running(lines[near].text, wide):
            found.add(lines[near].number)
            near += step
    return found


def _running(text: str, wide: float) -> bool:
    return len(text) > wide or (text.upper() == text and len(text.split()) >= 3) or bool(FOOT.match(bare(text)))


def _masked(text: str) -> str:
    return re.sub(r"\d+", "#", fold_space(text))
