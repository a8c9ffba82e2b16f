"""The smallest texts that are indexed, found and quoted, and how a referential becomes such texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Quote
from corpus.packing import Count, packed
from corpus.referential import Block, Competence, Facet, Fact, Part, Referential, Section

NUMBERED_BLOCK = re.compile(r"\s*(?:bloc|activité)\s*n?°?\s*\d{1,2}\s*[.:–-]\s*", re.IGNORECASE)
FEW_WORDS = 40  # letters
FEW_LETTERS = 16
LONGEST_ANCESTOR = 24  # words of a competence that stand above its details, criteria and assessments
FACET_WORDS = {
    Facet.TITLE: "Intitulé",
    Facet.CODE: "Code",
    Facet.LEVEL: "Niveau de qualification",
    Facet.NSF: "Codes NSF",
    Facet.ROME: "Codes ROME",
    Facet.FORMACODE: "Formacodes",
    Facet.ISSUER: "Certificateur",
    Facet.SIRET: "SIRET",
    Facet.WEBSITE: "Site internet",
    Facet.CONTACT: "Contact",
    Facet.ADDRESS: "Adresses",
    Facet.PREPARERS: "Organismes préparateurs",
    Facet.OBJECTIVES: "Objectifs et contexte",
    Facet.ACTIVITIES: "Activités",
    Facet.COMPETENCES: "Compétences",
    Facet.ASSESSMENT: "Modalités d'évaluation",
    Facet.CRITERIA: "Critères d'évaluation",
    Facet.BLOCKS: "Blocs de compétences",
    Facet.COMPONENTS: "Composantes de la certification",
    Facet.ACCESS: "Voies d'accès, VAE",
    Facet.JURY: "Composition du jury",
    Facet.PREREQUISITES: "Prérequis",
    Facet.TRANSVERSAL: "Compétences transversales",
    Facet.SECTORS: "Secteurs d'activité",
    Facet.JOBS: "Emplois accessibles, métiers",
    Facet.REGULATION: "Réglementation",
    Facet.TERRITORIES: "Territoires",
    Facet.STATISTICS: "Statistiques",
    Facet.LEGAL: "Base légale, arrêtés",
    Facet.VALIDITY: "Échéance de l'enregistrement",
    Facet.HISTORY: "Historique, certifications précédentes et suivantes",
    Facet.LINKS: "Liens",
    Facet.OTHER: "Autres informations",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """One competence, one criterion, one paragraph of a section, with its ancestors.

    Attributes:
        block: the block's official number; None for what belongs to no block.
        ancestors: certification, block, activity …, outermost first; indexed with the text, never quoted.
        quotes: the verbatim text, in reading order.
    """

    source: str
    certification: str | None
    block: int | None
    facet: Facet
    ancestors: tuple[str, ...]
    quotes: tuple[Quote, ...]

    @property
    def text(self) -> str:
        return " ".join(q.text for q in self.quotes)


def passages(referential: Referential, count: Count, limit: int = 160) -> tuple[Passage, ...]:
    """All that a referential says, once, in passages of bounded length.

    Args:
        count: the number of tokens of a text.
        limit: the most tokens that a passage may have, its ancestors left out; at least 1.
    """
    found: list[Passage] = []
    for block in referential.blocks:
        found += _of_block(referential, block, count, limit)
    said = {_identity(text) for text in _block_texts(referential)}
    for section in referential.sections:
        found += _of_section(referential, section, said, count, limit)
    return (*found, *_of_facts(referential, found, count, limit))


def _of_block(r: Referential, block: Block, count: Count, limit: int) -> list[Passage]:
    above = (r.name, f"Bloc {block.number} : {block.title}")

    def made(facet: Facet, parts: Iterable[Part], *more: str) -> list[Passage]:
        groups = packed([p.quotes for p in parts], count, limit)
        return [Passage(r.source, r.code, block.number, facet, (*above, *more), quotes) for quotes in groups]

    found = made(Facet.BLOCKS, [block.heading])
    found += made(Facet.ACTIVITIES, block.activities, FACET_WORDS[Facet.ACTIVITIES])
    for competence in block.competences:
        found += _of_competence(competence, made, count, limit)
    found += made(Facet.ASSESSMENT, block.assessments, FACET_WORDS[Facet.ASSESSMENT])
    return found + made(Facet.CRITERIA, block.criteria, FACET_WORDS[Facet.CRITERIA])


def _of_competence(
    competence: Competence, made: Callable[..., list[Passage]], count: Count, limit: int
) -> list[Passage]:
    """The competence with its details where all fit into one passage, else the details in passages of their own."""
    facet = Facet.TRANSVERSAL if competence.transversal else Facet.COMPETENCES
    words = [competence.number or "", *competence.text.split()]
    name = " ".join(words[: LONGEST_ANCESTOR + 1]).strip()
    whole = Part((*competence.quotes, *(q for d in competence.details for q in d.quotes)))
    if count(whole.text) <= limit:
        found = made(facet, [whole])
    else:
        found = made(facet, [competence]) + made(facet, competence.details, name)
    found += made(Facet.ASSESSMENT, competence.assessments, name, FACET_WORDS[Facet.ASSESSMENT])
    return found + made(Facet.CRITERIA, competence.criteria, name, FACET_WORDS[Facet.CRITERIA])


def _of_section(r: Referential, section: Section, said: set[str], count: Count, limit: int) -> list[Passage]:
    """A section's paragraphs; those lists that repeat the blocks, only as far as they say anything else."""
    repeats = section.facet in (Facet.COMPETENCES, Facet.ACTIVITIES, Facet.BLOCKS)
    parts = [p.quotes for p in section.parts if not (repeats and _repeated(p.text, said, r.blocks))]
    above = (r.name, *dict.fromkeys((FACET_WORDS[section.facet], section.title)))
    ancestors = tuple(a for a in above if a and a != FACET_WORDS[Facet.OTHER])
    block = _described(section, r.blocks)
    groups = packed(parts, count, limit)
    return [Passage(r.source, r.code, block, section.facet, ancestors, quotes) for quotes in groups]


def _described(section: Section, blocks: Sequence[Block]) -> int | None:
    """The block of which a section has the title, or its title's beginning, whatever number it gives it."""
    title = _identity(NUMBERED_BLOCK.sub("", section.title))
    found = (block.number for block in blocks if _identity(block.title).startswith(title))
    return next(found, None) if len(title) >= FEW_LETTERS else None


def _repeated(text: str, said: set[str], blocks: Sequence[Block]) -> bool:
    """Whether a block says the same, or has the text, but for "Bloc n :", as its title or its title's beginning."""
    title = _identity(NUMBERED_BLOCK.sub("", text))
    return _identity(text) in said or any(_identity(block.title).startswith(title) for block in blocks)


def _of_facts(r: Referential, found: Sequence[Passage], count: Count, limit: int) -> list[Passage]:
    """Facts whose line stands in no passage yet: one passage a facet, each line once, its labels above it."""
    said = [(q.first, q.last, _identity(q.text)) for passage in found for q in passage.quotes]
    whole = [_identity(" ".join(p.text for p in section.parts)) for section in r.sections]
    left: dict[Facet, dict[Quote, list[Fact]]] = {}
    for fact in r.facts:
        if not _stands_in(fact.quote, said, whole):
            left.setdefault(fact.facet, {}).setdefault(fact.quote, []).append(fact)
    made: list[Passage] = []
    for facet, lines in left.items():
        for quotes in packed([(q,) for q in lines], count, limit):
            labels = dict.fromkeys(
                word for q in quotes for f in lines.get(q, ()) for word in f.label.split(" · ") if word
            )
            names = " ; ".join(labels).split()
            ancestors = (r.name, FACET_WORDS[facet], " ".join(names[: 2 * LONGEST_ANCESTOR]))
            made.append(Passage(r.source, r.code, None, facet, tuple(a for a in ancestors if a), quotes))
    return made


def _stands_in(quote: Quote, said: Iterable[tuple[int, int, str]], sections: Iterable[str]) -> bool:
    """Whether a passage on the same lines, or for more than a few words any section, already says a fact's quote."""
    text = _identity(quote.text)
    if len(text) >= FEW_WORDS and any(text in section for section in sections):
        return True
    return any(first <= quote.last and quote.first <= last and text in there for first, last, there in said)


def _block_texts(r: Referential) -> Iterator[str]:
    for block in r.blocks:
        yield block.title
        for piece in (*block.activities, *block.competences, *block.assessments):
            yield piece.text


def _identity(text: str) -> str:
    """What two printings of one sentence share: their letters and digits."""
    return re.sub(r"[\W_]+", "", text).casefold()
