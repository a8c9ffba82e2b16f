"""A dossier is opened: out of a match, the CV that was matched and the referentials."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby

from assistant.answer import Citation
from assistant.dossier.dossier import Assessed, Assessment, Dossier, Job, Line, Proof, Route, Target
from assistant.matching.evidence import BlockMatch, CompetenceMatch, Evidence
from assistant.matching.experiences import Experience, Item, resume
from corpus.document import Document, Quote
from corpus.errors import UsageError
from corpus.referential import Facet, Referential

PROPOSED = 3  # certifications in a dossier where none was chosen


def opened(
    matches: Sequence[BlockMatch],
    cv: Document,
    referentials: Sequence[Referential],
    document: Callable[[str], Document],
    today: date,
    chosen: bool = True,
) -> Dossier:
    """The dossier as the match proposes it.

    Args:
        matches: as the matcher gives them, grouped by source, best first.
        referentials: those matched, and others.
        document: gives the document of a source's name: for digests and pages.
        chosen: False where the certifications were not chosen by a person: the best few that the CV speaks of are kept.
    """
    groups = [list(g) for _, g in groupby(matches, key=lambda m: (m.source, m.certification))]
    if not chosen:
        groups = [g for g in groups if any(m.evidence for m in g)][:PROPOSED]
    known = {(r.source, r.code): r for r in referentials}
    targets = tuple(
        _target(group, known.get((group[0].source, group[0].certification)), cv, document, today) for group in groups
    )
    jobs = tuple(_job(e, cv, today) for e in resume(cv).experiences)
    return Dossier("", today, cv.name, cv.digest, jobs, targets, cv.hidden)


def changed(dossier: Dossier, document: Callable[[str], Document]) -> tuple[str, ...]:
    """The sources of a dossier that are gone, or no longer say what they said when it was opened."""
    return tuple(dict.fromkeys(t.source for t in dossier.targets if _digest(t.source, document) != t.digest))


def _digest(source: str, document: Callable[[str], Document]) -> str | None:
    try:
        return document(source).digest
    except UsageError:
        return None


def _target(
    matches: Sequence[BlockMatch],
    referential: Referential | None,
    cv: Document,
    document: Callable[[str], Document],
    today: date,
) -> Target:
    first, source = matches[0], document(matches[0].source)
    blocks = tuple(_block(m, referential, cv, source) for m in sorted(matches, key=lambda m: m.block))
    if referential is None:
        return Target(first.source, source.digest, first.certification, first.title, blocks)
    return Target(first.source, source.digest, first.certification, first.title, blocks, referential.level,
                  referential.until, referential.expired(today), _prerequisites(referential, source),
                  _access(referential, source))  # fmt: skip


def _prerequisites(referential: Referential, source: Document) -> tuple[Citation, ...]:
    """What the referential asks for beforehand: its section's quotes, each once, or else single facts."""
    parts = [q for s in referential.sections if s.facet is Facet.PREREQUISITES for p in s.parts for q in p.quotes]
    quotes = dict.fromkeys(parts or [f.quote for f in referential.facts_of(Facet.PREREQUISITES)])
    return tuple(_cited(q, referential, source) for q in quotes)


def _access(referential: Referential, source: Document) -> tuple[Route, ...]:
    """The ways to the certification, one a line of the source; where it only tells of them in words, those words."""
    parts = [q for s in referential.sections if s.facet is Facet.ACCESS for p in s.parts for q in p.quotes]
    routes: dict[Quote, str] = {}
    for fact in referential.facts_of(Facet.ACCESS):
        routes.setdefault(fact.quote, fact.value)
    return tuple(Route(v, _cited(q, referential, source)) for q, v in (routes or dict.fromkeys(parts, "")).items())


def _cited(quote: Quote, referential: Referential, source: Document) -> Citation:
    page = source.page_of(quote.first)
    return Citation(referential.source, referential.code, referential.title, None, quote, page)


def _block(match: BlockMatch, referential: Referential | None, cv: Document, source: Document) -> Assessment:
    block = referential.block(match.block) if referential else None
    competences = tuple(_competence(c, cv, source) for c in match.competences)
    return Assessment(match.block, match.block_title, block.code if block else None, competences)


def _competence(match: CompetenceMatch, cv: Document, source: Document) -> Assessed:
    proofs = tuple(_proof(e, cv, source) for e in match.evidence)
    placed = paged(match.citation, source)
    return Assessed(match.number, match.text, match.transversal, placed, match.state, proofs, match.question)


def _proof(evidence: Evidence, cv: Document, source: Document) -> Proof:
    line = Line(evidence.cv_line, evidence.cv_quote, cv.page_of(evidence.cv_line), evidence.cv_more)
    return Proof(line, paged(evidence.citation, source))


def paged(citation: Citation, source: Document) -> Citation:
    """A citation with the page on which its quote starts."""
    page = citation.page or source.page_of(citation.quote.first)
    return Citation(citation.source, citation.certification, citation.title, citation.block, citation.quote, page)


def _job(experience: Experience, cv: Document, today: date) -> Job:
    items = [i for i in (experience.title, experience.employer, *experience.tasks) if i]
    lines = tuple(sorted({experience.line, *(i.line for i in items)}))
    period = experience.period
    dated = (period.first, period.last, period.months(today)) if period else (None, None, None)
    return Job(experience.line, lines, _said(experience.title), _said(experience.employer), *dated,
               page=cv.page_of(experience.line))  # fmt: skip


def _said(item: Item | None) -> str:
    return item.text if item else ""
