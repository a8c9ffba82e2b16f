"""A match that a language model looks over: it proposes pairs of lines, the rules decide, as they do without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Lang
from assistant.matching.evidence import BlockMatch, Pair
from assistant.matching.match import Matcher
from assistant.matching.statements import Statement
from assistant.model.budget import counter
from assistant.model.pairs import Request, build, proposed
from assistant.model.port import LanguageModel
from assistant.model.sent import told
from corpus.document import Document
from corpus.referential import Referential


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A match, and what a language model had to do with it.

    Attributes:
        proposed, kept: pairs that the model proposed, and those of them that the rules had found as well.
        notices: why the model had no part in it, where it failed.
    """

    matches: tuple[BlockMatch, ...]
    proposed: int = 0
    kept: int = 0
    notices: tuple[str, ...] = ()


class Review:
    """One CV before one language model: what would be sent, then the single call.

    Args:
        referentials: those that the CV is matched to; the competences of the best one are sent.
    """

    def __init__(
        self, matcher: Matcher, model: LanguageModel, cv: Document, referentials: Sequence[Referential]
    ) -> None:
        self._matcher, self._model, self._cv, self._referentials = matcher, model, cv, referentials
        self._plain = matcher.match(cv, referentials)
        self._statements = matcher.voiced(cv).statements
        best = self._plain[0] if self._plain else None
        blocks = [b for b in self._plain if best and (b.source, b.certification) == (best.source, best.certification)]
        self.request: Request = build(cv.lines, self._statements, blocks, counter(model.name))

    def told(self, lang: Lang = "fr") -> tuple[str, ...]:
        """Sentences for the person whose CV it is, to be shown before `run`; none where nothing is sent."""
        return () if self.request.empty else told(self.request, self._model.name, lang)

    def run(self, lang: Lang = "fr") -> Reviewed:
        """The match with the pairs that the model and the rules agree on shown first."""
        pairs, notices = proposed(self._model, self.request, lang)
        matches = self._matcher.match(self._cv, self._referentials, pairs) if pairs else self._plain
        kept = sum(_shown(p, self._statements[p.statement], matches) for p in pairs)
        return Reviewed(matches, len(pairs), kept, notices)


def _shown(pair: Pair, statement: Statement, matches: Sequence[BlockMatch]) -> bool:
    place = pair.place
    for block in matches:
        if (block.source, block.certification, block.block) == (place.source, place.certification, place.block):
            evidence = block.competences[place.competence].evidence
            return any((e.cv_line, e.cv_quote) == (statement.line, statement.text) for e in evidence)
    return False
