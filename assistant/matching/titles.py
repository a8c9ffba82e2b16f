"""Which words name what a person was, where, or what was done: the parts of an experience's first lines."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from index.words import fold

WORDS = Path(__file__).resolve().parent / "job_words.txt"
WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
EMPLOYER = re.compile(
    r"\b(?:s\.?a\.?s?|sarl|sasu|eurl|scop|gmbh|ltd|inc|llc|plc|groupe|group|societe|chu|chru|hopital|hospital|clinique|"
    r"ehpad|creche|mairie|ministere|banque|bank|lycee|college|ecole|school|universite|university|agence|cabinet|"
    r"conseil (?:departemental|regional)|association|esn|ssii|pme|start-?up|entreprise|company|transports?|garage|"
    r"boulangerie|restaurant|brasserie|hotel|armee|regiment|gendarmerie|gaec|earl|scea|esat|residence|centre|boutique|magasin|etablissements?|ets|fondation)\b"
)
ENGAGED = r"saisonnier|d'usage|de remplacement|(?:a )?temps (?:plein|partiel)|(?:de )?\d+ \w+"
CONTRACT = re.compile(
    r"(?:stages?(?: (?:de fin d'etudes|long|ouvrier|de \w+))?|stagiaire|alternan(?:ce|te?)|apprenti(?:e|ssage)?|"
    rf"interim(?:aire)?|(?:cdi|cdd)(?: (?:{ENGAGED}))*|missions?|freelance|internship|intern|"
    r"temps (?:plein|partiel)|full[- ]time|part[- ]time|contrat d'apprentissage|contrat de professionnalisation)$"
)
PERSON = re.compile(r"(?:stagiaire|alternante?|apprentie?|interimaire|intern)$")  # contracts that say what one was
PAUSE = re.compile(
    r"(?:conge (?:parental|(?:de )?maternite|sabbatique)|annee (?:sabbatique|de cesure)|cesure|career break|pause|"
    r"(?:parental|maternity|paternity) leave|sabbatical|gap year|(?:en )?recherche d'emploi|arret maladie)\b"
)
AIDED = re.compile(
    r"(?:a domicile|a la personne|de cuisine|menagere?|familiale?|medico|operatoire|maternelle)\b(?! d(?:e|es|u)\b)"
)
DOING = re.compile(
    r"(?!missions? )(?:[a-z]{3,}(?:tion|sion|age|ment|ture)s?|[a-z]{3,}(?:er|ir|oir|dre|tre)|[a-z]{3,}(?:ing|ed)|"
    r"suivi|conduite|mise|appui|aide|accueil|recueil|releve|tenue|vente|gestion|garde|pose|prise|entretien|conseil|led|ran|wrote|kept|built|"
    r"set|made|took|j'ai|je|responsable de)\b"
)
LEADING = frozenset(("head", "lead", "manager", "director"))  # with which an English title may begin
FEW = 3  # words of a line that may be a name whatever its letters
NAMED = 8  # words that a name of an employer has at most


@cache
def _listed() -> tuple[frozenset[str], frozenset[str]]:
    """Words that a French title begins with, and those that an English one ends with."""
    text = "\n".join(line for line in WORDS.read_text("utf-8").split("\n") if not line.startswith("#"))
    french, english = text.strip().split("\n\n")
    return frozenset(french.split()), frozenset(english.split())


def is_title(text: str) -> bool:
    """True where a text begins, in French, or ends or begins, in English, with a word for a job."""
    words = WORD.findall(fold(re.split(r"[(/]", text)[0]).replace("’", "'"))
    if not words:
        return False
    french, english = _listed()
    first = words[0]
    if first == "aide" and len(words) > 1:  # « aide comptable », « aide à domicile », but not « aide au repas »
        return words[1] in french or AIDED.match(" ".join(words[1:])) is not None
    return first in french or first.split("-")[0] in french or words[-1] in english or first in LEADING


def is_employer(text: str) -> bool:
    return EMPLOYER.search(fold(text)) is not None


def is_doing(text: str) -> bool:
    """True where a text begins as what was done does, an action's noun, a verb, and is no name: « Filature Durand »."""
    return text[:1].islower() or (DOING.match(fold(text).replace("’", "'")) is not None and not _proper(text))


def is_pause(text: str) -> bool:
    """True for what is no experience although it has its dates: a leave, a break."""
    return PAUSE.match(fold(text).replace("’", "'")) is not None


def _proper(text: str) -> bool:
    """True where all words that count have a capital, and only that."""
    words = [w for w in re.findall(r"[^\W\d_]+", text) if len(w) > FEW]
    return len(words) > 1 and not text.isupper() and all(w[0].isupper() for w in words)


def is_name(text: str) -> bool:
    """True for what may be an organisation's name: few words, one of them with a capital beyond the first."""
    words = text.split()
    capitals = sum(w[:1].isupper() for w in words)
    told = any(w.islower() and len(w) > FEW for w in words)  # « Tri du courrier »
    return len(words) <= NAMED and (capitals > 1 or (len(words) <= FEW and not told) or is_employer(text))
