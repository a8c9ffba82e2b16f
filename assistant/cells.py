"""Cells of tables that spreadsheets open: no text in them is run, and a CSV is one that a French Excel takes."""

from __future__ import annotations

import csv as writing
import io
from collections.abc import Iterable

from assistant.typography import clean

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # a cell, or a CSV made of it, that starts so may be run
LONGEST = 32_000  # characters of a cell; XLSX takes 32,767
Value = str | int | float | None


def csv(rows: Iterable[Iterable[Value]]) -> bytes:
    """The rows as a French Excel opens them: UTF-8 with its mark, semicolons; no cell is taken for a formula."""
    out = io.StringIO(newline="")
    written = writing.writer(out, delimiter=";", lineterminator="\r\n")
    written.writerows([harmless(value) if isinstance(value, str) else value for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """The text with an apostrophe before what would start a formula, as OWASP advises against CSV injection."""
    text = clean(text)[:LONGEST]
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA[:4]) else text
