"""A copy of a home in one file, made while the service runs.

The file is a tar, packed by gzip: `manifest.json` first, which says of each other file how long it is and its SHA-256.
What is derived from the store is not in it, nor are sessions, nor secrets of the configuration.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
import tomllib
from contextlib import closing
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from assistant.access.ledger import FILE as ACCOUNTS
from assistant.feedback.opinions import FILE as OPINIONS
from assistant.settings.loading import FILE as CONFIGURATION
from assistant.settings.sections import Settings
from corpus.errors import StoreError
from index.store import FILE as STORE

FORMAT = 1
MANIFEST = "manifest.json"
DATABASES = (STORE, ACCOUNTS, OPINIONS)
KNOWN = (*DATABASES, CONFIGURATION)


@dataclass(frozen=True, slots=True)
class Copied:
    """A backup: its file, what is in it, bytes of the file."""

    file: Path
    names: tuple[str, ...]
    size: int


def backup(home: Path, target: Path, config: Path | None, now: datetime) -> Copied:
    """Copy a home; each database is seen at one moment, whatever is written meanwhile.

    Args:
        target: the file to make, or a folder in which it gets a name by the time.
        config: the configuration file, whose secrets are left out.

    Raises:
        StoreError: nothing to copy, a database that cannot be read, or no room; no file is left then.
    """
    file = target / f"acquis-{now.astimezone(UTC):%Y%m%d-%H%M%S}.tar.gz" if target.is_dir() else target
    try:
        with tempfile.TemporaryDirectory(prefix=".acquis-backup-", dir=file.parent) as made:
            names = _gathered(home, Path(made), config)
            if not names:
                raise _nothing(home)
            draft = Path(made) / "archive"
            _packed(Path(made), names, draft, now)
            size = draft.stat().st_size
            draft.replace(file)
            synced(file.parent)
    except (OSError, sqlite3.Error) as error:
        raise _unwritable(file, error) from error
    return Copied(file, names, size)


def _gathered(home: Path, made: Path, config: Path | None) -> tuple[str, ...]:
    """Copies of what a home holds, in a folder; their names."""
    for name in DATABASES:
        if (home / name).is_file():
            _copied(home / name, made / name)
    if (made / ACCOUNTS).exists():
        with closing(sqlite3.connect(made / ACCOUNTS)) as accounts:  # who restores it signs in again
            accounts.executescript("PRAGMA secure_delete = ON; DELETE FROM sessions; DELETE FROM journeys;")
    if config and config.is_file():
        (made / CONFIGURATION).write_text(without_secrets(config.read_text(encoding="utf-8")), encoding="utf-8")
    return tuple(name for name in KNOWN if (made / name).exists())


def _copied(path: Path, to: Path) -> None:
    """One committed state of a database; writers go on meanwhile."""
    with closing(sqlite3.connect(path, timeout=10)) as source, closing(sqlite3.connect(to)) as copy:
        source.execute("PRAGMA query_only = 1")
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it sees one state
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # a single file; whoever opens it chooses again


def without_secrets(text: str) -> str:
    """A configuration file without the values that are secret, and without its comments."""
    table = tomllib.loads(text)
    secret = {
        (part.name, key.name)
        for part in fields(Settings)
        if is_dataclass(part.default)
        for key in fields(part.default)
        if key.metadata.get("secret")
    }
    lines = []
    for name, section in table.items():
        if isinstance(section, dict):
            rows = [f"{key} = {_toml(value)}" for key, value in section.items() if (name, key) not in secret]
            lines += ["", f"[{name}]", *rows]
        elif name != "home":  # a restored home may be elsewhere
            lines.insert(0, f"{name} = {_toml(section)}")
    return "\n".join(lines).strip() + "\n"


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _packed(folder: Path, names: tuple[str, ...], archive: Path, now: datetime) -> None:
    told = {name: {"size": (folder / name).stat().st_size, "sha256": digest(folder / name)} for name in names}
    manifest = {"format": FORMAT, "made": now.astimezone(UTC).isoformat(timespec="seconds"), "files": told}
    data = json.dumps(manifest, indent=1).encode()
    with private(archive) as raw:
        packed = gzip.GzipFile("", "wb", 1, raw, mtime=0)  # no name in it: its checksum covers all that it says
        with packed, tarfile.open(fileobj=packed, mode="w") as tar:
            head = tarfile.TarInfo(MANIFEST)
            head.size = len(data)
            tar.addfile(head, io.BytesIO(data))
            for name in names:
                tar.add(folder / name, name, filter=_anonymous)
        raw.flush()
        os.fsync(raw.fileno())


def private(path: Path) -> BinaryIO:
    """A new file that its owner alone reads, open for writing."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without whose file it was."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def synced(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _nothing(home: Path) -> StoreError:
    return StoreError(
        f"nothing to back up in {home}",
        f"Il n'y a rien à sauvegarder dans {home}. Indiquez le bon dossier avec --home.",
        f"There is nothing to back up in {home}. Name the right folder with --home.",
    )


def _unwritable(file: Path, error: Exception) -> StoreError:
    return StoreError(
        f"cannot write {file}: {error}",
        f"La sauvegarde {file} n'a pas pu être écrite ({error}). Vérifiez le dossier, la place libre et vos droits.",
        f"The backup {file} could not be written ({error}). Check the folder, the free space and your rights.",
    )
