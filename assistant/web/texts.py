"""The page's phrases in the reader's language, with its typography."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import get_args

from assistant.answer import Lang
from assistant.typography import french

LANGS: tuple[Lang, ...] = get_args(Lang)


class Texts:
    """The phrases of one language, by key.

    Attributes:
        lang: the language.
        other: the language to switch to.
    """

    def __init__(self, lang: Lang, phrases: dict[str, str]) -> None:
        self.lang: Lang = lang
        self.other: Lang = "en" if lang == "fr" else "fr"
        self.phrases = {key: self.spaced(text) for key, text in phrases.items()}

    def __call__(self, key: str, **values: object) -> str:
        """The phrase with its holes filled; KeyError where there is none."""
        return self.phrases[key].format(**values) if values else self.phrases[key]

    def count(self, key: str, n: int, **values: object) -> str:
        """The phrase for one, or for another number of things; French counts 0 as one, but says it in full."""
        return self(f"{key}.one" if n == 1 else f"{key}.other", n=n, **values)

    def title(self, page: str) -> str:
        """What the window of a page is called."""
        return f"{self(f'tab.{page}')} · {self('page.title')}"

    def spaced(self, text: str) -> str:
        """A text of ours or of an answer with this language's spacing; never applied to what is quoted alone."""
        return french(text) if self.lang == "fr" else text

    def day(self, day: date) -> str:
        return f"{day:%d/%m/%Y}" if self.lang == "fr" else f"{day.day} {day:%B %Y}"


@cache
def texts(lang: Lang) -> Texts:
    """The phrases of a language, read once."""
    table = tomllib.loads(files("assistant.web").joinpath("texts.toml").read_text(encoding="utf-8"))
    return Texts(lang, table[lang])
