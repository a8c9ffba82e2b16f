"""What the pages call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from corpus.referential import Referential

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from index.library import Library


class Service:
    """The assistant and the library, with the date and the name of the language model, None where there is none."""

    def __init__(
        self,
        assistant: Assistant,
        library: Library,
        model: str | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.assistant, self.library, self.model, self.today = assistant, library, model, today
        self._held: tuple[int, tuple[Referential, ...]] = (-1, ())

    @property
    def referentials(self) -> tuple[Referential, ...]:
        """Those of the library's present generation, read once."""
        generation = self.library.generation
        if self._held[0] != generation:
            self._held = (generation, self.library.referentials())
        return self._held[1]

    def page_of(self, source: str, line: int) -> int | None:
        return self.library.document(source).page_of(line)

    def choices(self, most: int = 500) -> list[tuple[str, str]]:
        """(what to show, what to pass on) for each certification, once, by name; others than these can be typed."""
        named = {r.code or r.source: r.name for r in self.referentials}
        return sorted((name, value) for value, name in named.items())[:most]
