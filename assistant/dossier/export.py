"""A dossier is written: as a document to hand in, as a workbook, or as the file to go on with."""

from __future__ import annotations

from pathlib import Path

from assistant.answer import Lang
from assistant.disk import put
from assistant.dossier.docx import docx
from assistant.dossier.dossier import Dossier
from assistant.dossier.formats import SAVED, ending
from assistant.dossier.pdf import pdf
from assistant.dossier.saving import packed
from assistant.dossier.xlsx import xlsx

DOCUMENTS = {".docx": docx, ".pdf": pdf, ".xlsx": xlsx}


def exported(dossier: Dossier, ending: str, lang: Lang = "fr") -> bytes:
    """The bytes of a file of this ending; a dossier to go on with has no language."""
    return packed(dossier) if ending == SAVED else DOCUMENTS[ending](dossier, lang)


def write(dossier: Dossier, path: Path, lang: Lang = "fr") -> None:
    """Write a dossier in the format of the path's ending.

    Args:
        lang: of the document's own phrases; what it quotes stays as it is.

    Raises:
        UsageError: no such format, or the file cannot be written.
    """
    put(path, exported(dossier, ending(path), lang))
