"""A prompt out of evidence, and a draft out of a reply; neither touches the network."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import prompts
from assistant.answer import Lang, Turn
from assistant.answering.draft import Cited, Draft, Line
from corpus.document import Quote, fold_space, squeeze

LINE = re.compile(r"^\s*[-•]?\s*\[(\d{1,3})\]\s*[«\"“]\s*(.+?)\s*[»\"”]\s*\.?\s*$")
MOST = 6  # quotes in a reply
TOKENS = 3000  # of evidence in a prompt
TURNS = 4  # of the conversation in a prompt
SHORTEST = 8  # characters of a quote without its spaces


def build(
    question: str, history: Sequence[Turn], evidence: Sequence[Cited], lang: Lang, count: Callable[[str], int]
) -> tuple[str, tuple[Cited, ...]]:
    """The prompt, and the evidence that found room in it, in the order of its numbers.

    Args:
        count: tells how many tokens a text takes.
    """
    room, kept = TOKENS, []
    for cited in evidence:
        room -= count(cited.quote.text) + 8
        if room < 0:
            break
        kept.append(cited)
    numbered = "\n".join(f"[{n}] {_defused(c.quote.text)}" for n, c in enumerate(kept, 1))
    said = "\n".join(f"{t.role}: {_defused(t.content)[:500]}" for t in history[-TURNS:])
    template = prompts.load(f"answer_{lang}")
    return template.format(most=MOST, history=said, question=_defused(question), evidence=numbered), tuple(kept)


def _defused(text: str) -> str:
    """A text on one line that cannot close the tags around it."""
    return fold_space(text).replace("<", "‹").replace(">", "›")


def parse(reply: str, evidence: Sequence[Cited], draft: Draft) -> Draft | None:
    """The draft with the reply's quotes for its lines; None where no quote of the reply stands in its evidence."""
    lines: list[Line] = []
    for written in reply.splitlines():
        match = LINE.match(written)
        cited = _standing(match, evidence) if match else None
        if cited and all(cited != line.cited[0] for line in lines):
            lines.append(Line("", (cited,)))
    if not lines:
        return None
    headings = tuple(line for line in draft.lines if not line.cited)
    return replace(draft, lines=(*headings, *lines[:MOST]))


def _standing(match: re.Match[str], evidence: Sequence[Cited]) -> Cited | None:
    """The evidence narrowed to the words that the reply quotes, None where it does not hold them."""
    number, words = int(match.group(1)), fold_space(match.group(2))
    if not 1 <= number <= len(evidence):
        return None
    source = evidence[number - 1]
    wanted = squeeze(words)
    if len(wanted) < SHORTEST and wanted != squeeze(source.quote.text):
        return None
    if words not in source.quote.text:
        return None
    return replace(source, quote=Quote(words, source.quote.first, source.quote.last))
