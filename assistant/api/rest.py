"""REST: the operations at addresses, described by OpenAPI."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Path, Query

from assistant.answer import Lang, Turn
from assistant.api import comparisons, models, searches
from assistant.api.operations import Operations
from assistant.api.problems import described

VERSION = "1"
PROBLEM = {"model": models.Problem, "description": "What went wrong, in the language asked for"}
RESPONSES = dict.fromkeys((404, 413, 422, 503), PROBLEM)
Name = Annotated[
    str,
    Path(
        max_length=models.LONGEST_NAME,
        description="A code in any spelling, or the name of a source",
        examples=["RNCP38822"],
    ),
]
Language = Annotated[Lang | None, Query(description="Language of errors; else what Accept-Language says")]


class Search(models.Narrowing):
    """A search: words or a sentence, with filters; those that the words state count as well."""

    q: str = models.Field(min_length=1, max_length=models.LONGEST_QUERY, examples=["intégration continue"])
    page: int = models.Field(1, ge=1, le=models.LAST_PAGE)
    lang: Lang | None = None


class PassageSearch(Search):
    top: int = models.Field(10, ge=1, le=models.MOST_HITS, description="Passages on a page")


def rest(operations: Operations) -> FastAPI:
    """The application to mount at /api/v1; its description is at openapi.json."""
    api = FastAPI(
        title="Acquis",
        version=VERSION,
        summary="Cited answers, search and comparison over French vocational certifications",
        docs_url=None,  # its pages load their scripts from elsewhere
        redoc_url=None,
        responses=RESPONSES,
    )
    described(api)
    _finding(api, operations)
    _reading(api, operations)
    return api


def _finding(api: FastAPI, operations: Operations) -> None:
    """What is asked in words."""

    @api.get("/search")
    def search(asked: Annotated[PassageSearch, Query()]) -> searches.Found:
        """The passages nearest to words or a sentence, best first."""
        return operations.search(asked.q, asked, asked.top, asked.page)

    @api.get("/certifications")
    def certifications(asked: Annotated[Search, Query()]) -> searches.FoundCertifications:
        """The certifications that words, a code or a sentence speak of, ten a page, with their blocks and facets."""
        return operations.certifications(asked.q, asked, asked.page)

    @api.post("/ask")
    def ask(asked: models.Question) -> models.Answer:
        """An answer made of quotes."""
        history = [Turn(turn.role, turn.content) for turn in asked.history]
        return operations.ask(asked.question, history, asked.lang, asked.certifications)


def _reading(api: FastAPI, operations: Operations) -> None:
    """What is asked of certifications by name."""

    @api.get("/certifications/{name}")
    def fiche(name: Name, lang: Language = None) -> models.Fiche:
        """One certification: facts, blocks, competences, sections, each with its quotes."""
        return operations.fiche(name)

    @api.get("/certifications/{name}/blocks")
    def blocks(name: Name, lang: Language = None) -> models.Blocks:
        """The blocks of one certification."""
        return operations.blocks(name)

    @api.get("/certifications/{name}/blocks/{number}")
    def block(name: Name, number: Annotated[int, Path(ge=1, le=999)], lang: Language = None) -> models.Blocks:
        """One block of one certification, by its official number."""
        return operations.blocks(name, number)

    @api.get("/certifications/{name}/validity")
    def validity(name: Name, lang: Language = None) -> models.Validity:
        """Whether a certification is in force today, until when, and what replaces it."""
        return operations.validity(name)

    @api.get("/compare")
    def compare(
        before: Annotated[str, Query(min_length=1, max_length=models.LONGEST_NAME)],
        after: Annotated[str | None, Query(max_length=models.LONGEST_NAME)] = None,
        lang: Language = None,
    ) -> comparisons.Compared:
        """Two certifications, block by block and competence by competence; or one with what replaces it."""
        return operations.compare(before, after)
