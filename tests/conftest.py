"""What every test may lean on: the folder of genuine documents, where it is there."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("ACQUIS_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of genuine documents, data and development sets, which is not part of the project."""
    if not SHARED.is_dir():
        pytest.skip(f"no genuine documents at {SHARED}: set ACQUIS_SHARED to their folder")
    return SHARED
