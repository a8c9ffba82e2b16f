"""The one class that users of the package meet: it answers questions and matches CVs over a library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from assistant.answer import Answer, Lang, Status, Turn
from assistant.answering.draft import Draft, Line, quoted
from assistant.answering.extract import extract
from assistant.answering.joining import joined
from assistant.answering.ranking import rank
from assistant.answering.suggesting import suggested
from assistant.answering.write import Documents, write
from assistant.knowledge import Knowledge
from assistant.matching.evidence import BlockMatch
from assistant.matching.match import Matcher
from assistant.matching.proposing import PROPOSED, Proposal, as_matched, proposals
from assistant.matching.shortlist import ALL, shortlist
from assistant.model.arrange import build
from assistant.model.budget import counter
from assistant.model.port import LanguageModel
from assistant.model.stream import answers
from assistant.reviewing import Review
from assistant.searching.finding import Finder
from assistant.understanding.clauses import asked
from assistant.understanding.facets import Topics
from assistant.understanding.query import Query, understand
from corpus.document import Document, Quote
from corpus.errors import UsageError
from corpus.referential import Referential
from index.contract import Filters
from index.library import Library
from index.renewing import Renewing

LONGEST = 4000  # characters of a question
LIKELY = 4  # referentials that a question without a name is asked of
OFFERED = 40  # quotes that a language model may choose from


class Assistant:
    """Answers out of a library.

    Args:
        model: arranges evidence into answers; without one the answers are extractive.
        today: tells the date; validity depends on it.

    Attributes:
        finder: finds certifications in the library.
    """

    def __init__(
        self, library: Library, model: LanguageModel | None = None, today: Callable[[], date] = date.today
    ) -> None:
        self.library = library
        self._model = model
        self._today = today
        self.finder = Finder(library, today)
        self._topics = Topics(library.encoder)
        self._matcher = Matcher(library.encoder)
        self._knowledge: tuple[int, Knowledge] | None = None
        self._renewing = Renewing()

    @property
    def model(self) -> LanguageModel | None:
        """What arranges the answers, None where they are extractive; one that `configured` made tells its `state`."""
        return self._model

    @property
    def knowledge(self) -> Knowledge:
        """What is derived from the library's present generation; from the one before while that takes long."""
        held = self._knowledge
        if held is None or held[0] != self.library.generation:
            self._renewing.wait(self._renew, needed=held is None)
        return self._knowledge[1]

    def _renew(self) -> None:
        """Learn the present generation, unless it is known by now; whole, where an earlier one serves meanwhile."""
        generation, held = self.library.generation, self._knowledge
        if held is not None and held[0] == generation:
            return
        cards, load = self.library.cards(), self.library.referentials
        knowledge = Knowledge(cards, load, self.library.encoder, self._likely)
        if held is not None:
            knowledge.warm()
        self._knowledge = (generation, knowledge)

    def warm(self) -> None:
        """Load all that answers need of the library at its present generation: seconds for the national répertoire."""
        self.finder.find("certification")
        self.knowledge.warm()

    def ask(
        self, question: str, history: Sequence[Turn] = (), lang: Lang | None = None, certifications: Sequence[str] = ()
    ) -> Answer:
        """Answer a question.

        Args:
            history: the conversation before it, oldest first.
            lang: the language of our phrases; by default that of the question.
            certifications: codes or source names to which the answer is limited; none means all.

        Raises:
            UsageError: the question is empty or too long.
        """
        *_, last = self.stream(question, history, lang, certifications)
        return last

    def stream(
        self, question: str, history: Sequence[Turn] = (), lang: Lang | None = None, certifications: Sequence[str] = ()
    ) -> Iterator[Answer]:
        """Like `ask`, as complete answers, each longer than the last; the last one stands, whole and verified."""
        query = self.understand(question, history, lang, certifications)
        within = query.referentials or self._chosen(certifications)
        parts = asked(query, history, self.knowledge, self._topics, within)
        draft = joined(parts, [self._extract(q, certifications) for q in parts])
        if self._model is None or draft.status is not Status.ANSWERED:
            yield self._write(draft, query)
        else:
            yield from self._arranged(self._model, query, history, draft)

    def match(self, cv: Document, certifications: Sequence[str] = ()) -> tuple[BlockMatch, ...]:
        """Match a CV to the blocks of the certifications chosen: best source first, then best block.

        Where none is chosen: of all, or, in a large library, of those that the CV is likeliest about.
        """
        return self._matcher.match(cv, self._chosen(certifications) or self._candidates(cv))

    def propose(self, cv: Document, most: int = PROPOSED) -> tuple[Proposal, ...]:
        """The certifications that a CV speaks for, best first, at most so many, each with the reason."""
        candidates = tuple(map(as_matched, self._candidates(cv)))
        found = self._matcher.match(cv, candidates)
        return proposals(found, candidates, self.library.cards(), self._today(), most)

    def review(self, cv: Document, certifications: Sequence[str] = ()) -> Review | None:
        """The same match, for the language model to look over; None where there is no model.

        Nothing is sent before the review's `run`; its `told` says what would be.
        """
        if self._model is None:
            return None
        return Review(self._matcher, self._model, cv, self._chosen(certifications) or self._candidates(cv))

    def understand(
        self, question: str, history: Sequence[Turn] = (), lang: Lang | None = None, certifications: Sequence[str] = ()
    ) -> Query:
        """The question as it is understood; raises UsageError where there is none or it is too long."""
        asked = question.strip()
        if not asked or len(asked) > LONGEST:
            raise UsageError(
                f"question of {len(asked)} characters, expected 1 to {LONGEST}",
                f"Écrivez une question de 1 à {LONGEST} caractères.",
                f"Write a question of 1 to {LONGEST} characters.",
            )
        return understand(asked, history, self.knowledge, self._topics, lang, self._chosen(certifications))

    def _extract(self, query: Query, certifications: Sequence[str]) -> Draft:
        def search(text: str) -> Sequence[Referential]:
            return self._likely(text, certifications)

        return extract(query, self.knowledge, search, self.finder.find, self._today())

    def _arranged(self, model: LanguageModel, query: Query, history: Sequence[Turn], draft: Draft) -> Iterator[Answer]:
        """What the model makes of the evidence; the extractive answer where nothing of its reply stands."""
        own = [line for line in draft.lines if line.cited]
        request = build(query.text, history, own, self._near(query, draft), query.lang, counter(model.name))
        documents = cache(self.library.document)  # an answer that grows is checked again at each step
        yield from answers(model, request, draft, lambda d: self._write(d, query, documents))

    def _near(self, query: Query, draft: Draft) -> list[Line]:
        """What a model may choose from besides the extractive answer's quotes, best first."""
        ranked = rank(query, draft.about, self.knowledge)[:OFFERED]
        offered = (*draft.more, *(quoted(s.referential, s.statement) for s in ranked))
        known = {_quotes(line) for line in draft.lines}
        return list({_quotes(line): line for line in offered if line.cited and _quotes(line) not in known}.values())

    def _write(self, draft: Draft, query: Query, documents: Documents | None = None) -> Answer:
        answer = write(draft, documents or self.library.document, query.lang, self._today())
        return replace(answer, suggestions=suggested(query, draft, self.knowledge))

    def _chosen(self, certifications: Sequence[str]) -> tuple[Referential, ...]:
        return self.library.referentials(certifications)

    def _candidates(self, cv: Document) -> tuple[Referential, ...]:
        """All referentials where they are few, else those whose passages the CV's lines are nearest to."""
        if len(self.library.cards()) <= ALL:
            return self.library.referentials()
        near = shortlist(self._matcher.voiced(cv), lambda vectors, most: self.library.nearest(vectors, top=most))
        return self.library.referentials(near)

    def _likely(self, text: str, certifications: Sequence[str] = ()) -> list[Referential]:
        """The referentials whose passages are nearest to a text, best first."""
        hits = self.library.search(text, Filters(certifications=tuple(certifications)), top=20)
        loaded = self.library.referentials({h.passage.source for h in hits})
        by_place = {(r.source, r.code): r for r in loaded}
        found = [by_place.get((h.passage.source, h.passage.certification)) for h in hits]
        return list({id(r): r for r in found if r}.values())[:LIKELY]


def _quotes(line: Line) -> tuple[tuple[str, int | None, Quote], ...]:
    """What a line quotes, whatever it says before."""
    return tuple((c.referential.source, c.block, c.quote) for c in line.cited)
