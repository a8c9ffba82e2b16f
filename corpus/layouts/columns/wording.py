"""How each column of a referential is usually worded in French: headings, numbers, first words."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from corpus.layouts.infinitives import opens_with_infinitive
from corpus.layouts.lines import bare


class Column(IntEnum):
    """A table's columns from left to right; HEADING is the block's title, printed in the first one."""

    HEADING = 0
    ACTIVITY = 1
    COMPETENCE = 2
    ASSESSMENT = 3
    CRITERION = 4


BLOCK = re.compile(
    r"(?:bloc|activite|domaine|module|unite)(?:\s+de\s+competences?)?\s*(?:n\s*[°o]\s*)?(\d{1,2})\b\s*[:.–—-]?\s*(?=\S|$)"
    r"|a\.?\s?(\d{1,2})\s*[:.–—-]\s*(?=[a-z])"
)
BLOCK_ALONE = re.compile(r"bloc(?:\s+de\s+competences?)?(?:\s+n\s*°?)?$")
PLAIN_NUMBER = re.compile(r"(\d{1,2})\s*[.)–-]?\s+(?=[^\W\d_])")
NUMBER = re.compile(r"(?:c(?:ompetence)?\s*\.?\s*)?(\d{1,2})[.-](\d{1,2})\s*[.):–-]?\s+(?=[^\W\d_])")
FLAT = re.compile(r"c(?:ompetence)?\s*\.?\s*(\d{1,2})\s*[.):–-]\s*(?=[^\W\d_])")
VERB_BY_ARTICLE = re.compile(r"[a-z]{3,}[ei]r\s+(?:(?:le|la|les|un|une|son|sa|ses|leurs?|ces?|cette)\s|l')")
PRINTED = re.compile(r"(?:[cC]\s*\.?\s*)?\d{1,2}(?:[.-]\d{1,2})?")
ACTIVITY_NUMBER = re.compile(r"(?:a|t)\.?\s?\d{1,2}[.-]\d{1,2}\s*[.):–-]?\s*(?=[a-z])")
LABEL_A = re.compile(r"(?:contextes?(?:\s+et\s+enjeux?)?|enjeux?|descriptions?|missions?|taches?)\s*:?$")
LABEL_M = re.compile(
    r"c\.?\s?\d{1,2}\s*[.:]\s*\S|e\.?\s?\d{1,2}\s*[.:]\s*\S|modalites?\b(?=.{0,40}:?$)"
    r"|(?:exemples?\s+de\s+\w+|dans\s+le\s+cadre\s+d.*|type\s+d.evaluation|forme)\s*:?$"
)
CUES: tuple[tuple[Column, float, re.Pattern[str]], ...] = tuple(
    (column, weight, re.compile(pattern))
    for column, weight, pattern in (
        (Column.ACTIVITY, 4.0, LABEL_A.pattern),
        (Column.ACTIVITY, 4.0, ACTIVITY_NUMBER.pattern),
        (Column.ASSESSMENT, 4.0, LABEL_M.pattern),
        (
            Column.ASSESSMENT,
            2.5,
            r"(?:mises?\s+en\s+situation|etudes?\s+de\s+cas|cas\s+(?:pratique|d'entreprise|d'usage)|questionnaire|qcm|quiz|epreuves?|oral\b|ecrit\b|soutenance"
            r"|livrables?|rendus?\b|durees?\b|jury|lieu\s*:|jeux?\s+de\s+roles?|simulations?|dossiers?\b|entretiens?\b|projets?\b"
            r"|memoires?\b|rapports?\s+d|controles?\s+continus?|evaluations?\b|examens?|devoirs?|observations?\b"
            r"|presentation\s+orale|travaux|portfolio|semaine|exercices?|test\b|a\s+partir\s+d|sur\s+la\s+base\s+d"
            r"|sous\s+(?:la\s+)?forme|dans\s+le\s+cadre\s+d|en\s+situation|repartition\s+des\s+taches)",
        ),
        (
            Column.ASSESSMENT,
            1.5,
            r".*\b(?:jury|evaluateurs?|tuteurs?|formateurs?|minutes?|heures?|individuel(?:le)?s?|ecrite?s?|orale?s?"
            r"|questions?|tires?\s+au\s+sort|fourni(?:e|es|s)?)\b",
        ),
        (Column.ASSESSMENT, 2.5, r"(?:le|la)\s+candidate?(?:\(e\))?\s+(?:doit|devra)"),
        (
            Column.CRITERION,
            2.5,
            r"(?:capacites?\b|maitrises?\b|qualites?\b|niveaux?\s+de|respect\b|pertinence|coherence|conformite|precision"
            r"|exactitude|clarte|justesse|adequation|rigueur|lisibilite|richesse|fiabilite|comprehension|existence"
            r"|bonnes?\b|taux\b|prise\s+(?:en\s+compte|de\s+recul)|s'assurer\s+de\s+la\s+capacite|aptitude|efficacite"
            r"|aucune?\s|absence\s|originalite|completude|exhaustivite|connaissances?\b|aisance)",
        ),
        (Column.CRITERION, 2.0, r"(?:le|la|les)\s+candidate?s?(?:\(e\))?\s+(?!doi|devr)"),
        (
            Column.CRITERION,
            1.5,
            r"(?:les?|la|l'|chaque|une?|aucune?|tou(?:te)?s\s+les)\s?(?:\S+\s+){1,9}?(?:est|sont|a\s+ete|ont\s+ete)\s",
        ),
        (Column.CRITERION, 0.5, r"(?:les?|la)\s|l'"),
        (
            Column.ACTIVITY,
            0.7,
            r"[a-z'-]+(?:tion|sion|ment|age|ance|ise|ture|tien)s?\s+(?:et\s+\S+\s+)?(?:des?|du|d'|de\s+la|l')",
        ),
    )
)


@lru_cache(maxsize=20_000)
def opens_as_verb(text: str) -> bool:
    """True for "Conduire un projet", and for nouns that an article makes a verb: "Conseiller la direction"."""
    return opens_with_infinitive(text) or bool(VERB_BY_ARTICLE.match(bare(text)))


@lru_cache(maxsize=20_000)
def cue(text: str, column: Column) -> float:
    """How well a text opens a cell or an item of a column, 0 to 4."""
    plain = bare(text)
    if column is Column.ASSESSMENT and competence_number(text):
        return 0.0
    best = max((w for c, w, pattern in CUES if c is column and pattern.match(plain)), default=0.0)
    if opens_as_verb(text):
        best = max(best, {Column.COMPETENCE: 1.5, Column.ACTIVITY: 0.4, Column.CRITERION: 0.3}.get(column, 0.0))
    return best


def labelled(text: str) -> Column | None:
    """The column whose printed label this line is ("Description", "Modalités :", "C2. Etude de cas :"), if any."""
    plain = bare(text)
    if LABEL_A.match(plain):
        return Column.ACTIVITY
    return Column.ASSESSMENT if LABEL_M.match(plain) and not competence_number(text) else None


@lru_cache(maxsize=20_000)
def competence_number(text: str) -> tuple[int, int] | None:
    """(2, 3) for "2.3. Intégrer …" or "C2.3 Intégrer …"; (0, 3) for "C3. Intégrer …"."""
    plain = bare(text)
    if found := NUMBER.match(plain):
        return int(found[1]), int(found[2])
    found = FLAT.match(plain)
    return (0, int(found[1])) if found and opens_as_verb(text[found.end() :]) else None


def printed_number(text: str) -> str | None:
    """The competence's number as printed, without its last point: "2.3", "C2.3", "C3"."""
    if competence_number(text) is None:
        return None
    found = PRINTED.match(text)
    return re.sub(r"\s+", "", found[0]) if found else None


def numbered_activity(text: str) -> bool:
    """True for "A1.2 – Plantation des végétaux"."""
    return bool(ACTIVITY_NUMBER.match(bare(text)))


def block_number(text: str) -> int | None:
    """4 for "BLOC 4 : …" or "Activité 4 – …"."""
    found = BLOCK.match(bare(text))
    return int(found[1] or found[2]) if found else None


def plain_number(text: str) -> int | None:
    """4 for "4. Validation …", which may be a heading or an item of a list."""
    found = PLAIN_NUMBER.match(bare(text))
    return int(found[1]) if found else None
