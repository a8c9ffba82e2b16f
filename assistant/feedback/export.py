"""Opinions as a file: a table that a spreadsheet opens, or records for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, astuple, fields

from assistant.cells import csv
from assistant.feedback.opinions import Opinion

ENDINGS = (".csv", ".json")


def exported(opinions: Sequence[Opinion], ending: str = ".csv") -> bytes:
    """The file that ends so, one of ENDINGS; ValueError for another."""
    if ending not in ENDINGS:
        raise ValueError(f"ending {ending!r}, expected one of {', '.join(ENDINGS)}")
    if ending == ".json":
        return json.dumps([asdict(opinion) for opinion in opinions], ensure_ascii=False, indent=1).encode()
    return csv([[f.name for f in fields(Opinion)], *(map(_told, astuple(opinion)) for opinion in opinions)])


def _told(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
