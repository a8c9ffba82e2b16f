"""A fiche of the répertoire, of whichever site and time: from its record, sections and blocks to its referential."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.document import Document
from corpus.layouts.durations import block_count_facts, duration_facts
from corpus.layouts.headings import Stretch, below
from corpus.layouts.nomenclatures import coded
from corpus.layouts.routes import Route, jury_sections, vae_open
from corpus.referential import Block, Facet, Fact, Referential, Section


@dataclass(frozen=True, slots=True)
class Record:
    """What a fiche says of a certification in single values; `active` is None where it does not say."""

    title: str
    code: str | None
    level: int | None
    issuers: tuple[str, ...]
    until: date | None
    replaces: tuple[str, ...]
    replaced_by: tuple[str, ...]
    facts: tuple[Fact, ...]
    active: bool | None = None


def fiche(
    document: Document,
    layout: str,
    record: Record,
    accesses: Sequence[Route],
    stretches: Sequence[Stretch],
    told: Sequence[Section],
    blocks: tuple[Block, ...],
) -> Referential:
    """The referential of a fiche, with the facts that follow from its codes, sections and blocks.

    Args:
        told: its sections without the juries, which `accesses` tell.
    """
    codes = {f: coded(document, below(stretches, f.value), f) for f in (Facet.NSF, Facet.ROME, Facet.FORMACODE)}
    sections = (*told, *jury_sections(document, accesses))
    return Referential(
        source=document.name,
        layout=layout,
        title=record.title,
        code=record.code,
        level=record.level,
        issuers=record.issuers,
        nsf=tuple(c for c, _ in codes[Facet.NSF]),
        rome=tuple(c for c, _ in codes[Facet.ROME]),
        formacodes=tuple(c for c, _ in codes[Facet.FORMACODE]),
        until=record.until,
        active=record.active,
        vae=vae_open(accesses),
        replaces=record.replaces,
        replaced_by=record.replaced_by,
        blocks=blocks,
        sections=sections,
        facts=(
            *record.facts,
            *(fact for found in codes.values() for _, fact in found),
            *block_count_facts(sections, blocks),
            *duration_facts(sections),
        ),
    )
