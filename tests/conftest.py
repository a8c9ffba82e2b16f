"""What every test may lean on: the folder of genuine documents, where it is there; and the order of the tests."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A run that decides whether a change lands tries the same examples each time; anywhere else they are new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("default", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "default")

SHARED = Path(os.environ.get("ACQUIS_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-look", action="store_true", help="put each state of each page into every look")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's files first: they take longest, and workers that share files out must not end with them."""
    items.sort(key=lambda item: item.path.parent.name != "web")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of genuine documents, data and development sets, which is not part of the project."""
    if not SHARED.is_dir():
        pytest.skip(f"no genuine documents at {SHARED}: set ACQUIS_SHARED to their folder")
    return SHARED
