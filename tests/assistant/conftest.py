"""A library of the shipped notices, which is there on every machine, and an assistant over it."""

from datetime import date
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from corpus.notices import folder
from index.library import Library

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("notices")


@pytest.fixture(scope="session")
def library(home: Path) -> Library:
    library = Library.open(home, create=True)
    *_, last = library.add(sorted(Path(folder()).glob("*.txt")))
    assert not last.report.failed
    return library


@pytest.fixture(scope="session")
def assistant(library: Library) -> Assistant:
    return Assistant(library, today=lambda: TODAY)
