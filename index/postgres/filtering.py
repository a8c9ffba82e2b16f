"""Filters as conditions of SQL on `referentials r`: the same answers as `index.filters` gives."""

from __future__ import annotations

from datetime import date

from index.contract import Filters
from index.filters import code
from index.words import fold, surfaces

SHOWN = "NOT r.hidden"
BEGINS = "EXISTS (SELECT 1 FROM unnest(r.{column}) c WHERE starts_with(c, %({name})s))"


def condition(filters: Filters) -> tuple[str, dict[str, object]]:
    """The condition that a referential must fulfil, hidden ones apart, and its values by their names."""
    found = {
        "r.level = %(level)s": ("level", filters.level),
        "%(rome)s = ANY(r.rome)": ("rome", filters.rome and code(filters.rome)),
        BEGINS.format(column="nsf", name="nsf"): ("nsf", filters.nsf and code(filters.nsf)),
        BEGINS.format(column="formacodes", name="formacode"): (
            "formacode",
            filters.formacode and code(filters.formacode),
        ),
        "%(kind)s = ANY(r.kinds)": ("kind", filters.kind),
        "r.register = %(register)s": ("register", filters.register and fold(filters.register).upper()),
        "r.until >= %(ends_from)s": ("ends_from", filters.ends_from),
        "r.until <= %(ends_to)s": ("ends_to", filters.ends_to),
        "EXISTS (SELECT 1 FROM unnest(r.issuers) i WHERE i LIKE ALL(%(issuer)s))": ("issuer", _worded(filters.issuer)),
        "(r.source = ANY(%(named)s) OR r.code = ANY(%(codes)s))": ("named", list(filters.certifications) or None),
        "r.active IS NOT FALSE AND (r.until IS NULL OR r.until >= %(today)s)": (
            "today",
            (filters.today or date.today()) if filters.active else None,
        ),
        "r.vae": ("vae", filters.vae or None),
    }
    kept = {sql: name for sql, name in found.items() if name[1] is not None and name[1] != ""}
    values = dict(kept.values()) | {"codes": [code(name) for name in filters.certifications]}
    return " AND ".join((SHOWN, *kept)), values


def _worded(issuer: str | None) -> list[str] | None:
    """A pattern for each word of an issuer's name."""
    return [f"% {word} %" for word in surfaces(issuer)] if issuer else None
