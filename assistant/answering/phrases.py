"""Fixed phrases of ours, in the reader's language."""

import tomllib
from pathlib import Path

from assistant.answer import Lang

PHRASES: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("phrases.toml").read_text(encoding="utf-8"))


def say(key: str, lang: Lang, **values: object) -> str:
    """A phrase with its placeholders filled.

    Raises:
        KeyError: the phrase does not exist or lacks a value: a mistake of ours, not of the user's.
    """
    return PHRASES[lang][key].format(**values)
