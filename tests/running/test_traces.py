"""What people leave is shown, swept when its time has come, and erased so that no byte of it stays."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from assistant.access.accounts import Accounts
from assistant.access.ledger import Ledger
from assistant.access.roles import Role
from assistant.access.sessions import Sessions
from assistant.answer import Answer, Status
from assistant.cli import main
from assistant.feedback.opinions import Opinions, Verdict
from assistant.running import traces
from assistant.settings import Settings

NOON = (datetime.now(UTC) - timedelta(days=5)).replace(hour=12)
THEN, DAY = NOON.timestamp(), 86_400
NEXT = f"{NOON + timedelta(days=1):%Y-%m-%d}"
QUICK = PasswordHasher(time_cost=1, memory_cost=64)
CANARY = "canari.zygene"


def opinion(home: Path, comment: str, when: float) -> None:
    opinions = Opinions(home, 24 * 365 * 9, now=lambda: when)
    opinions.add("Quelle question ?", Answer(Status.ANSWERED, "Une réponse."), Verdict.UP, comment=comment)
    opinions.connection.close()


@pytest.fixture
def home(tmp_path) -> Path:
    """Two accounts, three sessions (one of a provider), two opinions, a day apart."""
    ledger = Ledger(tmp_path)
    for name in (CANARY, "grace"):
        Accounts(ledger, hasher=QUICK).add(name, Role.ADVISOR, "un cheval de trait")
    for name, local, when in ((CANARY, True, THEN), ("grace", True, THEN + DAY), (CANARY.upper(), False, THEN + DAY)):
        Sessions(ledger, 10**9, 10**9, now=lambda when=when: when).begin(name, Role.ADVISOR, local)
    ledger.close()
    opinion(tmp_path, "ancien avis zygene", THEN)
    opinion(tmp_path, "avis récent", THEN + DAY)
    return tmp_path


def bytes_of(home: Path) -> bytes:
    return b"".join(p.read_bytes() for p in home.iterdir()).lower()


def test_a_person_s_account_and_sessions_are_erased_to_the_last_byte(home, capsys):
    assert CANARY.encode() in bytes_of(home)
    assert main(["privacy", "erase", "--account", CANARY, "--home", str(home)]) == 0
    told = capsys.readouterr().out
    assert "1 compte et 2 session(s)" in told
    assert "sauvegarde" in told
    assert CANARY.encode() not in bytes_of(home)
    assert traces.kept(Settings(home)) == traces.Traces(accounts=1, sessions=1, opinions=2)
    assert main(["privacy", "erase", "--account", CANARY, "--home", str(home)]) == 3


def test_what_is_older_than_a_day_is_erased(home):
    assert main(["privacy", "erase", "--before", NEXT, "--home", str(home)]) == 0
    assert traces.kept(Settings(home)) == traces.Traces(accounts=2, sessions=2, opinions=1)
    assert b"ancien avis" not in bytes_of(home)
    assert "avis récent".encode() in bytes_of(home)


def test_what_to_erase_must_be_said(home, capsys):
    assert main(["privacy", "erase", "--home", str(home)]) == 2
    assert "--account" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["privacy", "erase", "--before", "hier", "--home", str(home)])
    assert traces.kept(Settings(home)).total == 7


def test_show_says_what_there_is_and_makes_nothing(home, tmp_path, capsys):
    assert main(["privacy", "show", "--home", str(home)]) == 0
    told = capsys.readouterr().out
    assert "comptes\t2" in told
    assert "avis, sans nom\t2\t2160 h" in told
    assert main(["privacy", "show", "--home", str(tmp_path / "neuf")]) == 0
    assert not (tmp_path / "neuf").exists()


def test_the_sweep_erases_what_has_been_kept_long_enough(home, tmp_path):
    uploads = tmp_path / "uploads"
    for name, age in (("old/cv.pdf", 700), ("new/cv.pdf", 60)):
        path = uploads / name
        path.parent.mkdir(parents=True)
        path.write_text("CV")
        os.utime(path, (THEN + DAY - age,) * 2)
    settings = Settings(home)
    gone = traces.sweep(settings, uploads, now=lambda: THEN + DAY + 30)
    assert [p.name for p in uploads.iterdir()] == ["new"]
    assert gone.sessions == 1
    assert traces.kept(settings).sessions == 2
    assert traces.sweep(settings, uploads, now=lambda: THEN + DAY * 90 + 3600 * 2).opinions == 1
    assert traces.kept(settings).opinions == 1
    traces.sweep(settings, uploads, now=lambda: THEN + DAY * 200)
    assert traces.kept(settings) == traces.Traces(accounts=2)
