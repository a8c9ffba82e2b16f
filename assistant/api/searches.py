"""What searches find, as the interfaces hand it out: passages, or certifications with their blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from pydantic import Field

from assistant.api.fiches import in_force
from assistant.api.models import CERTIFICATION, SOURCE, Hit, Shape
from assistant.cli import records
from assistant.searching.asked import Asked
from assistant.searching.finding import Findings, FoundCard
from assistant.searching.passages import Passages
from corpus.document import Document
from index import contract

Documents = Callable[[str], Document]
Titles = Mapping[tuple[str, str | None], str]


class Stated(Shape):
    """A filter that the words of a query state."""

    field: str = Field(examples=["level"])
    value: bool | int | date | str
    words: str = Field(examples=["niveau 6"])


class Found(Shape):
    """A page of the passages found, best first."""

    query: str
    stated: tuple[Stated, ...]
    page: int
    hits: tuple[Hit, ...]


class FoundBlock(Shape):
    """A block's best passages; null is what stands outside the blocks."""

    number: int | None
    hits: tuple[Hit, ...]


class FoundCertification(Shape):
    source: str = SOURCE
    certification: str | None = CERTIFICATION
    title: str
    kind: str | None = Field(description="Type of diploma", examples=["BTS"])
    level: int | None
    vae: bool | None = Field(description="Open to validation of experience; null where unsaid")
    in_force: bool | None = Field(description="null where the source says neither until when nor whether")
    until: date | None = Field(description="End of registration")
    replaced_by: tuple[str, ...]
    score: float = Field(description="Comparable within one search only")
    blocks: tuple[FoundBlock, ...]


class Counted(Shape):
    value: bool | int | str
    label: str
    count: int


class Facet(Shape):
    """How many of the certifications found, on all pages, have each of the most frequent values of a filter."""

    field: str = Field(examples=["level"])
    values: tuple[Counted, ...]


class FoundCertifications(Shape):
    """A page of the certifications found, best first."""

    query: str
    stated: tuple[Stated, ...]
    missing: tuple[str, ...] = Field(description="Codes asked for that the store does not hold")
    total: int = Field(description="On all pages")
    page: int
    pages: int
    without_filters: int = Field(description="Where nothing was found, how many would be without the filters")
    certifications: tuple[FoundCertification, ...]
    facets: tuple[Facet, ...]


def found(query: str, number: int, passages: Passages, titles: Titles, documents: Documents) -> Found:
    return Found(query=query, stated=_stated(passages.asked), page=number, hits=_hits(passages.hits, titles, documents))


def certifications(query: str, findings: Findings, today: date, documents: Documents) -> FoundCertifications:
    return FoundCertifications(
        query=query,
        stated=_stated(findings.asked),
        missing=findings.missing,
        total=findings.total,
        page=findings.number,
        pages=findings.pages,
        without_filters=findings.spared,
        certifications=tuple(_certification(card, today, documents) for card in findings.cards),
        facets=tuple(
            Facet(field=f.field, values=tuple(Counted(value=v.value, label=v.label, count=v.count) for v in f.values))
            for f in findings.facets
        ),
    )


def _certification(one: FoundCard, today: date, documents: Documents) -> FoundCertification:
    card = one.card
    titles = {(card.source, card.code): card.title}
    return FoundCertification(
        source=card.source,
        certification=card.code,
        title=card.title,
        kind=card.kind,
        level=card.level,
        vae=card.vae,
        in_force=in_force(card, today),
        until=card.until,
        replaced_by=card.replaced_by,
        score=round(one.score, 4),
        blocks=tuple(FoundBlock(number=b.number, hits=_hits(b.hits, titles, documents)) for b in one.blocks),
    )


def _stated(asked: Asked) -> tuple[Stated, ...]:
    return tuple(Stated(field=r.field, value=r.value, words=r.words) for r in asked.stated)


def _hits(hits: Iterable[contract.Hit], titles: Titles, documents: Documents) -> tuple[Hit, ...]:
    return tuple(
        Hit(**records.hit(h, documents), title=titles[h.passage.source, h.passage.certification]) for h in hits
    )
