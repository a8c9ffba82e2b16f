"""How many tokens a prompt may take, and how a text is cut to fit."""

from __future__ import annotations

from collections.abc import Callable

from index.tokens import encoding_for

Count = Callable[[str], int]

PROMPT = 2600  # tokens of a whole prompt: with a reply of 600, room in a window of 4,096 even where another encoding
# than ours takes a quarter more
QUESTION = 400  # tokens of the question
HISTORY = 400  # tokens of the conversation before it


def counter(model: str) -> Count:
    """Counts in a model's own encoding where it is known and on this machine, else in ours."""
    encoding = encoding_for(model)
    return lambda text: len(encoding.encode_ordinary(text))


def shortened(text: str, most: int, count: Count) -> str:
    """The text's beginning of at most that many tokens."""
    while (size := count(text)) > most:
        text = text[: min(len(text) - 1, int(len(text) * most / size))]
    return text
