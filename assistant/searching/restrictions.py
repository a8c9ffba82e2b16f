"""Filters that people write among their words: "niveau 6", "bac+3", "par la VAE", "délivré par …", "avant 2027"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from index.contract import Filters

Value = str | int | bool | date
BAC = {2: 5, 3: 6, 4: 6, 5: 7, 8: 8}  # years after the baccalauréat, and the level that they lead to
OLD = {"v": 3, "iv": 4, "iii": 5, "ii": 6, "i": 7}  # the nomenclature of 1969, still in use
DAY = r"(?:(\d{1,2})[/.-](\d{1,2})[/.-])?((?:19|20)\d\d)"
ENDING = (
    r"(?:(?:dont la |la )?(?:fin|échéance|echeance|validité|validite)(?: d['’]enregistrement| de validité)?|"
    r"qui (?:expire|se termine|finit)(?:nt)?|expir(?:e|ent|ant|era|eront|ée?s?)|se terminant|"
    r"valables?|valides?|enregistrée?s?)\s+"
)


@dataclass(frozen=True, slots=True)
class Restriction:
    """A filter understood from words.

    Attributes:
        field: of `Filters`.
        words: as they stand in the query; empty for a filter that a control has set.
    """

    field: str
    value: Value
    words: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    words: re.Pattern[str]
    read: Callable[[re.Match[str]], Iterator[tuple[str, Value]]]


def restrictions(text: str) -> tuple[tuple[Restriction, ...], str]:
    """The filters that a text states, and the text without their words."""
    found: list[Restriction] = []
    for pattern in PATTERNS:
        match = pattern.words.search(text)
        stated = tuple(pattern.read(match)) if match else ()
        known = {r.field for r in found}
        if match and stated and not known.intersection(field for field, _ in stated):
            found += (Restriction(field, value, match[0].strip()) for field, value in stated)
            text = f"{text[: match.start()]} {text[match.end() :]}"
    return tuple(found), " ".join(text.split()).strip(" ,;")


def restricted(filters: Filters, stated: tuple[Restriction, ...]) -> Filters:
    """Filters with those that the words state; where both say something else, the words, which were written last."""
    return replace(filters, **{r.field: r.value for r in stated}) if stated else filters


def set_by_controls(filters: Filters) -> tuple[Restriction, ...]:
    """The filters that are set, one by one."""
    free = Filters()
    names = (f.name for f in fields(Filters) if f.name != "today")
    return tuple(Restriction(n, getattr(filters, n)) for n in names if getattr(filters, n) != getattr(free, n))


def _one(field: str, group: int | str = 1, made: Callable[[str], Value] = str) -> Callable:
    def read(match: re.Match[str]) -> Iterator[tuple[str, Value]]:
        yield field, made(match[group])

    return read


def _always(field: str, value: Value) -> Callable:
    return lambda match: iter(((field, value),))


def _bac(match: re.Match[str]) -> Iterator[tuple[str, Value]]:
    if int(match[1]) in BAC:
        yield "level", BAC[int(match[1])]


def _first(match: re.Match[str]) -> date | None:
    """The first day of the year, or the day, that the last three groups of a match give; None where there is none."""
    day, month, year = match.groups()[-3:]
    try:
        return date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None


def _before(match: re.Match[str]) -> Iterator[tuple[str, Value]]:
    if first := _first(match):
        yield "ends_to", first - timedelta(days=1)


def _after(match: re.Match[str]) -> Iterator[tuple[str, Value]]:
    if first := _first(match):
        yield "ends_from", first + timedelta(days=1) if match.groups()[-3] else date(first.year + 1, 1, 1)


def _until(match: re.Match[str]) -> Iterator[tuple[str, Value]]:
    if first := _first(match):
        yield "ends_from", first


def _within(match: re.Match[str]) -> Iterator[tuple[str, Value]]:
    if first := _first(match):
        yield "ends_from", first
        yield "ends_to", first if match.groups()[-3] else date(first.year, 12, 31)


def _issuer(match: re.Match[str]) -> Iterator[tuple[str, Value]]:
    if name := match[1].strip(" .?!,;"):
        yield "issuer", name


def _pattern(words: str, read: Callable) -> Pattern:
    return Pattern(re.compile(words, re.IGNORECASE), read)


PATTERNS = (
    _pattern(r"\b(?:de |au )?(?:niveau|niv\.?|level)\s*(?:europ[ée]en\s*|eqf\s*|cec\s*)?([1-8])\b(?!\s*[a-z]{0,2}\d)",
             _one("level", made=int)),
    _pattern(r"\b(?:de |au )?niveau\s+(iii|iv|ii|i|v)\b", lambda m: iter((("level", OLD[m[1].lower()]),))),
    _pattern(r"\bbac\s*\+\s*(\d)\b(?:\s*ans)?", _bac),
    _pattern(
        r"\b(?:accessibles?\s+|ouverte?s?\s+|possibles?\s+)?(?:par|via|avec|en|[àa])\s+(?:la\s+|une\s+)?"
        r"(?:v\.?a\.?e\b\.?|validation\s+des\s+acquis(?:\s+de\s+l['’]\s*exp[ée]rience)?)",
        _always("vae", True),
    ),
    _pattern(
        r"\b(?:encore |toujours )?(?:en vigueur|en cours de validit[ée]|non expir[ée]e?s?)\b|\b(?:still )?in force\b|"
        r"\b(?:encore|toujours) (?:actif|active|valide|valable)s?\b|"
        r"(?<=fiche )active\b|(?<=fiches )actives\b|(?<=certification )active\b|(?<=certifications )actives\b|"
        r"(?<=formation )active\b|(?<=formations )actives\b|\bactifs?\s*$",
        _always("active", True),
    ),
    _pattern(r"\b(?:code\s+)?rome\s*:?\s*([a-n]\d{4})\b", _one("rome", made=str.upper)),
    _pattern(r"(?<!\w)([A-N][1-6]\d{3})(?!\w)", _one("rome", made=str.upper)),
    _pattern(r"\b(?:codes?\s+)?nsf\s*:?\s*(\d{3}[a-z]?)\b", _one("nsf", made=str.lower)),
    _pattern(r"\b(?:codes?\s+)?formacodes?\s*:?\s*(\d{3,5})\b", _one("formacode")),
    _pattern(rf"\b(?:{ENDING})?avant\s+(?:le\s+)?{DAY}\b", _before),
    _pattern(rf"\b(?:{ENDING})?apr[èe]s\s+(?:le\s+)?{DAY}\b", _after),
    _pattern(rf"\b(?:{ENDING})?jusqu['’](?:en|au|à)\s+{DAY}\b", _until),
    _pattern(rf"\b{ENDING}(?:en|le)\s+{DAY}\b", _within),
    _pattern(r"\b(?:au |du )?r[ée]pertoire sp[ée]cifique\b|\b(?:au|du)\s+rs\b(?!\s*\d)", _always("register", "RS")),
    _pattern(r"\b(?:au|du|fiches?)\s+rncp\b(?!\s*\d)", _always("register", "RNCP")),
    _pattern(
        r"\b(?:d[ée]livr[ée]e?s?|certifi[ée]e?s?|port[ée]e?s?|propos[ée]e?s?)\s+par\s+"
        r"(?:l['’]\s*|le\s+|la\s+|les\s+)?([^,;]+)|\bcertificateur\s*:?\s+([^,;]+)",
        lambda m: _issuer(m) if m[1] else iter((("issuer", m[2].strip()),)),
    ),
)  # fmt: skip
