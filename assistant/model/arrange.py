"""A prompt out of evidence, and lines of an answer out of a reply; neither touches the network."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import prompts
from assistant.answer import Lang, Turn
from assistant.answering.draft import BUDGET, Cited, Draft, Line
from assistant.model.budget import HISTORY, PROMPT, QUESTION, Count, shortened
from assistant.model.cuts import intact
from corpus.document import Quote, fold_space, squeeze

POINTER = re.compile(r"(?:[-•*]\s*)?\[([0-9]{1,3})\]\s*")
OPENING, CLOSING = '«"“', '»"”'
LINE = 4000  # characters of a line that is looked at
MOST = 6  # quotes in a reply, unless the extractive answer has more
TURNS = 4  # of the conversation in a prompt
SHORTEST = 8  # characters of a quote without its spaces, unless it is the whole excerpt


@dataclass(frozen=True, slots=True)
class Request:
    """A prompt and the excerpts that it numbers from 1.

    Attributes:
        first: how many of the excerpts are the extractive answer's, before all others.
        most: quotes that a reply may have.
    """

    prompt: str
    excerpts: tuple[Line, ...]
    first: int
    most: int


def build(
    question: str, history: Sequence[Turn], own: Sequence[Line], near: Sequence[Line], lang: Lang, count: Count
) -> Request:
    """The prompt, of at most PROMPT tokens, and the excerpts that found room in it.

    Args:
        own: the quotes of the extractive answer.
        near: further ones, best first.
    """
    asked = shortened(_defused(question), QUESTION, count)
    said = shortened("\n".join(f"{t.role}: {_defused(t.content)[:500]}" for t in history[-TURNS:]), HISTORY, count)
    room = PROMPT - count(_filled(lang, said, asked, (), 0).prompt)
    kept: list[Line] = []
    first = 0
    for i, excerpt in enumerate((*own, *near)):
        size = count(_entry(excerpt, len(kept) + 1, None)) + 2
        if size <= room:
            room -= size
            kept.append(excerpt)
            first += i < len(own)
    while count((request := _filled(lang, said, asked, kept, first)).prompt) > PROMPT:
        kept.pop()
        first = min(first, len(kept))
    return request


def _filled(lang: Lang, said: str, asked: str, kept: Sequence[Line], first: int) -> Request:
    most = max(MOST, first)
    entries = [_entry(e, n, kept[n - 2] if n > 1 else None) for n, e in enumerate(kept, 1)]
    template = prompts.load(f"answer_{lang}")
    text = template.format(most=most, first=first, history=said, question=asked, evidence="\n".join(entries))
    return Request(text, tuple(kept), first, most)


def _entry(excerpt: Line, number: int, before: Line | None) -> str:
    """An excerpt with its number, under where it stands if that differs from the one before."""
    heading = _place(excerpt)
    shown = f"# {heading}\n" if before is None or heading != _place(before) else ""
    return f"{shown}[{number}] {_defused(words(excerpt))}"


def _place(excerpt: Line) -> str:
    cited = excerpt.cited[0]
    block = f" · bloc {cited.block}" if cited.block is not None else ""
    return _defused(f"{cited.referential.name}{block} · {excerpt.phrase.lstrip('- ')}".rstrip(" ·"))


def _defused(text: str) -> str:
    """A text on one line, as long as it was, that cannot close the tags around it."""
    return fold_space(text).replace("<", "‹").replace(">", "›")


def words(excerpt: Line) -> str:
    """All of an excerpt's quotes on one line."""
    return " ".join(c.quote.text for c in excerpt.cited)


class Reply:
    """What of a reply stands, gathered line by line; whatever is no whole quote of its excerpt is passed over."""

    def __init__(self, request: Request, draft: Draft) -> None:
        self._request, self._draft = request, draft
        self._taken: list[tuple[int, Line]] = []
        self._room = max(BUDGET, sum(len(words(line)) for line in draft.lines if line.cited))

    @property
    def stands(self) -> bool:
        return bool(self._taken)

    @property
    def full(self) -> bool:
        return len(self._taken) >= self._request.most

    def add(self, written: str) -> bool:
        """True where the line adds a standing quote."""
        pointed = self._pointed(written)
        if pointed is None or self.full:
            return False
        number, line = pointed
        added = number > self._request.first
        if any(_repeats(line, other) for n, other in self._taken if added or n == number):
            return False
        if len(words(line)) > self._room:
            return False
        if any(number == n for n, _ in self._taken):
            line = replace(line, phrase="")
        self._room -= len(words(line))
        self._taken.append((number, line))
        return True

    def _pointed(self, written: str) -> tuple[int, Line] | None:
        """The number of the excerpt that a line points to, and the excerpt narrowed to the words that it quotes."""
        text = written.strip() if len(written) <= LINE else ""
        pointer = POINTER.match(text)
        number = int(pointer[1]) if pointer else 0
        if not 1 <= number <= len(self._request.excerpts):
            return None
        quoted = text[pointer.end() :].removesuffix(".").rstrip()
        if len(quoted) < 3 or quoted[0] not in OPENING or quoted[-1] not in CLOSING:
            return None
        line = narrowed(self._request.excerpts[number - 1], fold_space(quoted[1:-1]))
        return (number, line) if line else None

    def draft(self, whole: bool = True) -> Draft:
        """Our phrases around the quotes that stand; when whole, what was left out of the extractive answer follows."""
        own = self._draft.lines
        at = [i for i, line in enumerate(own) if line.cited]
        lead, tail = own[: at[0]] if at else own, tuple(line for line in own[at[0] :] if not line.cited) if at else ()
        left = self._left_out() if whole else ()
        lines = (*lead, *(line for _, line in self._taken), *tail)
        return replace(self._draft, lines=lines, more=(*left, *self._draft.more))

    def _left_out(self) -> Iterator[Line]:
        taken = {id(self._request.excerpts[number - 1]) for number, _ in self._taken}
        return (line for line in self._draft.lines if line.cited and id(line) not in taken)


def narrowed(excerpt: Line, wanted: str) -> Line | None:
    """The excerpt cut to the words wanted, in the source's own characters; None where they do not stand in it alone."""
    text = words(excerpt)
    if not wanted or _defused(wanted) == _defused(text):
        return excerpt if wanted else None
    if len(squeeze(wanted)) < SHORTEST:
        return None
    for found in re.finditer(re.escape(_defused(wanted)), _defused(text)):
        if intact(text, *found.span()):
            return Line(excerpt.phrase, tuple(_overlaps(excerpt.cited, *found.span())))
    return None


def _overlaps(cited: Sequence[Cited], start: int, end: int) -> Iterator[Cited]:
    """Of quotes that stand one after the other, a blank between, what lies between two places."""
    at = 0
    for c in cited:
        part = c.quote.text[max(0, start - at) : max(0, end - at)].strip()
        if part:
            yield replace(c, quote=Quote(part, c.quote.first, c.quote.last))
        at += len(c.quote.text) + 1


def _repeats(one: Line, other: Line) -> bool:
    """True where one of two lines says again what the other quotes from the same lines of the same source."""
    a, b = one.cited[0], other.cited[0]
    if a.referential.source != b.referential.source or a.quote.last < b.quote.first or b.quote.last < a.quote.first:
        return False
    texts = sorted((squeeze(words(one)), squeeze(words(other))), key=len)
    return texts[0] in texts[1]
