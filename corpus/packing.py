"""Quotes packed into texts of bounded length, and none of their words lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from corpus.document import Quote

Count = Callable[[str], int]
SENTENCE = re.compile(r"(?<=[.!?;:…])\s+(?=[^a-zà-ÿ])")
SHORT = 24  # tokens; a list's items of at most so many share a text


def packed(texts: Sequence[tuple[Quote, ...]], count: Count, limit: int) -> list[tuple[Quote, ...]]:
    """Texts in their order, one or more groups each; short items of a list, and what a colon announces, share one."""
    groups: list[tuple[Quote, ...]] = []
    open_group = False
    for quotes in texts:
        text = " ".join(q.text for q in quotes)
        size = count(text)
        joined = (*groups[-1], *quotes) if groups else quotes
        if (
            open_group
            and size <= limit
            and count(" ".join(q.text for q in joined)) <= limit
            and (size <= SHORT or groups[-1][-1].text.rstrip().endswith(":"))
        ):
            groups[-1] = joined
        else:
            groups += split(quotes, count, limit)
        open_group = size <= SHORT or text.rstrip().endswith(":")
    return groups


def split(quotes: Sequence[Quote], count: Count, limit: int) -> list[tuple[Quote, ...]]:
    """Quotes in their order, cut at sentence ends, then between words, into groups of at most `limit` tokens each.

    A word that alone has more tokens stays whole.
    """
    groups: list[list[tuple[int, str]]] = []
    for index, quote in enumerate(quotes):
        for text in _pieces(quote.text, count, limit):
            if groups and count(" ".join([*(t for _, t in groups[-1]), text])) <= limit:
                groups[-1].append((index, text))
            else:
                groups.append([(index, text)])
    return [_requoted(quotes, group) for group in groups]


def _requoted(quotes: Sequence[Quote], group: Sequence[tuple[int, str]]) -> tuple[Quote, ...]:
    """Pieces of one quote that follow each other, as one quote again."""
    texts: dict[int, list[str]] = {}
    for index, text in group:
        texts.setdefault(index, []).append(text)
    return tuple(replace(quotes[index], text=" ".join(pieces)) for index, pieces in texts.items())


def _pieces(text: str, count: Count, limit: int) -> Iterator[str]:
    if count(text) <= limit:
        yield text
        return
    for sentence in SENTENCE.split(text):
        yield from _bounded(sentence.split(), count, limit)


def _bounded(words: Sequence[str], count: Count, limit: int) -> Iterator[str]:
    """As many words at a time as the limit allows, found by halving; always at least one."""
    while words:
        low, high = 1, len(words)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if count(" ".join(words[:middle])) <= limit else (low, middle - 1)
        yield " ".join(words[:low])
        words = words[low:]
