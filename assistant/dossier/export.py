"""A dossier is written: as a document to hand in, as a workbook, or as the file to go on with."""

from __future__ import annotations

from pathlib import Path

from assistant.dossier.docx import docx
from assistant.dossier.dossier import Dossier
from assistant.dossier.formats import SAVED, ending
from assistant.dossier.pdf import pdf
from assistant.dossier.saving import packed
from assistant.dossier.xlsx import xlsx
from corpus.errors import UsageError

EXPORTS = {".docx": docx, ".pdf": pdf, ".xlsx": xlsx, SAVED: packed}


def write(dossier: Dossier, path: Path) -> None:
    """Write a dossier in the format of the path's ending.

    Raises:
        UsageError: no such format, or the file cannot be written.
    """
    data = EXPORTS[ending(path)](dossier)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(
            f"cannot write {path}: {error.strerror}",
            f"Impossible d’écrire « {path.name} » : vérifiez le dossier et vos droits.",
            f"“{path.name}” cannot be written: check its folder and your rights.",
        ) from error
