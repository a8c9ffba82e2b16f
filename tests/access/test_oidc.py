"""Signing in by a real provider on a local port: code, PKCE, nonce, state; and what does not hold is refused."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from provider import CLIENT, SECRET

from assistant.access.entrance import Entrance
from assistant.access.ledger import Ledger
from assistant.access.oidc import NoRole, SignInError
from assistant.access.oidc import Provider as Known
from assistant.access.roles import Role
from assistant.access.sessions import Journey
from assistant.settings import Oidc, Settings
from assistant.web.gate import COOKIE, Gate
from assistant.web.signin import SignIn

HERE = "http://127.0.0.1:7860"
BACK = f"{HERE}/connexion/retour"


@pytest.fixture
def settings(provider) -> Oidc:
    return Oidc(
        provider.issuer, CLIENT, SECRET, role_claim="realm_access.roles", advisors=("conseil",), staff=("equipe",)
    )


def through(known: Known, provider) -> tuple[str, Journey]:
    """A journey to the provider and back: the code it gave, and what was kept."""
    kept: list[Journey] = []
    address, state = known.departure(BACK, "/cv", lambda journey: kept.append(journey) or "s1")
    back = httpx.get(address).headers["location"]
    assert back.startswith(BACK)
    found = parse_qs(urlsplit(back).query)
    assert found["state"] == [state]
    return found["code"][0], kept[0]


def test_a_person_comes_back_with_a_name_and_a_role(settings, provider):
    provider.claims = {"email": "a@example.org", "realm_access": {"roles": ["autre", "conseil"]}}
    known = Known(settings)
    visitor = known.arrival(BACK, *through(known, provider))
    assert (visitor.name, visitor.role) == ("a@example.org", Role.ADVISOR)


@pytest.mark.parametrize("signs", [False, True])
def test_the_role_may_stand_in_the_userinfo_signed_or_not(settings, provider, signs):
    provider.userinfo, provider.signs_userinfo = {"siret": "123", "name": "Ada"}, signs
    known = Known(replace(settings, role_claim="siret", staff=("123",)))
    assert known.arrival(BACK, *through(known, provider)).role is Role.STAFF


@pytest.mark.parametrize(
    ("lies", "told"),
    [
        ({"nonce": "autre"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"aud": "autre"}, "aud"),
        ({"iss": "http://autre.example"}, "iss"),
        ({"exp": 1}, "expired"),
        ({"sub": "u2"}, "another person"),
    ],
)
def test_an_id_token_that_does_not_hold_is_refused(settings, provider, lies, told):
    provider.claims, provider.lies = {"realm_access": {"roles": ["equipe"]}}, lies
    known = Known(settings)
    with pytest.raises(SignInError, match=told):
        known.arrival(BACK, *through(known, provider))


def test_a_forged_signature_is_refused(settings, provider):
    provider.claims, provider.forged = {"realm_access": {"roles": ["equipe"]}}, True
    known = Known(settings)
    with pytest.raises(SignInError, match="BadSignature"):
        known.arrival(BACK, *through(known, provider))


def test_a_code_is_worth_nothing_without_its_verifier_or_twice(settings, provider):
    provider.claims = {"realm_access": {"roles": ["equipe"]}}
    known = Known(settings)
    code, journey = through(known, provider)
    with pytest.raises(SignInError, match="invalid_grant"):
        known.arrival(BACK, code, replace(journey, verifier="x" * 48))
    code, journey = through(known, provider)
    known.arrival(BACK, code, journey)
    with pytest.raises(SignInError):
        known.arrival(BACK, code, journey)


def test_a_person_without_a_role_is_told_so(settings, provider):
    known = Known(settings)
    with pytest.raises(NoRole) as refused:
        known.arrival(BACK, *through(known, provider))
    assert "administrateur" in refused.value.hint


def test_a_provider_that_is_another_or_silent_is_refused(settings):
    with pytest.raises(SignInError, match="says it is"):
        Known(replace(settings, issuer=settings.issuer + "/")).described()
    with pytest.raises(SignInError, match="no description"):
        Known(replace(settings, issuer="http://127.0.0.1:9")).described()


@pytest.fixture
def entrance(settings, tmp_path) -> Entrance:
    return Entrance(Settings(tmp_path, oidc=settings), Ledger(tmp_path))


@pytest.fixture
def browser(entrance):
    app = FastAPI()
    app.include_router(SignIn(entrance, frozenset({"cv", ""}), lambda title, body, visitor, t: body).router)
    app.add_middleware(Gate, entrance=entrance)
    with TestClient(app, base_url=HERE, follow_redirects=False) as client:
        yield client


def returned(browser) -> str:
    """The address at which the provider sends a browser back."""
    away = browser.get("/connexion/fournisseur?vers=cv").headers["location"]
    return httpx.get(away).headers["location"]


def test_a_browser_signs_in_by_the_provider(browser, provider, entrance):
    provider.claims = {"email": "a@example.org", "realm_access": {"roles": ["equipe"]}}
    reply = browser.get(returned(browser))
    assert (reply.status_code, reply.headers["location"]) == (303, "/cv")
    assert entrance.sessions.visitor(browser.cookies[COOKIE]).role is Role.STAFF
    again = browser.get(str(reply.request.url))
    assert "refus=fournisseur" in again.headers["location"]


def test_a_return_in_another_browser_signs_nobody_in(browser, provider):
    provider.claims = {"realm_access": {"roles": ["equipe"]}}
    back = returned(browser)
    browser.cookies.clear()
    reply = browser.get(back)
    assert "refus=fournisseur" in reply.headers["location"]
    assert COOKIE not in browser.cookies


def test_nobody_is_sent_to_an_address_that_is_no_page(browser, provider):
    provider.claims = {"realm_access": {"roles": ["equipe"]}}
    away = browser.get("/connexion/fournisseur?vers=//evil.example").headers["location"]
    assert browser.get(httpx.get(away).headers["location"]).headers["location"] == "/"
