"""The door to the Model Context Protocol: the operations as tools, over HTTP within the web app and over stdio."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import wraps
from typing import Annotated, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from pydantic import Field
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.answer import Lang
from assistant.api import comparisons, models, searches
from assistant.api.operations import Operations
from assistant.api.problems import LARGEST, UNEXPECTED, noted
from corpus.errors import AcquisError

PATH = "/mcp"
HOSTS = "ACQUIS_MCP_HOSTS"  # names under which the service may be reached besides this machine's own
LOCAL = ("127.0.0.1:*", "localhost:*", "[::1]:*")
INSTRUCTIONS = (
    "Acquis holds French vocational certifications (RNCP, RS). Every statement it returns is quoted word for word from "
    "a named source with its lines: cite these quotes, and say so where the sources do not answer. Certifications are "
    "named by code in any spelling (RNCP38822) or by the name of their source."
)
NARROWING = models.Narrowing()
Words = Annotated[str, Field(max_length=models.LONGEST_QUERY)]
Top = Annotated[int, Field(ge=1, le=models.MOST_HITS)]
PageNumber = Annotated[int, Field(ge=1, le=models.LAST_PAGE)]
Name = Annotated[str, Field(max_length=models.LONGEST_NAME, description="Code of a certification, or name of a source")]


def server(operations: Operations) -> MCPServer:
    """The tools search, certifications, fiche, blocks, validity, compare and ask."""
    made = MCPServer("acquis", title="Acquis", instructions=INSTRUCTIONS, log_level="WARNING")
    _finding(made, operations)
    _reading(made, operations)
    return made


def _finding(made: MCPServer, operations: Operations) -> None:
    """What is asked in words."""

    @made.tool()
    @_told
    def search(
        query: Words, filters: models.Narrowing = NARROWING, top: Top = 10, page: PageNumber = 1
    ) -> searches.Found:
        """Find the passages of referentials nearest to words or a sentence, in French or English, best first."""
        return operations.search(query, filters, top, page)

    @made.tool()
    @_told
    def certifications(
        query: Words, filters: models.Narrowing = NARROWING, page: PageNumber = 1
    ) -> searches.FoundCertifications:
        """Find certifications by words, jobs, acronyms or codes, ten a page, each with the blocks that answer."""
        return operations.certifications(query, filters, page)

    @made.tool()
    @_told
    def ask(
        question: Annotated[str, Field(max_length=models.LONGEST_QUESTION)],
        lang: Lang | None = None,
        certifications: Sequence[str] = (),
    ) -> models.Answer:
        """Answer a question about certifications by quotes; not_found where the sources do not say."""
        return operations.ask(question, (), lang, certifications)


def _reading(made: MCPServer, operations: Operations) -> None:
    """What is asked of certifications by name."""

    @made.tool()
    @_told
    def fiche(certification: Name) -> models.Fiche:
        """One certification as its source describes it: facts, blocks, competences and sections."""
        return operations.fiche(certification)

    @made.tool()
    @_told
    def blocks(certification: Name, number: Annotated[int | None, Field(ge=1)] = None) -> models.Blocks:
        """The competence blocks of a certification, or the one with this official number."""
        return operations.blocks(certification, number)

    @made.tool()
    @_told
    def validity(certification: Name) -> models.Validity:
        """Whether a certification is in force today, until when, and what replaces it."""
        return operations.validity(certification)

    @made.tool()
    @_told
    def compare(before: Name, after: Name | None = None) -> comparisons.Compared:
        """What two certifications keep, reword, add and drop; without a second one, what replaces the first."""
        return operations.compare(before, after)


def _told(operation: Callable) -> Callable:
    """The operation, whose errors the calling model can read; of others it learns nothing."""

    @wraps(operation)
    def telling(*args: object, **named: object) -> object:
        try:
            return operation(*args, **named)
        except AcquisError as error:
            raise ToolError(f"{error.hint} ({error.hint_en})") from None
        except Exception as error:
            noted(error)
            raise ToolError(" ".join(UNEXPECTED)) from None

    return telling


class Tools:
    """The tools at an address of the web app, while `running`."""

    def __init__(self, operations: Operations, environment: Mapping[str, str] = os.environ) -> None:
        self._server = server(operations)
        self._allowed = allowed(environment)
        self._app: ASGIApp | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        self._app = self._server.streamable_http_app(
            streamable_http_path=PATH,
            json_response=True,
            stateless_http=True,
            max_request_body_size=LARGEST,
            transport_security=self._allowed,
        )
        async with self._server.session_manager.run():
            yield
        self._app = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._app is None:
            raise RuntimeError("the tools are asked for outside their application's lifespan")
        await self._app(scope, receive, send)


def allowed(environment: Mapping[str, str]) -> TransportSecuritySettings:
    """Under which names the tools answer: those of this machine, and those of ACQUIS_MCP_HOSTS.

    Any other name may be that of a page elsewhere which has made the browser believe that it is here.
    """
    more = [name.strip() for name in environment.get(HOSTS, "").split(",") if name.strip()]
    hosts = [*LOCAL, *more, *(f"{name}:*" for name in more)]
    origins = [f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts]
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)


def run(operations: Operations, transport: Literal["stdio"] = "stdio") -> None:
    """Serve the tools to the program that started this one, until it hangs up."""
    server(operations).run(transport)
