"""What somebody looks for a certification for: "je veux devenir …", "que puis-je viser ?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understanding.asking import GENERIC
from assistant.understanding.certifications import NAMING
from assistant.understanding.facets import WEAK, Sighting
from assistant.understanding.scope import UNIT_WORDS
from assistant.understanding.wording import levels_named
from corpus.referential import Facet
from index.words import content, fold, stem

SOUGHT = r"(?:formation|diplome|certification|titre|qualification)s?"
NO_JOB = (  # what people want to be without meaning a job
    r"(?:bien |vraiment )?(?:(?:sur|certain|informe|averti|prevenu|rassure|accompagne|conseille|contacte|rappele|tenu"
    r"|pret)e?s?|capables?|au|en)"
)
AIM = re.compile(
    r"(?<![a-z])(?:que (?:puis je|pourrais je|peut on) (?:viser|passer|obtenir|valider|preparer)"
    r"|(?:pour|veux|voudrais|aimerais|souhaite) (?:devenir|travailler|exercer)"
    rf"|(?:veux|voudrais|aimerais|souhaite) etre(?! {NO_JOB}(?![a-z]))|to become|to work (?:as|in|with)"
    rf"|(?:cherche|recherche|looking for) (?:une?|an?) (?:\w+ )?{SOUGHT})"
    r"(?![a-z])"
)
PERSON = re.compile(
    r"(?<![a-z])(?:je (?:suis|travaille|veux|voudrais|cherche|souhaite)|j['’ ]aimerais|devenir|i am|i m|become)"
    r"(?![a-z])"
)
POINTING = re.compile(  # to a certification, a unit or a job spoken of before
    rf"(?<![a-z])(?:ce|cet|cette|ces|this|that|these|those) (?:meme |same )?(?:{'|'.join(sorted(NAMING | UNIT_WORDS))}"
    r"|metier|emploi|poste|profession|job|occupation)s?(?![a-z])"
)
SEEKING = re.compile(
    rf"(?<![a-z])(?:quel(?:le)?s?|which|what|(?:cherche|recherche|looking for) (?:une?|an?)(?: \w+)?) {SOUGHT}(?![a-z])"
)
ASKED = re.compile(
    r"(?<![a-z])(?:qui|quand|combien|comment|pourquoi|que (?:faut|doit|doivent)|faut il|est ce|quel(?:le)?s?"
    r"|who|when|where|why|how|what)(?![a-z])"
)
FORMAL = frozenset(  # facets by whose words no work is named; "industrie" or "anglais" may be somebody's aim
    {
        Facet.CODE, Facet.LEVEL, Facet.NSF, Facet.ROME, Facet.FORMACODE, Facet.ISSUER, Facet.SIRET, Facet.BLOCKS,
        Facet.COMPONENTS, Facet.CRITERIA, Facet.JURY, Facet.PREREQUISITES, Facet.REGULATION, Facet.VALIDITY,
    }
)  # fmt: skip


def aim(text: str, seen: Sequence[Sighting]) -> str:
    """What is left of a question by somebody who looks for a certification; "" of others, and where no job is named.

    Args:
        seen: the topics of the question.
    """
    words = " ".join(re.findall(r"\w+", fold(text)))
    if not AIM.search(words) or POINTING.search(words):
        return ""
    goal, told = " ".join(AIM.sub(" ", words).split()), _told(seen)
    personal = of_a_person(words) or SEEKING.search(words)
    if told and not personal and ASKED.search(goal):
        return ""
    asked = formally_asked(text, seen) if personal else frozenset().union(*(s.words for s in told))
    goal = " ".join(PERSON.sub(" ", goal).split())
    return goal if any(_of_work(w, asked) for w in content(goal)) else ""


def formally_asked(text: str, seen: Sequence[Sighting]) -> frozenset[str]:
    """The stems by which a question asks for what only a certification has; a level in figures limits a search."""
    sought = {Facet.LEVEL} if levels_named(text) else set()
    return frozenset().union(*(s.words for s in _told(seen) if s.topic.facet in FORMAL - sought))


def of_a_person(folded: str) -> bool:
    """True where somebody speaks of themselves, or of what to become: a title is then their job."""
    return PERSON.search(folded) is not None


def _told(seen: Sequence[Sighting]) -> list[Sighting]:
    """The facets that words of the question give away."""
    return [s for s in seen if s.topic.facet and s.words and s.weight >= WEAK]


def _of_work(word: str, asked: frozenset[str]) -> bool:
    """True where a word may name a job; words of asking count as written, since "traiteur" is like "traite"."""
    return not (word in GENERIC or word in NAMING or word in UNIT_WORDS or stem(word) in asked)
