"""The operations over a small store of invented fiches."""

from __future__ import annotations

from datetime import date

import pytest
from invented_fiches import NEWER, OLDER, OTHER, store

from assistant.api.operations import Operations
from assistant.assistant import Assistant


@pytest.fixture(scope="session")
def operations(tmp_path_factory: pytest.TempPathFactory) -> Operations:
    library = store(tmp_path_factory.mktemp("api"), OLDER, NEWER, OTHER)
    return Operations(Assistant(library), today=lambda: date(2026, 1, 1))
