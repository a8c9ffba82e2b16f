"""What counts as a word, for search: codes whole, elisions split, French stems over folded letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import Stemmer

CODE = r"rncp\s?\d+(?:bc\d+)?|rs\s?\d+(?:bc\d+)?|bc\s?\d\d"
SYMBOL = r"c\+\+|[cf]#|\.net|asp\.net|[a-z]+\.(?:js|net|io)"
PAIR = r"[a-z]{1,3}/[a-z]{1,3}"  # CI/CD, TCP/IP, UX/UI; not et/ou nor té/trice
HYPHENED = r"[a-z]+(?:-[a-z]+)+"
PLAIN = r"[a-z]*\d+(?:[.,]\d+)*[a-z0-9]*|[a-z]+"
TOKEN = re.compile(rf"(?<!\w)(?:({CODE})(?!\w)|({SYMBOL})(?![a-z])|({PAIR})(?![\w/])|({HYPHENED}))|({PLAIN})")

STOPWORDS = Path(__file__).resolve().parent / "stopwords.txt"
STOP = frozenset(w for line in STOPWORDS.read_text("utf-8").splitlines() if line[:1] != "#" for w in line.split())
ENDINGS = "e|s|es|se|ses|ve|ves|te|tes|fe|fes|le|les|ne|nes|re|res|iere|ieres|rice|rices|trice|trices|euse|euses"
INCLUSIVE = re.compile(rf"(?<=[a-z])[/·](?:{ENDINGS})(?![a-z])")  # chef/fe, employeurs/euses
ELISION = re.compile(r"(?<![a-z])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’]")
INVERTED = re.compile(r"(?<=[a-z])-(?:t-)?(?:je|tu|ils?|elles?|on|nous|vous|ce|moi|toi|lui|y|en|ci|la)(?![a-z])")
POSSESSIVE = re.compile(r"['’]s(?![a-z])")
MARKS = re.compile(r"[\u0300-\u036f]")  # the accents that NFKD sets free
MORE_THAN_ONE_LETTER = 2


def fold(text: str) -> str:
    """Lower case without accents, ligatures opened; spaces and punctuation stay."""
    lower = text.lower().replace("œ", "oe").replace("æ", "ae")
    return lower if lower.isascii() else MARKS.sub("", unicodedata.normalize("NFKD", lower))


def surfaces(text: str) -> Iterator[str]:
    """The folded words and codes of a text in order, stop words included.

    A hyphened word comes as its parts and joined (front, end, frontend), a pair whole and in parts (ci/cd, ci, cd).
    """
    folded = fold(text)
    for pattern in (ELISION, POSSESSIVE, INCLUSIVE, INVERTED):
        folded = pattern.sub(" ", folded)
    for match in TOKEN.finditer(folded):
        code, symbol, pair, hyphened, plain = match.groups()
        if code:
            yield re.sub(r"\s", "", code)
        elif symbol or plain:
            yield symbol or plain
        elif pair:
            yield from _pair(pair)
        else:
            yield from hyphened.split("-")
            yield hyphened.replace("-", "")


def _pair(pair: str) -> Iterator[str]:
    parts = pair.split("/")
    if not any(p in STOP or len(p) < MORE_THAN_ONE_LETTER for p in parts):
        yield pair
    yield from parts


def content(text: str) -> list[str]:
    """The folded words of a text that carry meaning: no stop words, no lone letters."""
    return [w for w in surfaces(text) if w not in STOP and (len(w) >= MORE_THAN_ONE_LETTER or w.isdigit())]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The French Snowball stem of a folded word; a word with a digit or a sign stays whole."""
    return _STEMMER.stemWord(word) if word.isalpha() else word


def terms(text: str) -> list[str]:
    """The stems under which a text is indexed and searched, in order, with repetitions."""
    return [stem(w) for w in content(text)]


@lru_cache(maxsize=50_000)
def english_stem(word: str) -> str:
    """The English Snowball stem of a folded word, under which its translations are kept."""
    return _ENGLISH.stemWord(word) if word.isalpha() else word


_STEMMER = Stemmer.Stemmer("french", 0)
_ENGLISH = Stemmer.Stemmer("english", 0)
