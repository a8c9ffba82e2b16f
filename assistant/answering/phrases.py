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


def say_count(key: str, lang: Lang, value: int) -> str:
    """A phrase around a count, in the singular where it has one ("1 bloc")."""
    return say(f"{key}_one" if value == 1 else key, lang, value=value)
