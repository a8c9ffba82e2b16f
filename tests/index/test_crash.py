"""Killed forty times in the middle of what it does, the store is always as it was before or as it is afterwards."""

import tempfile
from pathlib import Path

import pytest

from benchmarks.crash import MEMORY, OPERATIONS, Crashes, contents

KILLS = 8  # of each operation


@pytest.fixture(scope="module")
def crashes():
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        yield Crashes(Path(folder), seed=6)


def test_the_operations_change_what_is_seen(crashes):
    """A crash that leaves everything as it was would be no test of those that should change it."""
    changed = {name: contents(after) != contents(crashes.before) for name, after in crashes.after.items()}
    assert changed == {"add": True, "import": True, "remove": True, "reindex": True, "compact": False}
    assert crashes.before["passages"].total() == len(crashes.before["passages"]) > 5
    assert min(crashes.calls.values()) > 50


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.name)
def test_a_store_killed_at_any_moment_is_as_before_or_as_after(crashes, operation):
    moments = crashes.moments(operation)
    wrong = {moment: crashes.crash(operation, moment) for moment, _ in zip(moments, range(KILLS), strict=False)}
    assert {moment: said for moment, said in wrong.items() if said} == {}
