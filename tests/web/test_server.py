"""Starting the service: what it says, what it does to an empty home, what it refuses."""

from __future__ import annotations

import socket

import pytest
from fastapi.testclient import TestClient

import app
from assistant.settings import Server, Settings
from assistant.web.server import create_app, open_library, reserve, serve, warn
from corpus import notices
from corpus.errors import UsageError


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home") / "deep" / "store"


def test_an_empty_home_is_filled_with_the_notices_once(home):
    said: list[str] = []
    library = open_library(home, said.append)
    shipped = [p for p in notices.folder().iterdir() if p.suffix == ".txt"]
    assert {r.source for r in library.referentials()} == {p.name for p in shipped}
    assert f"base vide : ajout des {len(shipped)} notices livrées avec le programme…" in said
    again: list[str] = []
    open_library(home, again.append)
    assert not [phrase for phrase in again if "base vide" in phrase]


def test_the_application_answers_without_a_model(home, monkeypatch):
    for name in ("ACQUIS_MODEL", "ACQUIS_MODEL_URL"):
        monkeypatch.delenv(name, raising=False)
    said: list[str] = []
    with TestClient(create_app(home, said.append)) as client:
        assert client.get("/healthz").json()["status"] == "ok"
        assert client.get("/en", follow_redirects=True).status_code == 200
    assert "aucun modèle de langue configuré : les réponses sont des extraits des sources" in said
    assert said[-1] == "préparation des pages…"


def test_half_a_model_is_refused(home, monkeypatch):
    monkeypatch.setenv("ACQUIS_MODEL", "un-modele")
    monkeypatch.delenv("ACQUIS_MODEL_URL", raising=False)
    with pytest.raises(UsageError, match="expected an http"):
        create_app(home, lambda phrase: None)


def test_a_taken_port_is_told_before_anything_is_loaded(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError) as refused:
            serve(Settings(tmp_path / "untouched", Server(port=port)))
    assert f"--port {port + 1}" in refused.value.hint
    assert not (tmp_path / "untouched").exists()


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70_000), ("256.1.1.1", 7860)])
def test_an_impossible_address_is_refused(host, port):
    with pytest.raises(UsageError, match="cannot listen"):
        reserve(host, port)


def test_app_offers_what_other_programs_call():
    assert (app.create_app, app.serve) == (create_app, serve)


def test_what_is_closed_to_everybody_is_told(tmp_path):
    said: list[str] = []
    warn(Settings(tmp_path, Server(host="127.0.0.1")), said.append)
    assert said == []
    warn(Settings(tmp_path, Server(host="0.0.0.0")), said.append)
    assert "acquis user add" in said[0]
