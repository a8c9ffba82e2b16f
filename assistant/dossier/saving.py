"""A dossier as one JSON file, that only its owner's wish writes, and back: nothing in a file is believed unread."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from assistant.answer import Citation
from assistant.dossier.dossier import Dossier, Line, places
from assistant.dossier.formats import SAVED
from corpus.errors import TooLarge, UnreadableFile

FORMAT, VERSION = "acquis-dossier", 1
LARGEST = 20_000_000  # bytes
DOSSIER = TypeAdapter(Dossier)


def packed(dossier: Dossier) -> bytes:
    """The file's bytes: what `unpacked` reads back as an equal dossier."""
    body = {"format": FORMAT, "version": VERSION, "dossier": DOSSIER.dump_python(dossier, mode="json")}
    return to_json(body, indent=1)


def unpacked(name: str, data: bytes) -> Dossier:
    """The dossier that a file holds.

    Raises:
        TooLarge: more than any dossier takes.
        UnreadableFile: another kind of file, a damaged one, or one that a newer version wrote. The message tells where
            a file is wrong, never what it says there.
    """
    if len(data) > LARGEST:
        raise TooLarge(
            f"dossier of {len(data)} bytes, expected at most {LARGEST}",
            f"« {name} » est trop volumineux pour un dossier Acquis.",
            f"“{name}” is too large for an Acquis dossier.",
        )
    body = _body(name, data)
    version = body.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _damaged(name, "version")
    if version > VERSION:
        raise UnreadableFile(
            f"dossier of version {version}, expected at most {VERSION}",
            f"« {name} » vient d’une version plus récente d’Acquis. Mettez Acquis à jour, puis rouvrez-le.",
            f"“{name}” was saved by a newer version of Acquis. Update Acquis, then open it again.",
        )
    return _dossier(name, body.get("dossier"))


def _body(name: str, data: bytes) -> dict[str, Any]:
    try:
        body = from_json(data)
    except ValueError:
        raise _damaged(name, "JSON") if FORMAT.encode() in data[:200] else _foreign(name) from None
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        raise _foreign(name)
    return body


def _dossier(name: str, body: Any) -> Dossier:
    try:
        dossier = DOSSIER.validate_json(to_json(body), strict=True)
    except ValidationError as error:
        where = error.errors(include_input=False, include_context=False)[0]["loc"]
        raise _damaged(name, ".".join(map(str, where))) from None
    if wrong := _impossible(dossier):
        raise _damaged(name, wrong)
    return dossier


def _impossible(dossier: Dossier) -> str:
    """What no dossier of ours holds, however well-formed; empty where there is nothing."""
    if not all(_placed(c) for t in dossier.targets for c in (*t.prerequisites, *(r.citation for r in t.access))):
        return "citation"
    for place in places(dossier):
        found = dossier[place]
        if not all(map(_placed, (found.citation, *(p.citation for p in (*found.proofs, *(found.chosen or ())))))):
            return "citation"
        if not all(_read(p.line) for p in (*found.proofs, *(found.chosen or ()))):
            return "line"
    for month in (m for job in dossier.jobs for m in (job.first, job.last) if m):
        if not (date.min.year <= month.year <= date.max.year and 1 <= (month.month or 1) <= 12):
            return "period"
    return ""


def _placed(citation: Citation) -> bool:
    quote = citation.quote
    return 1 <= quote.first <= quote.last and bool(quote.text.strip())


def _read(line: Line) -> bool:
    return line.number >= 1 and all(text.strip() for text in (line.text, *line.more))


def _foreign(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name}: no {FORMAT} file",
        f"« {name} » n’est pas un dossier Acquis. Choisissez un fichier « {SAVED} » enregistré depuis Acquis.",
        f"“{name}” is no Acquis dossier. Choose a “{SAVED}” file that was saved from Acquis.",
    )


def _damaged(name: str, where: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name}: not a valid dossier at {where}",
        f"« {name} » est endommagé ou a été modifié (à « {where} »). Rouvrez une copie plus ancienne.",
        f"“{name}” is damaged or was modified (at “{where}”). Open an older copy.",
    )
