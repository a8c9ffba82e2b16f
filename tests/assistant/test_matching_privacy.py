"""A CV through the command line and a real server: nothing of it on the disk, in what is printed, or in the request."""

import json
import logging
import os
import tempfile
from pathlib import Path

import pytest
from faulty_server import nobody, running

from assistant.cli import main

CV = """Maëlle Quervannec
8 quai des Chaumes, 56100 Lorient - 06 45 67 89 01 - maelle.quervannec@exemple.bzh
Née le 9 juillet 1991 - linkedin.com/in/mquervannec
EXPÉRIENCES
Développeuse Java – Krouzelec SARL, Lorient (2016 – 2024)
- Services Spring Boot et API REST pour douze clients, avec Mme Soazig Trividic
- Tests JUnit et revue du code de l'équipe
- Déploiement par GitLab CI
LOISIRS
Chorale de Plouvrez
"""
WHO = ("Maëlle", "Maelle", "Quervannec", "quervannec", "Chaumes", "56100", "67 89", "juillet 1991", "Soazig")
WHERE = ("Krouzelec", "Plouvrez")
CANARIES = (*WHO, *WHERE, "Spring Boot et API REST pour douze")


def written(*folders: Path) -> list[str]:
    """The files below some folders that hold a canary in UTF-8 or UTF-16, plain."""
    secrets = [c.encode(code) for c in CANARIES for code in ("utf-8", "utf-16-le")]
    files = [p for folder in folders for p in folder.rglob("*") if p.is_file()]
    return [p.name for p in files if any(s in p.read_bytes() for s in secrets)]


@pytest.fixture
def cv(tmp_path, monkeypatch) -> Path:
    """The CV in a folder of its own; everything temporary goes to a folder that is looked through."""
    for name in ("cv", "tmp", "home", "cache"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    for variable, folder in (("TMPDIR", "tmp"), ("HOME", "home"), ("XDG_CACHE_HOME", "cache")):
        monkeypatch.setenv(variable, str(tmp_path / folder))
    path = tmp_path / "cv" / "cv.txt"
    path.write_text(CV, encoding="utf-8")
    return path


def match(home, cv, *more) -> int:
    return main(["match", str(cv), "--home", str(home), *more])


def test_nothing_of_a_cv_is_written_or_logged(home, library, cv, capsys, caplog):
    with caplog.at_level(logging.DEBUG):
        for more in ((), ("--json",), ("--certification", "RNCP38822")):
            assert match(home, cv, *more) == 0
    capsys.readouterr()
    assert written(home, *(cv.parents[1] / name for name in ("tmp", "home", "cache"))) == []
    assert not any(canary in caplog.text for canary in CANARIES)
    assert sorted(os.listdir(cv.parent)) == ["cv.txt"]


def test_what_is_shown_are_the_lines_that_prove_and_no_others(home, library, cv, capsys):
    assert match(home, cv) == 0
    shown = capsys.readouterr().out
    assert "1. " in shown
    assert "CV, ligne " in shown
    assert not any(canary in shown for canary in ("Maëlle", "Quervannec", "Plouvrez", "67 89"))


def test_the_request_to_a_model_holds_the_work_and_not_the_person(home, library, cv, capsys, monkeypatch):
    with running() as server:
        server.reply = ["[C2] « Services Spring Boot et API REST » = [R1]\n"]
        monkeypatch.setenv("ACQUIS_MODEL_URL", server.at("healthy"))
        monkeypatch.setenv("ACQUIS_MODEL", "m")
        assert match(home, cv, "--certification", "RNCP38822", "--model") == 0
        told = capsys.readouterr().err
        ((_, headers, body),) = server.asked
    sent = json.dumps([headers, body], ensure_ascii=False)
    assert not any(canary in sent for canary in (*WHO, *WHERE))
    assert "Services Spring Boot et API REST pour douze clients" in sent
    assert "cv.txt" not in sent
    assert told.startswith("Envoyé au modèle m : ")
    assert "Masqué avant l'envoi : " in told
    assert "aucun état ne change" in told
    assert written(home, *(cv.parents[1] / name for name in ("tmp", "home", "cache"))) == []


def test_no_model_is_asked_unless_it_is_wanted(home, library, cv, capsys, monkeypatch):
    with running() as server:
        monkeypatch.setenv("ACQUIS_MODEL_URL", server.at("healthy"))
        monkeypatch.setenv("ACQUIS_MODEL", "m")
        assert match(home, cv) == 0
        assert server.asked == []
    for name in ("ACQUIS_MODEL_URL", "ACQUIS_MODEL"):
        monkeypatch.delenv(name)
    assert match(home, cv, "--model") == 2
    assert "Aucun modèle n'est configuré" in capsys.readouterr().err


@pytest.mark.parametrize("fault", ["nobody", "denied"])
def test_a_server_that_fails_leaves_the_match_and_no_word_of_the_cv(home, library, cv, capsys, monkeypatch, fault):
    with running() as server:
        monkeypatch.setenv("ACQUIS_MODEL_URL", nobody() if fault == "nobody" else server.at(fault))
        monkeypatch.setenv("ACQUIS_MODEL", "m")
        assert match(home, cv, "--certification", "RNCP38822", "--model", "--json") == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)
    assert "modèle" in printed.err
    assert not any(canary in printed.err for canary in CANARIES)
