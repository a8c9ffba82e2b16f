"""Referentials as the interfaces hand them out, each part with the quotes that stand in its source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from assistant.answer import Citation
from assistant.api import models
from assistant.cli import records
from assistant.comparison.quoting import Quoting
from corpus.document import Quote
from corpus.referential import Block, Competence, Facet, Part, Referential
from index.cards import Card

STANDING = (Facet.VALIDITY, Facet.HISTORY)  # the facets that tell whether a certification is in force


def citation(cited: Citation) -> models.Citation:
    return models.Citation(**records.citation(cited))


def fiche(quoting: Quoting, today: date) -> models.Fiche:
    referential = quoting.referential
    return models.Fiche(
        validity=validity(quoting, today),
        layout=referential.layout,
        level=referential.level,
        vae=referential.vae,
        facts=tuple(
            models.Fact(facet=f.facet, label=f.label, value=f.value, citation=cited)
            for f in referential.facts
            for cited in _cited(quoting, [f.quote], None)
        ),
        blocks=blocks(quoting),
        sections=tuple(
            models.Section(facet=s.facet, title=s.title, paragraphs=_wordings(quoting, s.parts, None))
            for s in referential.sections
        ),
    )


def validity(quoting: Quoting, today: date) -> models.Validity:
    referential = quoting.referential
    quotes = [fact.quote for facet in STANDING for fact in referential.facts_of(facet)]
    return models.Validity(
        source=referential.source,
        certification=referential.code,
        title=referential.title,
        in_force=in_force(referential, today),
        until=referential.until,
        replaced_by=referential.replaced_by,
        replaces=referential.replaces,
        citations=_cited(quoting, dict.fromkeys(quotes), None),
    )


def in_force(referential: Referential | Card, today: date) -> bool | None:
    """None where the source says neither until when, nor whether."""
    said = referential.active is not None or referential.until is not None
    return not referential.expired(today) if said else None


def blocks(quoting: Quoting) -> tuple[models.Block, ...]:
    return tuple(_block(quoting, block) for block in quoting.referential.blocks)


def _block(quoting: Quoting, block: Block) -> models.Block:
    return models.Block(
        number=block.number,
        code=block.code,
        title=block.title,
        citations=_cited(quoting, block.heading.quotes, block.number),
        activities=_wordings(quoting, block.activities, block.number),
        competences=tuple(_competence(quoting, c, block.number) for c in block.competences),
        assessments=_wordings(quoting, block.assessments, block.number),
        criteria=_wordings(quoting, block.criteria, block.number),
    )


def _competence(quoting: Quoting, competence: Competence, block: int) -> models.Competence:
    return models.Competence(
        text=competence.text,
        citations=_cited(quoting, competence.quotes, block),
        number=competence.number,
        transversal=competence.transversal,
        details=_wordings(quoting, competence.details, block),
        assessments=_wordings(quoting, competence.assessments, block),
        criteria=_wordings(quoting, competence.criteria, block),
    )


def _wordings(quoting: Quoting, parts: Iterable[Part], block: int | None) -> tuple[models.Wording, ...]:
    cited = [(part.text, _cited(quoting, part.quotes, block)) for part in parts]
    return tuple(models.Wording(text=text, citations=citations) for text, citations in cited if citations)


def _cited(quoting: Quoting, quotes: Iterable[Quote], block: int | None) -> tuple[models.Citation, ...]:
    return tuple(citation(cited) for cited in quoting.cited(quotes, block))
