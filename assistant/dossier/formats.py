"""The formats that a dossier can be written in, told by the ending of a file's name."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import UsageError

SAVED = ".acquis.json"
ENDINGS = (".docx", ".pdf", ".xlsx", SAVED)


def ending(path: Path) -> str:
    """The ending by which a path chooses its format; UsageError where it chooses none."""
    found = next((e for e in ENDINGS if path.name.lower().endswith(e)), None)
    if found is None:
        known = ", ".join(ENDINGS)
        raise UsageError(
            f"{path.name}: no format of this ending, expected one of {known}",
            f"« {path.name} » : donnez au rapport un nom qui finit par {known}.",
            f"“{path.name}”: give the report a name that ends with {known}.",
        )
    return found
