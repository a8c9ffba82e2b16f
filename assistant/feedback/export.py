"""Opinions as a table that a spreadsheet opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, fields

from assistant.cells import csv
from assistant.feedback.opinions import Opinion


def exported(opinions: Sequence[Opinion]) -> bytes:
    return csv([[f.name for f in fields(Opinion)], *(map(_told, astuple(opinion)) for opinion in opinions)])


def _told(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
