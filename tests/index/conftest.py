"""Both kinds of store: a folder of this machine, and a database of a real PostgreSQL server."""

import pytest
from shared_store import database, server

from index import opening
from index.encoder import HashingEncoder


@pytest.fixture(scope="session")
def address():
    with server() as uri:
        yield uri


@pytest.fixture(autouse=True)
def _cache(tmp_path, monkeypatch):
    """Imports into a database are prepared in a folder that goes with the test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture(params=["folder", "postgresql"])
def place(request, tmp_path):
    if request.param == "folder":
        return tmp_path / "home"
    return database(request.getfixturevalue("address"))


@pytest.fixture
def both(tmp_path, address):
    """A library in a folder and one in a database."""
    return [opening.library(p, HashingEncoder(), create=True) for p in (tmp_path / "home", database(address))]
