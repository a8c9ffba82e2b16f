"""The words of a question: everyday spelling undone, its language, the numbers and dates that it names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from assistant.answer import Lang
from assistant.understanding.hearing import mended
from index.wordlists import real, translated
from index.words import content, fold, stem, terms

_TABLE = tomllib.loads(Path(__file__).with_name("spoken.toml").read_text(encoding="utf-8"))
SPOKEN: dict[str, str] = _TABLE["words"]
NUMBERS: dict[str, int] = _TABLE["numbers"]
ORDINALS: dict[str, int] = _TABLE["ordinals"]
MONTHS: dict[str, int] = _TABLE["months"]

ENGLISH_WORDS = frozenset(
    """
the what which who whom when where why how is are was were do does did of and to for in on at this that these
it its their my your can could should would will have has there many much long by from with about not or
between both other same
""".split()  # noqa: SIM905 - a list of words reads better as words
)
FRENCH_WORDS = frozenset(
    """
le la les l un une des du de d et est sont a au aux que qui quoi quel quelle quels quelles comment combien
pour dans sur par avec ce cette ces il elle on je tu nous vous son sa ses leur y en ne pas quand où ou c qu
faut
""".split()  # noqa: SIM905 - a list of words reads better as words
)
SHORTEST_BASE = 4  # letters of a word without its ending
LIKELY = 0.15  # share of a word's translations
GREETING = re.compile(
    r"^\s*(?:(?:bonjour|bonsoir|salut|coucou|bjr|slt|hello|hi|hey|good (?:morning|afternoon|evening)|dear \w+)"
    r"(?: à tous| all| there| madame| monsieur)?\s*[,!.:;]+\s*)+",
    re.IGNORECASE,
)
NAME = re.compile(r"(?<!\w)(?:[A-Z][\w&’'-]*[A-Z0-9][\w&-]*|[A-ZÉÈÎ][a-zéèêëïîôùûçà-]{2,})")
INFORMATICS = re.compile(r"(?<!\w)IT(?!\w)")  # in capitals it is no pronoun
INVERSION = re.compile(r"-(?:t-)?(il|elle|on|ils|elles|je|tu|nous|vous|ce|moi)(?![\w-])", re.IGNORECASE)
GLUED = re.compile(r"(?<![\w'’])([ldjnsmtc]|qu)([aeiouyhéèêàâîôû]\w{3,})(?![\w'’])", re.IGNORECASE)
LEVEL = re.compile(r"(?<![a-z])(?:niveau|level)(?: de qualification| european| europeen)?\s*(\d)(?!\d)")
UNITS = {
    "minute": r"min(?:ute)?s?|mn",
    "hour": r"h|heures?|hours?",
    "day": r"jours?|days?",
    "week": r"semaines?|weeks?",
    "month": r"mois|months?",
    "year": r"ans?|annees?|years?",
    "percent": r"%|pour ?cents?|per ?cent",
    "page": r"pages?",
    "euro": r"€|euros?|k€",
}


def written(text: str) -> str:
    """The text without a greeting, everyday spellings put into their written form, and French as it sounds."""

    def replace(match: re.Match[str]) -> str:
        return SPOKEN.get(fold(match.group()), match.group())

    parted = GLUED.sub(_unglued, INVERSION.sub(r" \1", GREETING.sub("", text) or text))
    spelt = re.sub(r"(?<![\w'’.@/-])\w+(?!\w|['’]\w|[@/+#-])", replace, parted)
    return spelt if language(spelt) == "en" else mended(spelt)


def _unglued(match: re.Match[str]) -> str:
    """An elision typed without its apostrophe ("ladresse"), where only its parts are words."""
    word = fold(match.group())
    if real(word) or not real(fold(match.group(2))):
        return match.group()
    return f"{match.group(1)}'{match.group(2)}"


def language(text: str) -> Lang:
    """French, unless more of the words that build sentences are English."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    english, french = (sum(w in known for w in words) for known in (ENGLISH_WORDS, FRENCH_WORDS))
    return "en" if english > french else "fr"


def said(question: str, lang: Lang | None = None) -> list[str]:
    """The stems of a question or a part of it, and those of what its English words mean in French, each once."""
    english = (lang or language(question)) == "en"
    if english:
        question = INFORMATICS.sub("informatique", question)
    found = dict.fromkeys(terms(question))
    if english:
        for word in content(question):
            found |= dict.fromkeys(meanings(word))
    return list(found)


def proper_names(text: str) -> list[str]:
    """Names and acronyms within a text, by their capitals; its first word is left out."""
    return [m.group() for m in NAME.finditer(text.strip()) if m.start() > 0]


def meanings(word: str) -> dict[str, float]:
    """French stems for an English word with how likely they are, in (0, 1]; the unlikely ones left out."""
    found = next((f for f in map(translated, _base_forms(word)) if f), {})
    return {s: share for s, share in found.items() if share >= LIKELY and s != stem(word)}


def _base_forms(word: str) -> Iterator[str]:
    """An English word and what it may be a form of, the word itself first."""
    yield word
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_BASE:
            base = word[: -len(ending)]
            yield from (base, base + "e")


def number(word: str) -> int | None:
    """The value of a number in digits or letters, None for any other word."""
    return int(word) if word.isdigit() else NUMBERS.get(word)


def measures(text: str) -> Iterator[tuple[int, str]]:
    """The quantities that a text names, as (value, unit): "trois heures" gives (3, "hour").

    A range ("6 à 9 mois") gives its upper end only when its ends have one unit between them.
    """
    folded = fold(text)
    amount = rf"(?<![\w.,])(\d+|{'|'.join(NUMBERS)})"
    for unit, words in UNITS.items():
        for match in re.finditer(rf"{amount}[\s-]*(?:{words})(?!\w)", folded):
            value = number(match.group(1))
            if value is not None:
                yield value, unit


def levels_named(text: str) -> frozenset[int]:
    """The levels of qualification that a text names in figures ("niveau 7")."""
    return frozenset(map(int, LEVEL.findall(fold(text))))


def years(text: str) -> tuple[int, ...]:
    """The calendar years that a text names."""
    return tuple(int(y) for y in re.findall(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/-])", text))


def dates(text: str) -> Iterator[date]:
    """The full dates that a text names, in French, English or figures (day first)."""
    folded = fold(text)
    months = "|".join(MONTHS)
    day_first = rf"(\d{{1,2}})(?:er|st|nd|rd|th)?(?: of)? ({months}),? (\d{{4}})"
    for day, month, year in re.findall(day_first, folded):
        yield from _valid(int(year), MONTHS[month], int(day))
    for month, day, year in re.findall(rf"({months}) (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})", folded):
        yield from _valid(int(year), MONTHS[month], int(day))
    for day, month, year in re.findall(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)", folded):
        yield from _valid(int(year), int(month), int(day))


def _valid(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return
