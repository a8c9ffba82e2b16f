"""What every test may lean on: the folder of genuine documents, where it is there."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A run that decides whether a change lands tries the same examples each time; anywhere else they are new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("default", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "default")

SHARED = Path(os.environ.get("ACQUIS_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of genuine documents, data and development sets, which is not part of the project."""
    if not SHARED.is_dir():
        pytest.skip(f"no genuine documents at {SHARED}: set ACQUIS_SHARED to their folder")
    return SHARED
