"""A search as the query parameters of a page's address: what a saved link holds, and nothing personal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

from index.contract import Filters
from index.kinds import kinds

QUERY, PAGE = "q", "page"
NAMES = {  # of the parameters, by the field of Filters
    "level": "niveau",
    "kind": "type",
    "register": "repertoire",
    "active": "actif",
    "vae": "vae",
    "rome": "rome",
    "nsf": "nsf",
    "formacode": "formacode",
    "issuer": "certificateur",
    "ends_from": "fin_apres",
    "ends_to": "fin_avant",
    "certifications": "certification",
}
LEVELS = range(1, 9)
TRUE = "1"


def parameters(query: str, filters: Filters, page: int = 1) -> list[tuple[str, str]]:
    """The parameters of a search, in a fixed order, without those that say nothing."""
    found = [(QUERY, query)] if query else []
    for field, name in NAMES.items():
        value = getattr(filters, field)
        if isinstance(value, tuple):
            found += [(name, one) for one in value]
        elif value:
            found.append((name, TRUE if value is True else str(value)))
    return [*found, (PAGE, str(page))] if page > 1 else found


def search_in(given: Mapping[str, Sequence[str]]) -> tuple[str, Filters, int]:
    """Query, filters and page of an address, which anybody may have written: what makes no sense is left out."""
    first = {name: values[0] for name, values in given.items() if values and values[0].strip()}
    filters = Filters()
    for field in NAMES:
        filters = with_value(filters, field, first.get(NAMES[field], ""))
    chosen = tuple(v for v in given.get(NAMES["certifications"], ()) if v.strip())
    page = int(first[PAGE]) if first.get(PAGE, "").isdecimal() else 1
    return first.get(QUERY, ""), replace(filters, certifications=chosen), max(page, 1)


def with_value(filters: Filters, field: str, value: str) -> Filters:
    """Filters with a field set from its text, or freed where the text is empty or makes no sense.

    Days are read as 2027-03-28, 28/03/2027, or 2027, which is its first day for `ends_from` and its last for `ends_to`.
    """
    made: object = getattr(Filters(), field) if field in NAMES else None
    text = value.strip()
    if field == "level" and text.isdecimal() and int(text) in LEVELS:
        made = int(text)
    elif field in ("active", "vae"):
        made = text == TRUE
    elif field in ("ends_from", "ends_to"):
        made = _day(text, last=field == "ends_to")
    elif field == "kind":
        made = text if text in kinds() else None
    elif field == "register":
        made = text.upper() if text.upper() in ("RNCP", "RS") else None
    elif field in ("rome", "nsf", "formacode", "issuer"):
        made = text or None
    return replace(filters, **{field: made}) if field in NAMES else filters


def _day(text: str, last: bool) -> date | None:
    if text.isdecimal() and len(text) == len("2027"):
        text += "-12-31" if last else "-01-01"
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        with suppress(ValueError):
            return datetime.strptime(text, form).date()
    return None
