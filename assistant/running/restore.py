"""A home made of a backup, once the whole of it is verified."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from assistant.running.backup import DATABASES, FORMAT, KNOWN, MANIFEST, digest, private, synced
from corpus.errors import StoreError, UsageError

DERIVED = ("derived", "committed")  # of a home, what belongs to its store and to no other
CHUNK = 1 << 20
DAMAGE = (
    *(tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, sqlite3.DatabaseError),
    *(ValueError, KeyError, TypeError, AttributeError),
)


def restore(file: Path, home: Path, now: datetime, force: bool = False) -> tuple[tuple[str, ...], Path | None]:
    """Make a home of a backup; nothing is touched before the whole file is verified.

    Args:
        force: replace what is there; it is put aside in a folder of the home.

    Returns:
        The names of what was restored, and the folder in which what was there before is, if anything was.

    Raises:
        UsageError: the home holds something. StoreError: the file is damaged, or is no backup.
    """
    there = [name for name in (*KNOWN, *DERIVED) if (home / name).exists()]
    if there and not force:
        raise _occupied(home)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=home) as made, _told(file):
        names = _unpacked(file, Path(made))
        aside = _put_aside(home, there, now) if there else None
        for name in names:
            (Path(made) / name).replace(home / name)
        synced(home)
    return names, aside


def _unpacked(file: Path, folder: Path) -> tuple[str, ...]:
    """The files of a backup, each verified, in a folder; their names. Raises StoreError."""
    with gzip.open(file) as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
        first = tar.next()
        if first is None or first.name != MANIFEST:
            raise _damaged(file, "no manifest")
        manifest = json.loads(tar.extractfile(first).read())
        if manifest["format"] != FORMAT:
            raise _damaged(file, f"format {manifest['format']}, expected {FORMAT}")
        told = manifest["files"]
        for member in iter(tar.next, None):
            if member.name not in KNOWN or member.name not in told or not member.isreg():
                raise _damaged(file, f"{member.name} does not belong there")
            with private(folder / member.name) as out:
                shutil.copyfileobj(tar.extractfile(member), out, CHUNK)
        while packed.read(CHUNK):  # to the end, where gzip's own checksum is
            pass
    for name, expected in told.items():
        path = folder / name
        if not path.exists() or expected != {"size": path.stat().st_size, "sha256": digest(path)}:
            raise _damaged(file, f"{name} differs from the manifest")
        if name in DATABASES:
            _sound(file, path)
    return tuple(told)


def _sound(file: Path, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise _damaged(file, f"{path.name} is damaged")


def _put_aside(home: Path, there: list[str], now: datetime) -> Path:
    aside = home / f"before-restore-{now.astimezone(UTC):%Y%m%d-%H%M%S}"
    aside.mkdir(mode=0o700)
    for name in there:
        for found in (name, f"{name}-wal", f"{name}-shm"):
            if (home / found).exists():
                (home / found).replace(aside / found)
    return aside


@contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        raise _damaged(file, str(error)) from error
    except OSError as error:
        raise _unreadable(file, error) from error


def _occupied(home: Path) -> UsageError:
    return UsageError(
        f"{home} is not empty",
        f"Le dossier {home} contient déjà une base ou des comptes. Choisissez un dossier vide, ou ajoutez --force : ce "
        "qui est là sera mis de côté.",
        f"The folder {home} already holds a library or accounts. Choose an empty folder, or add --force: what is there "
        "will be put aside.",
    )


def _damaged(file: Path, why: str) -> StoreError:
    return StoreError(
        f"{file} is no sound backup: {why}",
        f"La sauvegarde {file} est endommagée ou incomplète : rien n'a été changé. Prenez-en une autre.",
        f"The backup {file} is damaged or incomplete: nothing was changed. Take another one.",
    )


def _unreadable(file: Path, error: Exception) -> StoreError:
    return StoreError(
        f"cannot restore {file}: {error}",
        f"La sauvegarde {file} n'a pas pu être restaurée ({error}). Vérifiez le fichier, la place libre et vos droits.",
        f"The backup {file} could not be restored ({error}). Check the file, the free space and your rights.",
    )
