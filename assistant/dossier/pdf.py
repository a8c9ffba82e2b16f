"""The dossier as a tagged PDF, the same pieces as the DOCX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assistant.answer import Lang
from assistant.dossier.chapters import Heading, Paragraph, Piece, Table, chapters
from assistant.dossier.dossier import Dossier
from assistant.dossier.glyphs import drawable
from assistant.dossier.pictures.printed import Picture
from assistant.dossier.tongues import Tongue, runs
from assistant.dossier.typesetting import set_in_type
from assistant.dossier.wording import wording

KINDS = {Heading: "heading", Paragraph: "paragraph", Table: "table", Picture: "picture"}


def pdf(dossier: Dossier, lang: Lang = "fr") -> bytes:
    """The file's bytes."""
    say = wording(lang)
    day = {"year": dossier.day.year, "month": dossier.day.month, "day": dossier.day.day}
    front = {"lang": lang, "title": say("title"), "draft": say("draft"), "made": say("made", day=say.day(dossier.day))}
    numbered = {"page": say("page"), "of": say("of")}
    return set_in_type({**front, **numbered, "day": day, "pieces": [_told(p) for p in chapters(dossier, say)]})


def _told(piece: Piece) -> dict[str, Any]:
    """A piece as the template takes it."""
    told = asdict(piece)
    if isinstance(piece, Table):
        told["rows"] = [_row(row, piece.tongues or [Tongue.OURS] * len(row)) for row in piece.rows]
    return {"kind": KINDS[type(piece)], **_drawable(told)}


def _row(row: Sequence[str], tongues: Sequence[Tongue]) -> list[list[list[dict[str, Any]]]]:
    """Of each cell the lines, of each line the stretches in one language."""
    return [
        [[run._asdict() for run in runs(line, tongue)] for line in cell.split("\n")]
        for cell, tongue in zip(row, tongues, strict=True)
    ]


def _drawable(value: Any) -> Any:
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, dict):
        return {key: _drawable(inner) for key, inner in value.items()}
    return [_drawable(inner) for inner in value] if isinstance(value, (list, tuple)) else value
