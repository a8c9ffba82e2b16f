"""Pairs of a CV's line and a competence that a language model proposes; whoever takes them verifies them by the rules.

A prompt out of masked lines, and pairs out of a reply, without touching the network; `proposed` joins the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import prompts
from assistant.answer import Lang
from assistant.matching.evidence import BlockMatch, Pair, Place
from assistant.matching.statements import Kind, Statement
from assistant.model.budget import PROMPT, Count
from assistant.model.deadline import PROGRESS, Progress
from assistant.model.masking import Mask
from assistant.model.port import LanguageModel
from assistant.model.stream import Told, notice
from corpus.document import fold_space, squeeze
from corpus.errors import ModelError

PAIR = re.compile(r"\s*(?:[-•*]\s*)?\[C(\d{1,3})\]\s*[«\"“](.+?)[»\"”]\s*(?:=|->|→|↔|:)\s*\[R(\d{1,3})\]\s*\.?\s*$")
SENT = frozenset({Kind.TITLE, Kind.ACTIVITY, Kind.NAMED, Kind.SKILL})
LINE, MOST = 300, 40  # characters of a line in the prompt; pairs in a reply
CV_SHARE = 0.55  # of the prompt's tokens that the CV's lines may take
SHORTEST = 8  # characters of a quote without its spaces


@dataclass(frozen=True, slots=True)
class Request:
    """A prompt and what its numbers, from 1, stand for.

    Attributes:
        statements: their places among the CV's statements, and their masked lines.
        places: the competences.
        title: of the certification whose competences are sent.
        mask: what was taken out of the CV.
    """

    prompt: str
    statements: tuple[tuple[int, str], ...]
    places: tuple[Place, ...]
    title: str
    mask: Mask

    @property
    def empty(self) -> bool:
        return not (self.statements and self.places)


def build(
    lines: Sequence[str], statements: Sequence[Statement], blocks: Sequence[BlockMatch], count: Count
) -> Request:
    """The request for one certification, of at most PROMPT tokens.

    Args:
        lines: all lines of the CV: they tell what is to be masked.
        blocks: of the certification, as the rules have matched them.
    """
    mask = Mask(lines)
    room = PROMPT - count(_filled([], []))
    said = [(i, _defused(mask.masked(s.read))) for i, s in enumerate(statements) if s.kind in SENT]
    said = _fitting(said, lambda n, item: f"[C{n}] {item[1]}", int(room * CV_SHARE), count)
    left = room - sum(count(f"[C{n}] {text}") + 2 for n, (_, text) in enumerate(said, 1))
    asked = [
        (Place(b.source, b.certification, b.block, i), _defused(c.text))
        for b in blocks
        for i, c in enumerate(b.competences)
    ]
    asked = _fitting(asked, lambda n, item: f"[R{n}] {item[1]}", left, count)
    prompt = _filled([text for _, text in said], [text for _, text in asked])
    return Request(prompt, tuple(said), tuple(p for p, _ in asked), blocks[0].title if blocks else "", mask)


def _fitting(items: list, entry, room: int, count: Count) -> list:
    kept = []
    for item in items:
        room -= count(entry(len(kept) + 1, item)) + 2
        if room < 0:
            break
        kept.append(item)
    return kept


def _filled(said: Sequence[str], asked: Sequence[str]) -> str:
    numbered = ("\n".join(f"[{mark}{n}] {t}" for n, t in enumerate(x, 1)) for mark, x in (("C", said), ("R", asked)))
    statements, competences = numbered
    return prompts.load("pairs").format(most=MOST, statements=statements, competences=competences)


def _defused(text: str) -> str:
    """A text on one line that cannot close the tags around it."""
    return fold_space(text)[:LINE].replace("<", "‹").replace(">", "›")


def parse(request: Request, reply: str) -> Pair | None:
    """The pair that a line of the reply proposes; None where it points nowhere or quotes what the CV does not say."""
    found = PAIR.match(reply)
    if not found:
        return None
    said, asked = int(found[1]), int(found[3])
    if not (1 <= said <= len(request.statements) and 1 <= asked <= len(request.places)):
        return None
    place, line = request.statements[said - 1]
    wanted, whole = (squeeze(request.mask.unmasked(t)) for t in (found[2], line))
    if wanted not in whole or (len(wanted) < SHORTEST and wanted != whole):
        return None
    return Pair(place, request.places[asked - 1])


def proposed(model: LanguageModel, request: Request, lang: Lang = "fr") -> tuple[tuple[Pair, ...], tuple[str, ...]]:
    """The pairs of one reply, and for readers why there are none where the model failed."""
    if request.empty:
        return (), ()
    pairs: dict[Pair, None] = {}
    try:
        for pair in _read(model, request):
            pairs[pair] = None
            if len(pairs) >= MOST:
                break
    except ModelError as error:
        return (), (notice(error, lang),)
    return tuple(pairs), ()


def _read(model: LanguageModel, request: Request) -> Iterator[Pair]:
    progress = Progress()
    PROGRESS.set(progress)
    pieces = model.stream(request.prompt)
    try:
        for line in Told().lines(pieces):
            pair = parse(request, line)
            if pair:
                progress.made()
                yield pair
    finally:
        close = getattr(pieces, "close", None)
        if close:
            close()
