"""Which words of a document are French whatever its own language is: those of the sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»")


class Tongue(StrEnum):
    """Whose words the cells of a column are."""

    OURS = "ours"  # the document's own; a CV's quotes, whose language nobody told, among them
    QUOTES = "quotes"  # ours around quotes of a source
    SOURCE = "source"


class Run(NamedTuple):
    text: str
    french: bool


def runs(line: str, tongue: Tongue) -> Iterator[Run]:
    """A line in stretches that are to be read in one language; together they are the line."""
    at = 0
    quotes = QUOTED.finditer(line) if tongue is Tongue.QUOTES else ()
    for quote in quotes:
        if quote.start() > at:
            yield Run(line[at : quote.start()], False)
        yield Run(quote[0], True)
        at = quote.end()
    if at < len(line) or not line:
        yield Run(line[at:], tongue is Tongue.SOURCE)
