"""What the pages call."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from corpus.referential import Referential
from index.cards import Card

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.feedback.opinions import Opinions
    from index.library import Library


class Service:
    """The assistant and the library, with the date and the name of the language model, None where there is none.

    Args:
        opinions: where readers' opinions on answers are kept; without it nobody is asked for one.
    """

    def __init__(
        self,
        assistant: Assistant,
        library: Library,
        model: str | None = None,
        today: Callable[[], date] = date.today,
        opinions: Opinions | None = None,
    ) -> None:
        self.assistant, self.library, self.model, self.today = assistant, library, model, today
        self.opinions = opinions
        self.finder = assistant.finder
        self._held: tuple[int, tuple[Card, ...]] = (-1, ())

    @property
    def cards(self) -> tuple[Card, ...]:
        """The heads of all referentials of the library's present generation, read once."""
        generation = self.library.generation
        if self._held[0] != generation:
            self._held = (generation, self.library.cards())
        return self._held[1]

    def referentials(self, sources: Iterable[str]) -> tuple[Referential, ...]:
        """Those of some sources, as a whole."""
        return self.library.referentials(frozenset(sources))

    def page_of(self, source: str, line: int) -> int | None:
        return self.library.document(source).page_of(line)

    def choices(self, most: int = 500) -> list[tuple[str, str]]:
        """(what to show, what to pass on) for each certification, once, by name; others than these can be typed."""
        named = {c.code or c.source: c.name for c in self.cards}
        return sorted((name, value) for value, name in named.items())[:most]
