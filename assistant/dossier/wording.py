"""How a dossier says things in French: states, places, periods, sources."""

from __future__ import annotations

from assistant.answer import Citation
from assistant.dossier.dossier import Assessed, Assessment, Job, Line, Proof, Target
from assistant.matching.evidence import State
from assistant.matching.periods import Month
from assistant.typography import french, quoted

DRAFT = french("Brouillon à vérifier et à signer par une personne")
WHAT_IT_IS = french(
    "Ce document rapproche les lignes d’un CV et celles de référentiels. Il a été préparé automatiquement, puis "
    "éventuellement corrigé ; il ne porte aucun jugement sur la personne et ne vaut pas décision."
)
STATE = {
    State.PROVEN: "démontrée",
    State.PARTIAL: "en partie",
    State.CLAIMED: "citée seulement",
    State.ABSENT: "absente du CV",
}
LEGEND = french(
    "Oui : une activité du CV montre la compétence. Partiellement : une activité en montre une partie. Non : le CV "
    "n’en dit rien, ou la cite sans activité qui la mette en œuvre ; cela ne veut pas dire que l’expérience manque."
)
OF_BLOCK = {
    True: french("Compétences montrées dans ce bloc : {shown} sur {all} (oui : {yes}, partiellement : {partly})."),
    False: french("Aucune activité ne montre les compétences de ce bloc ; cela ne dit pas que l’expérience manque."),
}
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
ADVISOR = "corrigé par la personne qui accompagne"


def state(competence: Assessed) -> str:
    """oui, non (citée seulement): with the proposal where the advisor changed it."""
    said = str(competence.official)
    if competence.state is State.CLAIMED:
        said = f"{said} ({STATE[State.CLAIMED]})"
    if competence.own is None:
        return said
    return french(f"{said}\n({ADVISOR} ; proposé : {STATE[competence.proposed]})")


def wording(competence: Assessed) -> str:
    """The competence with its number, once."""
    number = competence.number
    return competence.text if not number or competence.text.startswith(number) else f"{number} {competence.text}"


def block_name(block: Assessment) -> str:
    code = f" ({block.code})" if block.code else ""
    return f"{french(f'Bloc {block.number} :')} {block.title}{code}"


def block_text(block: Assessment) -> str:
    """What is said of a block as a whole, besides the advisor's own words."""
    states = [c.official for c in block.competences]
    yes, partly = states.count("oui"), states.count("partiellement")
    shown = yes + partly
    return OF_BLOCK[bool(shown)].format(shown=shown, all=len(states), yes=yes, partly=partly)


def line(said: Line) -> str:
    page = f"page {said.page}, " if said.page is not None else ""
    return f"{quoted(said.text)} (CV, {page}ligne {said.number})"


def place(cited: Citation) -> str:
    quote = cited.quote
    lines = f"ligne {quote.first}" if quote.first == quote.last else f"lignes {quote.first} à {quote.last}"
    page = f"page {cited.page}, " if cited.page is not None else ""
    return f"{cited.source}, {page}{lines}"


def citation(cited: Citation) -> str:
    return f"{quoted(cited.quote.text)} ({place(cited)})"


def citations(competence: Assessed) -> str:
    """The referential's side of a competence, each once; the wording itself, which stands beside, by its place."""
    found = [p.citation for p in competence.shown] or [competence.citation]
    told = [f"{french('Intitulé :')} {place(c)}" if c.quote.text == competence.text else citation(c) for c in found]
    return "\n".join(dict.fromkeys(told))


def proofs(competence: Assessed) -> str:
    """The CV's side, then what was said in the interview, apart."""
    said = [line(p.line) for p in _once(competence.shown)] or ["—"]
    if competence.answer:
        said += [f"Entretien{french(' :')} {competence.answer}"]
    return "\n".join(said)


def _once(found: tuple[Proof, ...]) -> tuple[Proof, ...]:
    return tuple({p.line: p for p in found}.values())


def period(job: Job) -> str:
    if job.first is None:
        return "sans date"
    if job.last is None:
        return f"depuis {month(job.first)}"
    return month(job.first) if job.first == job.last else f"{month(job.first)} – {month(job.last)}"


def month(when: Month) -> str:
    return f"{MONTHS[when.month - 1]} {when.year}" if when.month else str(when.year)


def duration(months: int | None) -> str:
    """1 an et 3 mois; a dash where it is unknown."""
    if months is None:
        return "—"
    years, rest = divmod(months, 12)
    said = [f"{years} an{'s' if years > 1 else ''}"] if years else []
    return " et ".join([*said, f"{rest} mois"] if rest or not years else said)


def job_name(job: Job) -> str:
    return ", ".join(x for x in (job.title, job.employer) if x) or "sans intitulé"


def validity(target: Target) -> str:
    until = f"{target.until:%d/%m/%Y}" if target.until else ""
    if target.expired:
        return f"expirée depuis le {until}" if until else "expirée"
    return f"jusqu’au {until}" if until else "non précisée par la source"
