"""How many of the certifications found there are of each level, type, issuer, job, field; a click narrows to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.searching.restrictions import Value
from index.cards import Card
from index.filters import code
from index.jobs import jobs, specialities
from index.kinds import kinds

MOST = 8  # values shown of a facet
GROUP = 3  # characters of the NSF's groups


@dataclass(frozen=True, slots=True)
class Counted:
    """A value that a filter can take, how people read it, and how many certifications found have it."""

    value: Value
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one field of `Filters` among the certifications found, the most frequent first."""

    field: str
    values: tuple[Counted, ...]


def facets(found: Sequence[Card], today: date) -> tuple[Facet, ...]:
    """The facets of some certifications, without those that say nothing of any of them."""
    made = (
        Facet("level", _counted(((c.level,) if c.level else () for c in found), str)),
        Facet("kind", _counted(((c.kind,) if c.kind in kinds() else () for c in found), lambda k: kinds()[k].short)),
        Facet("active", _only(sum(not c.expired(today) for c in found))),
        Facet("vae", _only(sum(c.vae is True for c in found))),
        Facet("issuer", _counted((c.issuers for c in found), str)),
        Facet("rome", _counted((map(code, c.rome) for c in found), _job)),
        Facet("nsf", _counted(({n[:GROUP] for n in c.nsf} for c in found), _speciality)),
        Facet("register", _counted(((c.register,) if c.register else () for c in found), str)),
    )
    return tuple(facet for facet in made if facet.values)


def _counted(values: Iterable[Iterable[str | int]], label: Callable[[str], str]) -> tuple[Counted, ...]:
    counts = Counter(value for some in values for value in dict.fromkeys(some))
    best = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))[:MOST]
    return tuple(Counted(value, label(value), count) for value, count in best)


def _only(count: int) -> tuple[Counted, ...]:
    return (Counted(True, "", count),) if count else ()


def _job(rome: str) -> str:
    return f"{rome} {jobs()[rome].label}" if rome in jobs() else rome


def _speciality(nsf: str) -> str:
    return f"{nsf} {specialities()[nsf]}" if nsf in specialities() else nsf
