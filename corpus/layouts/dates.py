"""Dates as French certification texts write them."""

from __future__ import annotations

import re
from datetime import date

from corpus.layouts.lines import bare

MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
          "decembre")  # fmt: skip
DATE = re.compile(
    r"(?<!\d)(?:(?P<day>\d{1,2})(?:er)?\s+(?P<month>" + "|".join(MONTHS) + r")\s+(?P<year>\d{4})"
    r"|(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})|(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2}))(?!\d)"
)


def dates_in(text: str) -> list[tuple[str, date]]:
    """The dates of a text in order, each as written and as a date; impossible ones are left out."""
    found = ((text[m.start() : m.end()], _date(m)) for m in DATE.finditer(bare(text)))
    return [(written, day) for written, day in found if day]


def date_in(text: str) -> date | None:
    """The first date of a text ("7 juin 2019", "1er mars 2000", "27-03-2028", "19/07/2022", "2022-07-19")."""
    return next((day for _, day in dates_in(text)), None)


def _date(match: re.Match[str]) -> date | None:
    named = match.groupdict()
    if named["month"]:
        year, month, day = named["year"], MONTHS.index(named["month"]) + 1, named["day"]
    elif named["y"]:
        year, month, day = named["y"], named["m"], named["d"]
    else:
        year, month, day = named["iy"], named["im"], named["id"]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
