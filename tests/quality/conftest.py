"""A store with just the genuine documents, and the scorer that comes with the development sets."""

import importlib.util
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from assistant.assistant import Assistant
from index.library import Library


@pytest.fixture(scope="session")
def score(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def genuine(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library.open(tmp_path_factory.mktemp("genuine"), create=True)
    *_, last = library.add(sorted((shared / "corpus").glob("*.txt")))
    assert not last.report.failed
    return library


@pytest.fixture(scope="session")
def expert(genuine: Library) -> Assistant:
    return Assistant(genuine, today=lambda: date(2026, 11, 22))
