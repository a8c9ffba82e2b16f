"""Opinions as a table that a spreadsheet opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, fields

from assistant.dossier.xlsx import harmless
from assistant.feedback.opinions import Opinion


def exported(opinions: Sequence[Opinion]) -> bytes:
    """CSV in UTF-8 with its mark and semicolons, as a French Excel opens it; no cell is taken for a formula."""
    out = io.StringIO(newline="")
    write = csv.writer(out, delimiter=";", lineterminator="\r\n")
    write.writerow(f.name for f in fields(Opinion))
    for opinion in opinions:
        write.writerow(_cell(value) for value in astuple(opinion))
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    return harmless(", ".join(value) if isinstance(value, tuple) else str(value))
