"""What a query asks for, in the index's own words: misprints mended, jargon spelt out, English translated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.document import fold_space
from index.spelling import Speller
from index.wordlists import asking, glossary, jargon, plain, rarity, real, translated
from index.words import STOP, content, fold, stem, surfaces, terms

MENDED = 0.9  # what a mended word counts, times how sure the mending is
EXPLAINED = 0.7  # what the words of a glossary entry count
RESTATED = 0.5  # the same where the index knows the term itself
TRANSLATED = 0.8  # what a translation counts, times its probability
COMMON, RARE = 4.0, 8.0  # rarity up to which a word counts least, and from which it counts fully
LEAST = 0.4
ASKED = 0.15  # what a word by which people ask counts
LONGEST = 5  # words in a glossary term
MOST = 200  # words of a query that are looked at: a whole document may be pasted
BLOCK = re.compile(
    r"\b(?:bloc(?: de competences?)?|block|activite|activity)\W*(?:n[o°]?|numero|number)?\W*(\d{1,2})\b|bc\s?(\d\d)\b"
)
FIRST_PERSON = re.compile(r"\b(?:je|j|m|moi|mon|ma|mes|on|nous|notre|nos|i|my|we|our)\b")
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Query:
    """A query as the engines take it.

    Attributes:
        weights: for each stem how much a match counts, in (0, 1].
        words: the query's own folded words, each once.
        text: what the encoder reads: the query with its misprints mended, without the words of asking.
        more: what the glossary says of its terms; may be empty.
        blocks: the numbers of the blocks that it names.
        tells: True where someone tells of their own work ("je répare …"), which looks for a block.
    """

    weights: dict[str, float]
    words: tuple[str, ...]
    text: str
    more: str = ""
    blocks: frozenset[int] = frozenset()
    tells: bool = False


def understand(text: str, known: Callable[[str], bool], speller: Speller) -> Query:
    """Put a query into the words of an index.

    Args:
        known: tells whether a stem stands in the index.
    """
    words = tuple(dict.fromkeys(content(text)))[:MOST]
    near = _near(words, known, speller)
    mended = {word: next(iter(others)) for word, others in near.items()}
    wordings = _explanations([mended.get(word, word) for word in surfaces(text)][:MOST], known)
    weights = _weights(words, near, known)
    for wording, share in wordings.items():
        for term in terms(wording):
            _raise(weights, term, share * importance(term))
    bare = _bare(_mend(text, mended))
    tells = FIRST_PERSON.search(fold(text)) is not None
    return Query(weights, words, bare, " ; ".join(wordings), _blocks(text), tells)


def _near(words: Sequence[str], known: Callable[[str], bool], speller: Speller) -> dict[str, dict[str, float]]:
    """What the misprints among some words may stand for; a word of French, English or the trades is none."""
    doubtful = (w for w in words if not known(stem(w)) and not real(w) and plain(w) not in jargon())
    return {word: others for word in doubtful if (others := speller.near(word))}


def _weights(
    words: Sequence[str], near: Mapping[str, Mapping[str, float]], known: Callable[[str], bool]
) -> dict[str, float]:
    """What each stem counts: the user's own, those of mended words, and translations of what the index lacks."""
    weights: dict[str, float] = {}
    for word in words:
        value = importance(word)
        _raise(weights, stem(word), value)
        for other, sure in near.get(word, {}).items():
            _raise(weights, stem(other), MENDED * value * sure)
        if not known(stem(word)):
            for other, weight in translated(word).items():
                _raise(weights, other, TRANSLATED * value * weight)
    return weights


def importance(word: str) -> float:
    """How much a match of a folded word tells, in [ASKED, 1]: little for a word that stands everywhere."""
    if word in asking():
        return ASKED
    found = rarity(word)
    if found is None:
        return 1.0
    return LEAST + (1 - LEAST) * min(1.0, max(0.0, (found - COMMON) / (RARE - COMMON)))


def _explanations(words: Sequence[str], known: Callable[[str], bool]) -> dict[str, float]:
    """What the glossary says of the terms in a query, each with what its words count; the longest term wins."""
    wordings: dict[str, float] = {}
    covered: set[str] = set()
    telling = [w for w in words if w not in STOP]
    for term in sorted((*_runs(words), *_runs(telling)), key=len, reverse=True):
        key = tuple(plain(w) for w in term)
        if key in glossary() and not covered.issuperset(key):
            share = RESTATED if all(w in STOP or known(stem(w)) for w in term) else EXPLAINED
            wordings |= dict.fromkeys(glossary()[key], share)
            covered.update(key)
    return wordings


def _runs(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Every run of neighbouring words that may be a term."""
    for length in range(1, min(LONGEST, len(words)) + 1):
        yield from (words[first : first + length] for first in range(len(words) - length + 1))


def _mend(text: str, mended: Mapping[str, str]) -> str:
    return WORD.sub(lambda match: mended.get(fold(match[0]), match[0]), text)


def _bare(text: str) -> str:
    """A text without the words of asking, or as it is where nothing else is said."""
    bare = WORD.sub(lambda match: "" if fold(match[0]) in asking() else match[0], text)
    return fold_space(bare) if content(bare) else text


def _blocks(text: str) -> frozenset[int]:
    return frozenset(int(first or second) for first, second in BLOCK.findall(fold(text)))


def _raise(weights: dict[str, float], term: str, value: float) -> None:
    weights[term] = max(value, weights.get(term, 0.0))
