"""Accounts and sessions: what opens, what locks, what ends."""

from __future__ import annotations

import stat

import pytest
from argon2 import PasswordHasher

from assistant.access.accounts import FIRST_LOCK, LONGEST_LOCK, Accounts
from assistant.access.ledger import FILE, Ledger
from assistant.access.limits import Rate
from assistant.access.roles import Role
from assistant.access.sessions import JOURNEY, Journey, Sessions
from corpus.errors import StoreError, UsageError

PASSWORD = "un cheval de trait"


@pytest.fixture
def accounts(ledger, clock) -> Accounts:
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    made = Accounts(ledger, lock_after=3, now=clock, hasher=quick)
    made.add("Ada", Role.ADVISOR, PASSWORD)
    return made


@pytest.fixture
def sessions(ledger, clock) -> Sessions:
    return Sessions(ledger, idle=600, absolute=3600, now=clock)


def test_a_password_opens_and_another_does_not(accounts):
    assert accounts.signed_in("ada", PASSWORD).role is Role.ADVISOR
    for name, password in (("Ada", PASSWORD + "!"), ("Bob", PASSWORD), ("Ada", ""), ("' OR 1=1 --", PASSWORD)):
        assert accounts.signed_in(name, password) is None


def test_nothing_that_is_kept_tells_a_password_or_a_token(accounts, sessions, ledger):
    token = sessions.begin("Ada", Role.ADVISOR, local=True)
    kept = b"".join(p.read_bytes() for p in ledger.path.parent.iterdir())
    assert b"$argon2id$" in kept
    assert PASSWORD.encode() not in kept
    assert token.encode() not in kept
    assert stat.S_IMODE(ledger.path.stat().st_mode) == 0o600


def test_wrong_passwords_lock_longer_and_longer(accounts, clock):
    for _ in range(3):
        assert accounts.signed_in("Ada", "faux mot de passe") is None
    waits = []
    for _ in range(10):
        waits.append(accounts.all()[0].locked)
        assert accounts.signed_in("Ada", PASSWORD) is None
        clock.seconds += waits[-1] + 1
        assert accounts.signed_in("Ada", "faux mot de passe") is None
    assert waits == [min(FIRST_LOCK * 2**n, LONGEST_LOCK) for n in range(10)]
    clock.seconds += LONGEST_LOCK + 1
    assert accounts.signed_in("Ada", PASSWORD)
    assert accounts.all()[0].locked == 0


def test_an_account_is_unlocked_changed_and_removed(accounts, sessions, clock):
    for _ in range(4):
        accounts.signed_in("Ada", "faux mot de passe")
    assert accounts.unlock("ada")
    assert accounts.signed_in("Ada", PASSWORD)
    token = sessions.begin("Ada", Role.ADVISOR, local=True)
    accounts.add("Ada", Role.STAFF, "un autre cheval, plus gros")
    assert sessions.visitor(token) is None
    assert accounts.signed_in("Ada", PASSWORD) is None
    token = sessions.begin("Ada", Role.STAFF, local=True)
    assert accounts.remove("Ada")
    assert sessions.visitor(token) is None
    assert not accounts
    assert not accounts.remove("Ada")


@pytest.mark.parametrize(
    ("name", "password"),
    [("Bob", "court"), ("Bob", "a" * 20), ("Bob", "le chien de bob"), ("", PASSWORD), ("a b", PASSWORD)],
)
def test_a_name_or_a_password_that_will_not_do_is_refused(accounts, name, password):
    with pytest.raises(UsageError) as refused:
        accounts.add(name, Role.STAFF, password)
    assert refused.value.hint
    assert len(accounts.all()) == 1


def test_a_session_ends_when_it_is_idle_when_it_is_old_and_when_it_is_left(sessions, clock):
    token = sessions.begin("Ada", Role.STAFF, local=False)
    for _ in range(6):
        clock.seconds += 590
        assert sessions.visitor(token).name == "Ada"
    clock.seconds += 100
    assert sessions.visitor(token) is None
    token = sessions.begin("Ada", Role.STAFF, local=False)
    clock.seconds += 601
    assert sessions.visitor(token) is None
    token = sessions.begin("Ada", Role.STAFF, local=False)
    sessions.end(token)
    assert sessions.visitor(token) is None
    assert sessions.visitor("") is None


def test_a_journey_comes_back_once_and_in_time(sessions, clock):
    state = sessions.set_out(Journey("n", "v", "/cv"))
    assert sessions.come_back(state) == Journey("n", "v", "/cv")
    assert sessions.come_back(state) is None
    state = sessions.set_out(Journey("n", "v", "/cv"))
    clock.seconds += JOURNEY + 1
    assert sessions.come_back(state) is None


def test_a_rate_grants_so_many_a_minute_to_each(clock):
    rate = Rate(6, clock, remembered=2)
    assert [rate.taken("a") for _ in range(7)] == [0] * 6 + [pytest.approx(10)]
    assert rate.taken("b") == 0
    clock.seconds += 10
    assert rate.taken("a") == 0
    assert rate.taken("a") > 0
    rate.taken("c")
    assert len(rate.buckets) == 2


def test_accounts_of_another_version_are_refused(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.connection.execute("PRAGMA user_version = 99")
    ledger.close()
    with pytest.raises(StoreError, match="version 99"):
        Ledger(tmp_path)
    assert (tmp_path / FILE).exists()
