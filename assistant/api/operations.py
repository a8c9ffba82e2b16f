"""What can be asked of Acquis by another program: one method an operation, the same for REST, MCP and commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from assistant.answer import Lang, Turn
from assistant.api import comparisons, fiches, models
from assistant.assistant import Assistant
from assistant.cli import records
from assistant.comparison.compare import compare
from assistant.comparison.comparison import Comparison
from assistant.comparison.pairing import held, pair
from assistant.comparison.quoting import Quoting
from corpus.errors import NotHeld, UsageError
from index.contract import Filters


class Operations:
    """The operations over one assistant and its library.

    Args:
        today: tells the date; validity depends on it.
    """

    def __init__(self, assistant: Assistant, today: Callable[[], date] = date.today) -> None:
        self.assistant, self.library, self.today = assistant, assistant.library, today

    def search(self, query: str, narrowing: models.Narrowing, top: int = 10) -> models.Found:
        """Raises UsageError for a query without a word, or too long."""
        asked = query.strip()
        if not 0 < len(asked) <= models.LONGEST_QUERY:
            raise _unasked(len(asked))
        filters: Filters = narrowing.filters(self.today())
        hits = [records.hit(h, self.library.document) for h in self.library.search(asked, filters, top)]
        found = self.library.referentials({hit["source"] for hit in hits})
        titles = {(r.source, r.code): r.title for r in found}
        return models.Found(
            query=asked,
            hits=tuple(models.Hit(**h, title=titles[h["source"], h["certification"]]) for h in hits),
        )

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

    def compare(self, before: str, after: str | None = None) -> models.Compared:
        """Two certifications, or one and what replaces it."""
        return self.shaped(self.comparison(before, after))

    def shaped(self, found: Comparison) -> models.Compared:
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


def _unasked(length: int) -> UsageError:
    return UsageError(
        f"query of {length} characters, expected 1 to {models.LONGEST_QUERY}",
        f"Écrivez ce que vous cherchez, en {models.LONGEST_QUERY} caractères au plus.",
        f"Write what you are looking for, in {models.LONGEST_QUERY} characters at most.",
    )


def _no_block(name: str, number: int) -> NotHeld:
    return NotHeld(
        f"{name} has no block {number}",
        f"{name} n’a pas de bloc {number}.",
        f"{name} has no block {number}.",
    )
