"""Backups: taken while the service writes, restored whole, refused once a byte has turned."""

from __future__ import annotations

import sqlite3
import tarfile
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from assistant.access.accounts import Accounts
from assistant.access.ledger import Ledger
from assistant.access.roles import Role
from assistant.access.sessions import Sessions
from assistant.cli import main
from assistant.running.backup import CONFIGURATION, backup, without_secrets
from assistant.running.restore import restore
from corpus.errors import StoreError, UsageError
from index import holdings
from index.encoder import HashingEncoder
from index.library import Library

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUICK = PasswordHasher(time_cost=1, memory_cost=64)
PASSWORD = "un cheval de trait"
TOML = "# à nous\nhome = '/ailleurs'\n[server]\nport = 1001\nproxies = ['10.0.0.1']\n[oidc]\nclient_secret = 'canari'\n"


def write(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def library(home: Path, create: bool = False) -> Library:
    return Library.open(home, HashingEncoder(), create)


@pytest.fixture
def home(tmp_path) -> Path:
    home = tmp_path / "home"
    files = [write(tmp_path, f"fiche{n}.txt", f"Métier {n}", f"Tailler la pierre numéro {n}") for n in range(6)]
    list(library(home, create=True).add(files))
    ledger = Ledger(home)
    Accounts(ledger, hasher=QUICK).add("ada", Role.STAFF, PASSWORD)
    Sessions(ledger, 3600, 3600).begin("ada", Role.STAFF, local=True)
    ledger.close()
    write(home, CONFIGURATION, TOML)
    return home


def found(library: Library) -> list:
    return [(h.passage, h.score) for h in library.search("tailler la pierre", top=20)]


def test_a_restored_home_answers_the_same(home, tmp_path):
    made = backup(home, tmp_path, home / CONFIGURATION, NOW)
    assert made.file == tmp_path / "acquis-20260301-120000.tar.gz"
    assert made.file.stat().st_mode & 0o077 == 0
    names, aside = restore(made.file, tmp_path / "new", NOW)
    assert set(names) == {"acquis.sqlite", "access.sqlite", "acquis.toml"}
    assert aside is None
    assert found(library(tmp_path / "new")) == found(library(home))
    assert library(tmp_path / "new").cards() == library(home).cards()
    restored = Ledger(tmp_path / "new")
    assert Accounts(restored).signed_in("ada", PASSWORD).role is Role.STAFF
    assert restored.rows("SELECT count(*) FROM sessions") == [(0,)]
    assert b"canari" not in b"".join(p.read_bytes() for p in (tmp_path / "new").iterdir() if p.is_file())
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".acquis")]


def test_the_configuration_goes_without_secrets_and_its_home():
    assert without_secrets(TOML) == '[server]\nport = 1001\nproxies = ["10.0.0.1"]\n\n[oidc]\n'


def refused(file: Path, home: Path) -> StoreError | None:
    try:
        restore(file, home, NOW)
    except StoreError as error:
        return error
    return None


def test_a_turned_byte_anywhere_is_refused_or_without_effect(home, tmp_path):
    """Some bits of a packed file say nothing, or what others say as well: turned, the very same files come out."""
    file = backup(home, tmp_path / "whole.tar.gz", None, NOW).file
    whole = file.read_bytes()
    restore(file, tmp_path / "sound", NOW)
    sound = {path.name: path.read_bytes() for path in (tmp_path / "sound").iterdir()}
    places = [*range(0, len(whole), max(1, len(whole) // 40)), *range(len(whole) - 8, len(whole))]
    noticed = 0
    for place in places:
        damaged = bytearray(whole)
        damaged[place] ^= 0x10
        file.write_bytes(damaged)
        new = tmp_path / f"new{place}"
        if (error := refused(file, new)) is None:
            assert {path.name: path.read_bytes() for path in new.iterdir()} == sound
        else:
            assert ("is no sound backup" in str(error), "rien n'a été changé" in error.hint) == (True, True)
            assert list(new.iterdir()) == []
            noticed += 1
    assert noticed > len(places) * 0.8
    file.write_bytes(whole[: len(whole) // 2])
    assert "is no sound backup" in str(refused(file, tmp_path / "new"))


def test_another_program_s_archive_is_refused(tmp_path):
    write(tmp_path, "passwd", "root")
    for name in ("manifest.json", "../evil"):
        with tarfile.open(tmp_path / "other.tar.gz", "w:gz") as tar:
            tar.add(tmp_path / "passwd", name)
        with pytest.raises(StoreError, match="is no sound backup"):
            restore(tmp_path / "other.tar.gz", tmp_path / "new", NOW)


def test_a_home_in_use_is_only_replaced_by_force_and_then_put_aside(home, tmp_path):
    file = backup(home, tmp_path / "b.tar.gz", None, NOW).file
    library(home).remove(["fiche0.txt"])
    with pytest.raises(UsageError, match="is not empty") as refused:
        restore(file, home, NOW)
    assert "--force" in refused.value.hint
    assert len(library(home).cards()) == 5
    _, aside = restore(file, home, NOW, force=True)
    assert len(library(home).cards()) == 6
    assert len(library(aside).cards()) == 5


def test_a_backup_during_an_addition_is_one_generation(home, tmp_path):
    """Each generation adds two sources at once: a backup that holds one of the two is torn."""
    stop = threading.Event()

    def adding() -> None:
        writer = library(home)
        for n in range(200):
            if stop.is_set():
                return
            pair = [write(tmp_path, f"p{n}{side}.txt", f"Paire {n}", f"Côté {side} de la paire {n}") for side in "ab"]
            list(writer.add(pair))

    thread = threading.Thread(target=adding)
    thread.start()
    try:
        made = [backup(home, tmp_path / f"{n}.tar.gz", None, NOW).file for n in range(4)]
    finally:
        stop.set()
        thread.join()
    for n, file in enumerate(made):
        restore(file, tmp_path / f"new{n}", NOW)
        restored = library(tmp_path / f"new{n}")
        with restored._store.reading() as connection:
            names = set(holdings.digests(connection))
        assert {x[:-5] for x in names if x.endswith("a.txt")} == {x[:-5] for x in names if x.endswith("b.txt")}
        assert found(restored)


def test_nothing_to_back_up_and_nowhere_to_put_it(home, tmp_path):
    with pytest.raises(StoreError, match="nothing to back up"):
        backup(tmp_path / "vide", tmp_path, None, NOW)
    with pytest.raises(StoreError, match="cannot write"):
        backup(home, tmp_path / "absent" / "b.tar.gz", None, NOW)


def test_the_commands(home, tmp_path, capsys):
    with closing(sqlite3.connect(home / "acquis.sqlite")) as held:
        held.execute("BEGIN")
        assert main(["backup", str(tmp_path / "b.tar.gz"), "--home", str(home)]) == 0
    assert "acquis.sqlite, access.sqlite, acquis.toml" in capsys.readouterr().out
    assert main(["restore", str(tmp_path / "b.tar.gz"), "--home", str(tmp_path / "new")]) == 0
    assert main(["restore", str(tmp_path / "b.tar.gz"), "--home", str(tmp_path / "new")]) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "b.tar.gz"), "--home", str(tmp_path / "new"), "--force"]) == 0
    assert "before-restore-" in capsys.readouterr().out
