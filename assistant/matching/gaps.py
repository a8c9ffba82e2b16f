"""For what a CV does not show, or shows in part: what to ask the candidate, made from the competence itself."""

from __future__ import annotations

import re

from assistant.matching.evidence import Evidence, State
from index.words import fold

NUMBER = re.compile(r"^\s*(?:[-–—•▪*]\s*)?(?:(?:[A-Z]{1,3}\.?\s?)?\d+(?:\.\d+)*\s*[.:)–-]?\s+|[-–—•▪*]\s*)")
DUTY = re.compile(
    r"^(?:l[ea]s?|l[ea]/l[ea]) candidat\S* (?:doit|doivent|devra)\s*:?\s*|"
    r"^(?:être capable|capacité|savoir)\s+(?:de |d['’]|à )?",
    re.IGNORECASE,
)
INFINITIVE = re.compile(r"(?:s['’]|se )?[a-z]{2,}(?:er|ir|oir|re)$")
BARE = re.compile(r"E(?=[bcdfghjklmnpqrstvz][lr]?[aeiouyéèê])")  # a capital that lost its accent: Elaborer, Ecrire
CLAUSE = re.compile(r"\s*(?:,|;|\.\s|\bafin\b|\ben vue\b|\ben [a-zéè]+ant\b|\bde manière à\b|\bdans le respect\b)")
LONG, SHORT = 140, 30  # characters of a competence that a question can hold; of a first clause that stands alone
QUOTED = 90


def question(competence: str, state: State, evidence: tuple[Evidence, ...]) -> str:
    """What to ask about a competence; nothing where it is proven."""
    if state is State.PROVEN:
        return ""
    deed = _deed(competence)
    if deed is None:
        named = _first_clause(competence)
        asked = f"Que pouvez-vous raconter de concret sur « {named} » : la situation, votre rôle, le résultat ?"
    else:
        asked = f"Avez-vous été amené·e à {deed} ? Dans quelle situation, avec quels moyens, pour quel résultat ?"
    if state is State.ABSENT or not evidence:
        return asked
    said = _shortened(evidence[0].cv_whole, QUOTED)
    if state is State.CLAIMED:
        return f"Votre CV cite « {said} » sans dire où vous l'avez mis en œuvre. {asked}"
    return f"Votre CV dit « {said} ». {asked}"


def _deed(competence: str) -> str | None:
    """The competence as it follows « amené·e à », None where it does not start with an infinitive."""
    clause = _first_clause(competence)
    first = clause.split(" ")[0] if clause else ""
    two = " ".join(clause.split(" ")[:2])
    if not (INFINITIVE.match(fold(first)) or (first.lower() == "se" and INFINITIVE.match(fold(two)))):
        return None
    return "é" + clause[1:] if BARE.match(clause) else clause[0].lower() + clause[1:]


def _first_clause(competence: str) -> str:
    text = DUTY.sub("", NUMBER.sub("", " ".join(competence.split())))
    if len(text) > LONG:
        cut = next((m.start() for m in CLAUSE.finditer(text) if m.start() >= SHORT), len(text))
        text = _shortened(text[:cut], LONG)
    return text.strip(" .;,:")


def _shortened(text: str, size: int) -> str:
    return text if len(text) <= size else text[:size].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
