"""What can go wrong with a store, in words: for developers, and for users with what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import StoreBusy, StoreError, UsageError
from index.contract import Encoder

UNWRITABLE = ("full", "readonly", "unable to open", "disk I/O error")  # of what SQLite says of a disk


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and of the disk into ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise busy(path) from error
        if any(sign in str(error) for sign in UNWRITABLE):
            raise unwritable(path, error) from error
        raise damaged(path, error) from error
    except sqlite3.DatabaseError as error:
        raise damaged(path, error) from error
    except OSError as error:
        raise unwritable(path, error) from error


def missing(home: Path) -> StoreError:
    return StoreError(
        f"no store at {home}, expected a folder with a store",
        f"Aucune base à l'emplacement {home}. Ajoutez un premier document avec « acquis add », "
        "ou indiquez le bon dossier avec --home.",
        f"There is no library at {home}. Add a first document with “acquis add”, or name the right folder with --home.",
    )


def foreign(path: Path) -> StoreError:
    return StoreError(
        f"{path} is an SQLite file of another program, expected one of Acquis",
        f"Le fichier {path} n'appartient pas à Acquis. Indiquez un autre dossier avec --home.",
        f"The file {path} does not belong to Acquis. Name another folder with --home.",
    )


def other_format(path: Path, found: str, expected: int) -> StoreError:
    """A store of an earlier format can be upgraded; of a later one nothing is known."""
    if found.isdecimal() and int(found) < expected:
        french, english = (
            "une version antérieure d'Acquis. Arrêtez le service, puis lancez « acquis upgrade » : tout ce que la base "
            "contient est repris, et l'ancien fichier est gardé à côté.",
            "an earlier version of Acquis. Stop the service, then run “acquis upgrade”: all that the library holds is "
            "taken over, and the earlier file is kept beside it.",
        )
    else:
        french, english = (
            "une version plus récente d'Acquis : mettez Acquis à jour, ou restaurez une sauvegarde plus ancienne.",
            "a later version of Acquis: update Acquis, or restore an earlier backup.",
        )
    return StoreError(
        f"store {path} has format {found}, expected {expected}",
        f"La base {path} a été construite par {french}",
        f"The library {path} was built by {english}",
    )


def other_encoder(path: Path, found: str, encoder: Encoder) -> StoreError:
    return StoreError(
        f"store {path} was built by encoder {found}, expected {encoder.name} ({encoder.digest[:12]}, {encoder.dim} d)",
        f"La base {path} a été construite avec un autre modèle ({found}). Construisez-en une nouvelle dans un dossier "
        "vide (--home) en y ajoutant de nouveau vos documents, ou reprenez ce modèle.",
        f"The library {path} was built with another model ({found}). Build a new one in an empty folder (--home) "
        "by adding your documents again, or go back to that model.",
    )


def busy(path: Path) -> StoreBusy:
    return StoreBusy(
        f"another process is writing to {path}",
        "Une autre opération écrit en ce moment dans la base. Réessayez dans un instant.",
        "Another operation is writing to the library. Try again in a moment.",
    )


def unwritable(path: Path, error: Exception) -> StoreError:
    return StoreError(
        f"cannot write to {path}: {error}",
        f"Impossible d'écrire dans le dossier {path.parent} ({error}). Vérifiez la place libre sur le disque et vos "
        "droits ; rien n'a été modifié.",
        f"The folder {path.parent} cannot be written to ({error}). Check the free space on the disk and your rights; "
        "nothing was changed.",
    )


def damaged(path: Path, error: sqlite3.Error) -> StoreError:
    return StoreError(
        f"SQLite cannot use {path}: {error}",
        f"La base {path} est illisible ou endommagée ({error}). « acquis check » dit quelles sources sont touchées : "
        "retirez-les (« acquis remove ») et ajoutez-les de nouveau, ou restaurez une sauvegarde du dossier.",
        f"The library {path} cannot be read or is damaged ({error}). “acquis check” names the sources that are hit: "
        "remove them (“acquis remove”) and add them again, or restore a copy of the folder.",
    )


def unknown(name: str) -> UsageError:
    return UsageError(
        f"no source named {name!r}",
        f"Aucune source ne porte le nom « {name} ». La liste des sources donne les noms exacts.",
        f"No source bears the name “{name}”. The list of sources gives the exact names.",
    )


def twice(path: Path) -> UsageError:
    return UsageError(
        f"two files named {path.name!r} in one addition",
        f"Deux des fichiers à ajouter portent le nom « {path.name} » : renommez l'un des deux.",
        f"Two of the files to add bear the name “{path.name}”: rename one of them.",
    )
