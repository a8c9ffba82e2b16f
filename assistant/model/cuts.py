"""Which part of a text may be quoted alone: none that says something else than its sentence."""

from __future__ import annotations

import re

from index.words import fold

CLAUSE = re.compile(r"(?:^|[.!?:;,]\s|[(«\"“—–]\s?|\s-\s|^-\s?)$")  # what stands before the first word of a clause
SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[\"«“(]?[A-ZÀÂÇÉÈÊÎÔ])")
OPEN, CLOSE = '([«"“', ',;:.!?)]»"”…'
BINDING = re.compile(  # words that turn, limit or condition the rest of their sentence; accents folded
    r"(?<![^\W_])n['’]|(?<![^\W_])(?:ne|pas|non|ni|jamais|aucun\w*|nul\w*|rien|sans|sauf|hors|hormis|except\w*|exclu\w*"
    r"|interdi\w*|refus\w*|impossible\w*|faux|fausse\w*|insuffisan\w*|plus|moins|seul\w*|unique\w*|exclusi\w*|limit\w*"
    r"|si|s['’]ils?|sinon|reserve|condition\w*|defaut|faute|cas|lorsqu\w*|ou|soit|entre|jusqu\w*|minim\w*|maxim\w*"
    r"|environ|presque|peut|peuvent|pourr\w*|eventuel\w*|facultati\w*|option\w*|dispens\w*|toutefois|cependant|mais"
    r"|not?|never|neither|nor|without|unless|only|if|or|either|least|most|about|between|until|may|might|optional\w*"
    r"|however|but)(?![^\W_])|n['’]t(?![^\W_])"
)
TURNING = re.compile(  # how a sentence begins that takes back part of the one before it
    r"[\"«“(]?\s*(?:toutefois|cependant|neanmoins|en revanche|mais|sauf|hors|hormis|except\w*|sinon|a l['’]exception|"
    r"a defaut|however|but|unless|otherwise)(?![^\W_])"
)
AMOUNT = re.compile(
    r"\d|^(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|cent|mille|two|three|four"
    r"|five|seven|eight|nine|ten|%|€)\W*$"
)


def intact(text: str, start: int, end: int) -> bool:
    """True where text[start:end] may stand alone for what the text says.

    It is made of whole clauses; no number touches the cut; a sentence that negates, limits or conditions something is
    there as a whole, and so is the one that takes back part of it.
    """
    before, after = text[:start], text[end:]
    if not (CLAUSE.search(before) and _ends_a_clause(text[start:end], after)):
        return False
    if _touches_amount(text[start:end], before, after):
        return False
    first, last = _sentences(text, start, end)
    torn = any(c.isalnum() for c in text[first:start] + text[end:last])
    return not (torn and BINDING.search(fold(text[first:last]))) and not TURNING.match(fold(text[last:].lstrip()))


def _ends_a_clause(part: str, after: str) -> bool:
    """True where closing signs stand at the end, or right behind it before the next white space, or nothing does."""
    signs = after.split(maxsplit=1)[0] if after[:1].strip() else ""
    return not signs.strip(CLOSE) and bool(signs or part[-1] in CLOSE or not after.strip(f"{CLOSE} "))


def _touches_amount(part: str, before: str, after: str) -> bool:
    """True where an amount stands right outside the part, or its last word is one that goes on outside it."""
    following = "" if {part[-1:], after[:1]} & set(CLOSE) else next(iter(after.split()), "")
    preceding = next(iter(before.split()[::-1]), "")
    preceding = "" if preceding[-1:] and preceding[-1:] in CLOSE + OPEN else preceding
    outside = any(AMOUNT.search(fold(word)) for word in (preceding, following) if word)
    return outside or bool(following and AMOUNT.search(fold(part.split()[-1])))


def _sentences(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentences begin and end that the part has a share in."""
    first, last = 0, len(text)
    for gap in SENTENCE.finditer(text):
        if gap.end() <= start:
            first = gap.end()
        elif gap.start() >= end:
            return first, gap.start()
    return first, last
