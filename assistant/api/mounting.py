"""The interfaces within the web app."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.util import find_spec

from fastapi import FastAPI
from starlette.routing import Route
from starlette.types import ASGIApp

from assistant.api.operations import Operations
from assistant.api.rest import rest

REST = "/api/v1"


def offer(app: FastAPI, operations: Operations, behind: Callable[[ASGIApp], ASGIApp] = lambda inner: inner) -> None:
    """REST at /api/v1 and, where the package `mcp` is installed, MCP at /mcp; call before "/" is mounted.

    Args:
        behind: puts an ASGI object that decides who may ask before an interface; by default whom the app lets in may.
    """
    app.mount(REST, behind(rest(operations)))
    if find_spec("mcp") is None:
        return
    # The package is an extra: without it everything else works.
    from assistant.api.tools import PATH, Tools  # noqa: PLC0415

    tools = Tools(operations)
    app.router.routes.append(Route(PATH, endpoint=behind(tools)))
    around = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(inner: FastAPI) -> AsyncIterator[object]:
        async with around(inner) as state, tools.running():
            yield state

    app.router.lifespan_context = lifespan
