"""What can be asked of Acquis by another program: one method an operation, the same for REST, MCP and commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from assistant.answer import Lang, Turn
from assistant.api import comparisons, fiches, models, searches
from assistant.assistant import Assistant
from assistant.cli import records
from assistant.comparison.compare import compare
from assistant.comparison.comparison import Comparison
from assistant.comparison.pairing import held, pair
from assistant.comparison.quoting import Quoting
from assistant.searching.passages import passages
from corpus.errors import NotHeld, UsageError


class Operations:
    """The operations over one assistant and its library.

    Args:
        today: tells the date; validity depends on it.
    """

    def __init__(self, assistant: Assistant, today: Callable[[], date] = date.today) -> None:
        self.assistant, self.library, self.today = assistant, assistant.library, today
        self.finder = assistant.finder

    def search(self, query: str, narrowing: models.Narrowing, top: int = 10, number: int = 1) -> searches.Found:
        """A page of `top` passages; raises UsageError for a query without a word, or too long."""
        asked = _asked(query)
        found = passages(self.library, asked, narrowing.filters(self.today()), top, number)
        known = self.library.referentials({hit.passage.source for hit in found.hits})
        titles = {(r.source, r.code): r.title for r in known}
        return searches.found(asked, number, found, titles, self.library.document)

    def certifications(self, query: str, narrowing: models.Narrowing, number: int = 1) -> searches.FoundCertifications:
        """Whole certifications; raises UsageError for a query without a word, or too long."""
        asked, today = _asked(query), self.today()
        found = self.finder.find(asked, narrowing.filters(today), number)
        return searches.certifications(asked, found, today, self.library.document)

    def fiche(self, name: str) -> models.Fiche:
        """Raises NotHeld, as all that name a certification do."""
        return fiches.fiche(self._quoting(name), self.today())

    def blocks(self, name: str, number: int | None = None) -> models.Blocks:
        """All blocks, or the one of a number; raises NotHeld where there is no such block."""
        quoting = self._quoting(name)
        referential = quoting.referential
        wanted = tuple(b for b in fiches.blocks(quoting) if number in (None, b.number))
        if number is not None and not wanted:
            raise _no_block(referential.code or referential.title, number)
        return models.Blocks(
            source=referential.source, certification=referential.code, title=referential.title, blocks=wanted
        )

    def validity(self, name: str) -> models.Validity:
        return fiches.validity(self._quoting(name), self.today())

    def compare(self, before: str, after: str | None = None) -> comparisons.Compared:
        """Two certifications, or one and what replaces it."""
        return self.shaped(self.comparison(before, after))

    def shaped(self, found: Comparison) -> comparisons.Compared:
        sides = [Quoting(r, self.library.document) for r in (found.before, found.after)]
        return comparisons.compared(found, *(fiches.validity(side, self.today()) for side in sides))

    def comparison(self, before: str, after: str | None = None) -> Comparison:
        """The same, for our own pages and files."""
        return compare(*pair(self.library, before, after), self.library.encoder, self.library.document)

    def ask(
        self, question: str, history: Sequence[Turn] = (), lang: Lang | None = None, certifications: Sequence[str] = ()
    ) -> models.Answer:
        return models.Answer(**records.answer(self.assistant.ask(question, history, lang, certifications)))

    def _quoting(self, name: str) -> Quoting:
        return Quoting(held(self.library, name), self.library.document)


def _asked(query: str) -> str:
    """The words of a query; raises UsageError."""
    asked = query.strip()
    if 0 < len(asked) <= models.LONGEST_QUERY:
        return asked
    raise UsageError(
        f"query of {len(asked)} characters, expected 1 to {models.LONGEST_QUERY}",
        f"Écrivez ce que vous cherchez, en {models.LONGEST_QUERY} caractères au plus.",
        f"Write what you are looking for, in {models.LONGEST_QUERY} characters at most.",
    )


def _no_block(name: str, number: int) -> NotHeld:
    return NotHeld(
        f"{name} has no block {number}",
        f"{name} n’a pas de bloc {number}.",
        f"{name} has no block {number}.",
    )
