"""A model's reply while it comes: drafts that grow by whole, standing quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answering.draft import Cited, Draft
from assistant.model.arrange import parse
from assistant.model.port import LanguageModel


def drafts(model: LanguageModel, prompt: str, evidence: Sequence[Cited], draft: Draft) -> Iterator[Draft]:
    """A draft after each line of the reply that adds a standing quote; none where nothing stands.

    Raises:
        ModelError: from the model, at any time.
    """
    reply, shown = "", 0
    for piece in model.stream(prompt):
        reply += piece
        if "\n" in piece:
            grown = parse(reply.rpartition("\n")[0], evidence, draft)
            if grown and len(grown.lines) > shown:
                shown = len(grown.lines)
                yield grown
    whole = parse(reply, evidence, draft)
    if whole and len(whole.lines) > shown:
        yield whole
