"""Rows of the publishers' CSV files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

csv.field_size_limit(1 << 24)


def rows(path: Path, delimiter: str = ",") -> Iterator[dict[str, str]]:
    """The rows of a CSV file with a header, by column name; missing cells are empty, doubled apostrophes single."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=delimiter):
            yield {k: " ".join((v or "").replace("''", "'").split(" ")) for k, v in row.items() if k}
