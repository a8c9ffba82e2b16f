"""When something happened, as CVs write it: 2017 – 2023, sept. 2022 à août 2024, 03/2015-12/2018, since May 2019."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index.words import fold

MONTHS = {
    1: "janvier janv jan january", 2: "fevrier fevr fev february feb", 3: "mars march mar", 4: "avril avr april apr",
    5: "mai may", 6: "juin june jun", 7: "juillet juil july jul", 8: "aout august aug",
    9: "septembre sept sep september", 10: "octobre oct october",
    11: "novembre nov november", 12: "decembre dec december",
}  # fmt: skip
MONTH_OF = {name: number for number, names in MONTHS.items() for name in names.split()}
NAMED = "|".join(sorted(MONTH_OF, key=len, reverse=True))
YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
DAY = r"(?:(?:0?[1-9]|[12]\d|3[01])(?:er)?[\s./-]+)?"
POINT = rf"(?:{DAY}(?P<m{{0}}>{NAMED})\.?\s+|{DAY}(?P<n{{0}}>0?[1-9]|1[0-2])[/.-])?(?P<y{{0}}>{YEAR})"
LAST_SHORT = r"|(?P<short>\d\d)(?!\d)"
NOW = (
    r"aujourd'?\s?hui|(?:a )?ce jour|present|presente|maintenant|actuel(?:lement)?|en cours|en poste|auj\b\.?|"
    r"today|now|current(?:ly)?|to date|ongoing|actuel(?:le)?s?|\.\.\.|…"
)
TO = r"\s*(?:-+|–|—|−|/|>|→|au?|jusqu'?\s?(?:a|en|au)|to|until|till|et|and)\s*"
SINCE = r"depuis(?:\s+(?:le|la))?|since|des|a partir de|a compter de|from"
EDGE = r"(?<![\w/])"
FROM = r"(?:\b(?:(?:de|du|from|entre|between|en)\s+|d'\s?))?"
SEASONS = r"etes?|automnes?|printemps|hivers?|rentrees?|summers?|autumns?|springs?|winters?"
SEASON = rf"(?:(?:(?:saisons?\s+)?(?:d'|de\s+l')?(?:{SEASONS})|saisons?)\s+)?"
LAST = rf"{SEASON}{POINT.format(2)}|(?P<now>{NOW}){LAST_SHORT}"
RANGE = re.compile(rf"{EDGE}{FROM}{SEASON}{POINT.format(1)}{TO}(?:{LAST})(?![\d%€])")
OPEN = re.compile(rf"{EDGE}(?:{SINCE})\s+{SEASON}{POINT.format(1)}(?!\w)")
MONTHS_OF = rf"{FROM}(?P<from>{NAMED})\.?{TO}(?P<to>{NAMED})\.?"
MONTHS_OF_A_YEAR = re.compile(rf"{EDGE}{MONTHS_OF}\s+(?P<y>{YEAR})(?!\w)")
YEAR_OF_MONTHS = re.compile(rf"{EDGE}{SEASON}(?P<y>{YEAR})\s*\(\s*{MONTHS_OF}\s*\)")
BRIEF = r"(?P<n{0}>0[1-9]|1[0-2])/(?P<b{0}>\d\d)(?![\d/])"
BRIEFLY = re.compile(rf"{EDGE}{FROM}{BRIEF.format(1)}{TO}(?:{BRIEF.format(2)}|(?P<now>{NOW}))(?![\d%€])")
CENTURY = 50  # of two figures: from which a year is of the last century
SINGLE = re.compile(rf"{EDGE}(?:en\s+|in\s+)?{SEASON}{POINT.format(1)}(?![\w/])")
MANY = r"(?:\d{1,3}|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|one|two|three|four|five)"
UNITS = r"(?:ans?|annees?|mois|semaines?|jours?|years?|yrs?|months?|mos?|weeks?|days?)"
LENGTH = rf"(?:environ\s+)?{MANY}\s*{UNITS}(?:\s*(?:(?:,|et|and)\s*)?{MANY}\s*{UNITS}){{0,2}}"
LASTING = re.compile(rf"\s*(?:[(\[]\s*{LENGTH}\s*[)\]]|[·•,–-]\s*{LENGTH}\s*$)")  # how long, after the dates
ALSO = re.compile(r"\s*(?:,|;|&|\+|et|and|puis|then)\s*")  # between the seasons of one job


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year; the month is None where the CV gives only the year."""

    year: int
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time.

    Attributes:
        last: None where it still goes on.
        start, end: where it stands in its line, as characters from 0.
    """

    first: Month
    last: Month | None
    start: int
    end: int

    @property
    def current(self) -> bool:
        return self.last is None

    def months(self, today: date) -> int:
        """Its length, ends included; years without months count as from January to January."""
        last = self.last or Month(today.year, today.month)
        if self.first.month is None or last.month is None:
            return max(1, last.year - self.first.year) * 12
        return max(1, (last.year - self.first.year) * 12 + last.month - self.first.month + 1)


def periods(line: str) -> tuple[Period, ...]:
    """The periods of a line, in order: ranges and open ones first; lone years only where there is nothing else."""
    text = folded(line)
    found = list(_stretches(text)) or [_single(m) for m in SINGLE.finditer(text)]
    merged: list[Period] = []
    for period in sorted(found, key=lambda p: p.start):
        if merged and _follows(text, merged[-1], period):
            merged[-1] = Period(merged[-1].first, period.last, merged[-1].start, period.end)
        else:
            merged.append(period)
    return tuple(_with_length(text, period) for period in merged)


def is_length(text: str) -> bool:
    """True for what only says how long something lasted: « 4 ans 2 mois »."""
    return re.fullmatch(LENGTH, folded(text.strip(" ()·"))) is not None


def _follows(text: str, last: Period, period: Period) -> bool:
    """True for one season after another: « hiver 2022-2023 et hiver 2023-2024 »; months must be neighbours."""
    if last.last is None or ALSO.fullmatch(text[last.end : period.start]) is None:
        return False
    years = period.first.year - last.last.year
    if last.last.month is None or period.first.month is None:
        return 0 <= years <= 1
    return 0 <= 12 * years + period.first.month - last.last.month <= 1


def _with_length(text: str, period: Period) -> Period:
    lasting = LASTING.match(text, period.end)
    return Period(period.first, period.last, period.start, lasting.end()) if lasting else period


def folded(line: str) -> str:
    """The line in lower case without accents, each character in its place."""
    return "".join(f if len(f := fold(c)) == 1 else c.lower()[:1] for c in line.replace("’", "'"))


def _stretches(text: str) -> Iterator[Period]:
    taken: list[tuple[int, int]] = []
    for pattern, make in MAKERS:
        for match in pattern.finditer(text):
            period = make(match)
            if period and not any(a < match.end() and match.start() < b for a, b in taken):
                taken.append(match.span())
                yield period


def _month(match: re.Match[str], which: int) -> Month:
    named, number = match[f"m{which}"], match[f"n{which}"]
    return Month(int(match[f"y{which}"]), MONTH_OF[named] if named else int(number) if number else None)


def _range(match: re.Match[str]) -> Period | None:
    first = _month(match, 1)
    if match["now"]:
        last = None
    elif match["short"]:
        last = Month(first.year // 100 * 100 + int(match["short"]))
    else:
        last = _month(match, 2)
    if last and not _in_order(first, last):
        return None
    return Period(first, last, *match.span())


def _in_order(first: Month, last: Month) -> bool:
    return (first.year, first.month or 1) <= (last.year, last.month or 12)


def _briefly(match: re.Match[str]) -> Period | None:
    years = [int(match[b]) if match[b] else 0 for b in ("b1", "b2")]
    first, last = (
        Month(year + (1900 if year >= CENTURY else 2000), int(match[n] or 1))
        for year, n in zip(years, ("n1", "n2"), strict=True)
    )
    if match["now"]:
        return Period(first, None, *match.span())
    return Period(first, last, *match.span()) if _in_order(first, last) else None


def _within(match: re.Match[str]) -> Period:
    """Months of a year; those of a winter begin in the year before the one that they end with."""
    first, last, year = MONTH_OF[match["from"]], MONTH_OF[match["to"]], int(match["y"])
    years = (year, year + (first > last)) if match.re is YEAR_OF_MONTHS else (year - (first > last), year)
    return Period(Month(years[0], first), Month(years[1], last), *match.span())


def _open(match: re.Match[str]) -> Period:
    return Period(_month(match, 1), None, *match.span())


def _single(match: re.Match[str]) -> Period:
    point = _month(match, 1)
    return Period(point, point, *match.span())


MAKERS = (
    (RANGE, _range), (BRIEFLY, _briefly), (MONTHS_OF_A_YEAR, _within), (YEAR_OF_MONTHS, _within), (OPEN, _open),
)  # fmt: skip
