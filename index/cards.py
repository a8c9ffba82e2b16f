"""What must be known of every referential without opening it: its codes, its validity, the titles of its blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from corpus.referential import Facet, Referential
from index.kinds import kind_of

SITE = re.compile(r"(?:https?://|www\.|@)+(?:www\.)?([\w-]{3,})\.\w{2,}")
KIND = "Type de diplôme"  # the label of the fact by which a source names it


@dataclass(frozen=True, slots=True)
class Card:
    """The head of a referential.

    Attributes:
        rome, nsf, formacodes: codes only.
        kind: the key of its type of diploma (index/kinds.toml), None where neither source nor title names one.
        blocks: titles, in the referential's order.
        sites: names of the internet domains where the source sends readers ("cesi" of www.cesi.fr).
    """

    source: str
    layout: str
    title: str
    code: str | None = None
    level: int | None = None
    issuers: tuple[str, ...] = ()
    rome: tuple[str, ...] = ()
    nsf: tuple[str, ...] = ()
    until: date | None = None
    active: bool | None = None
    vae: bool | None = None
    blocks: tuple[str, ...] = ()
    formacodes: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    kind: str | None = None
    sites: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How to speak of it, as `Referential.name`."""
        return f"{self.code}, {self.title}" if self.code else self.title

    @property
    def register(self) -> str | None:
        """RNCP or RS, by the code; None where there is none."""
        return None if self.code is None else "RS" if self.code.startswith("RS") else "RNCP"

    def expired(self, today: date) -> bool:
        """True where the source says that it is no longer in force, or its end of registration has passed."""
        return self.active is False or (self.until is not None and self.until < today)


def card_of(referential: Referential) -> Card:
    return Card(
        source=referential.source,
        layout=referential.layout,
        title=referential.title,
        code=referential.code,
        level=referential.level,
        issuers=referential.issuers,
        rome=tuple(c.code for c in referential.rome),
        nsf=tuple(c.code for c in referential.nsf),
        until=referential.until,
        active=referential.active,
        vae=referential.vae,
        blocks=tuple(b.title for b in referential.blocks),
        formacodes=tuple(c.code for c in referential.formacodes),
        replaced_by=referential.replaced_by,
        kind=_kind(referential),
        sites=_sites(referential),
    )


def _sites(referential: Referential) -> tuple[str, ...]:
    told = (f.value for f in referential.facts if f.facet in (Facet.WEBSITE, Facet.CONTACT))
    return tuple(dict.fromkeys(name for value in told for name in SITE.findall(value)))


def _kind(referential: Referential) -> str | None:
    label = next((f.value for f in referential.facts if f.facet is Facet.TITLE and f.label == KIND), None)
    found = kind_of(label, referential.title)
    return found.key if found else None


def dump_card(card: Card) -> bytes:
    return _CARD.dump_json(card)


def load_card(data: bytes) -> Card:
    """Raises pydantic.ValidationError, a ValueError, where the data is of another shape."""
    return _CARD.validate_json(data)


def dump_cards(cards: tuple[Card, ...]) -> bytes:
    return _CARDS.dump_json(cards)


def load_cards(data: bytes) -> tuple[Card, ...]:
    """Raises pydantic.ValidationError, a ValueError, where the data is of another shape."""
    return _CARDS.validate_json(data)


_CARD = TypeAdapter(Card)
_CARDS = TypeAdapter(tuple[Card, ...])
