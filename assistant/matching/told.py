"""A proposal in sentences, for those who read it on a terminal or on a page."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer import Lang
from assistant.matching.proposing import Alternative, Proposal, Reason, Scope

PHRASES = {
    "fr": {
        "level": " (niveau {level})",
        "ended": "Enregistrement terminé.",
        "replaced": "Enregistrement terminé ; remplacée par {name}.",
        "replaced_absent": "Enregistrement terminé ; remplacée par {name}, que la base n'a pas.",
        "replaced_ended": "Enregistrement terminé ; remplacée par {name}, terminée elle aussi.",
        "blocks": "{shown} sur {of} {blocks} ; {competences}",
        "competences": "sur {n} compétences : {proven} prouvées, {partial} partielles, {claimed} déclarées",
        "quote": "CV, ligne {line} : « {said} » ↔ « {quote} »",
        "other_level": "Autre niveau : {name}",
        "other_block": "Un bloc seul : bloc {number}, {title}",
        "other_specific": "Plus étroite : {name}",
    },
    "en": {
        "level": " (level {level})",
        "ended": "No longer registered.",
        "replaced": "No longer registered; replaced by {name}.",
        "replaced_absent": "No longer registered; replaced by {name}, which the library does not hold.",
        "replaced_ended": "No longer registered; replaced by {name}, which has ended as well.",
        "blocks": "{shown} of {of} {blocks}; {competences}",
        "competences": "of {n} competences: {proven} proven, {partial} partial, {claimed} claimed",
        "quote": "CV, line {line}: “{said}” ↔ “{quote}”",
        "other_level": "Another level: {name}",
        "other_block": "A single block: block {number}, {title}",
        "other_specific": "Narrower: {name}",
    },
}
BLOCKS = {"fr": ("bloc", "blocs"), "en": ("block", "blocks")}
LONG = 140  # characters of a quote on one line


def name(proposal: Proposal, lang: Lang = "fr") -> str:
    """The certification with its level."""
    found = proposal.referential
    return found.name + (PHRASES[lang]["level"].format(level=found.level) if found.level else "")


def sentences(proposal: Proposal, lang: Lang = "fr") -> tuple[str, ...]:
    """Why it is proposed, whether it still stands, what else there is; the CV's lines among them are verbatim."""
    return tuple(_sentences(proposal, lang))


def _sentences(proposal: Proposal, lang: Lang) -> Iterator[str]:
    if proposal.expired:
        yield _ended(proposal, lang)
    yield figures(proposal.reason, lang)
    for evidence in proposal.reason.quotes:
        said, quote = _shortened(evidence.cv_whole), _shortened(evidence.citation.quote.text)
        yield PHRASES[lang]["quote"].format(line=evidence.cv_line, said=said, quote=quote)
    yield from (alternative(a, lang) for a in proposal.alternatives)


def figures(reason: Reason, lang: Lang = "fr") -> str:
    """How many blocks and competences are shown."""
    counts = {"proven": reason.proven, "partial": reason.partial, "claimed": reason.claimed, "n": reason.competences}
    competences = PHRASES[lang]["competences"].format(**counts)
    if reason.blocks == (0,):
        return competences.capitalize()
    words, shown = BLOCKS[lang][reason.of > 1], len(reason.blocks)
    return PHRASES[lang]["blocks"].format(shown=shown, of=reason.of, blocks=words, competences=competences)


def alternative(other: Alternative, lang: Lang = "fr") -> str:
    if other.scope is Scope.BLOCK and other.block:
        number, title = other.block
        return PHRASES[lang]["other_block"].format(number=number, title=title)
    level = PHRASES[lang]["level"].format(level=other.referential.level) if other.referential.level else ""
    return PHRASES[lang][f"other_{other.scope}"].format(name=other.referential.name + level)


def _ended(proposal: Proposal, lang: Lang) -> str:
    found = proposal.replacement
    if found is None:
        return PHRASES[lang]["ended"]
    if found.card is None:
        return PHRASES[lang]["replaced_absent"].format(name=found.name)
    label = f"{found.name}, {found.card.title}" if found.card.code else found.card.title
    return PHRASES[lang]["replaced_ended" if found.ended else "replaced"].format(name=label)


def _shortened(text: str) -> str:
    return text if len(text) <= LONG else text[: LONG - 1].rsplit(" ", 1)[0] + "…"
