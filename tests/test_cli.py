"""The command line as other programs use it: exit status, JSON shapes, clear errors."""

import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from assistant.cli import main
from assistant.cli.arguments import COMMANDS
from corpus.notices import folder

CV = "Développeur logiciel, depuis 2019\n- Développement d'applications web et mise en production en continu\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A store with the shipped notices, made by `acquis add`."""
    home = tmp_path_factory.mktemp("home")
    assert main(["add", "--home", str(home), str(folder())]) == 0
    return home


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    status = main(list(arguments))
    out, err = capsys.readouterr()
    return status, out, err


def test_list_has_a_row_a_referential(home, capsys):
    status, out, _ = run(capsys, "list", "--home", str(home), "--json")
    rows = {row["certification"]: row for row in json.loads(out)}
    assert status == 0
    assert all(row["source"].endswith(".txt") for row in json.loads(out))  # the folder holds a Python file as well
    assert set(rows["RNCP38822"]) == {"source", "certification", "title", "level", "blocks", "active", "until"}
    assert (rows["RNCP38822"]["level"], rows["RNCP38822"]["blocks"], rows["RNCP38822"]["until"]) == (7, 4, "2028-03-27")


def test_search_prints_hits_best_first(home, capsys):
    status, out, _ = run(capsys, "search", "intégration continue", "--home", str(home), "--top", "3", "--json")
    hits = json.loads(out)
    assert status == 0
    assert len(hits) == 3
    assert (hits[0]["certification"], hits[0]["block"]) == ("RNCP38822", 3)
    assert [h["score"] for h in hits] == sorted((h["score"] for h in hits), reverse=True)


def test_search_filters(home, capsys):
    _, out, _ = run(capsys, "search", "informatique", "--home", str(home), "--level", "7", "--json")
    assert {h["certification"] for h in json.loads(out)} == {"RNCP38822"}


def test_ask_answers_with_citations(home, capsys):
    status, out, _ = run(capsys, "ask", "Combien de blocs compte le RNCP38822 ?", "--home", str(home), "--json")
    answer = json.loads(out)
    assert status == 0
    assert answer["status"] == "answered"
    assert "4 blocs" in answer["answer"]
    assert set(answer["citations"][0]) >= {"source", "block", "quote", "start_line", "end_line"}


def test_nothing_found_has_its_own_status(home, capsys):
    assert run(capsys, "ask", "Quel est le prix du RNCP38822 ?", "--home", str(home))[0] == 3


def test_match_prints_blocks(home, capsys, tmp_path):
    cv = tmp_path / "cv.txt"
    cv.write_text(CV, encoding="utf-8")
    report = tmp_path / "report.docx"
    arguments = (
        "match",
        str(cv),
        "--home",
        str(home),
        "--certification",
        "RNCP38822",
        "--json",
        "--report",
        str(report),
    )
    status, out, _ = run(capsys, *arguments)
    assert status in (0, 3)
    assert {m["block"] for m in json.loads(out)} == {1, 2, 3, 4}
    assert report.read_bytes()[:2] == b"PK"


def test_the_report_is_written_in_the_format_of_its_name(home, capsys, tmp_path):
    cv = tmp_path / "cv.txt"
    cv.write_text(CV, encoding="utf-8")
    for name, start in (("r.pdf", b"%PDF"), ("r.XLSX", b"PK"), ("r.acquis.json", b"{")):
        run(capsys, "match", str(cv), "--home", str(home), "--report", str(tmp_path / name))
        assert (tmp_path / name).read_bytes().startswith(start)
    english = tmp_path / "en.docx"
    run(capsys, "match", str(cv), "--home", str(home), "--report", str(english), "--lang", "en")
    assert docx.Document(str(english)).core_properties.language == "en-GB"


@pytest.mark.parametrize(("name", "told"), [("r.txt", ".docx, .pdf, .xlsx"), ("absent/r.pdf", "Impossible d’écrire")])
def test_a_report_that_cannot_be_written_says_why(home, capsys, tmp_path, name, told):
    cv = tmp_path / "cv.txt"
    cv.write_text(CV, encoding="utf-8")
    status, out, err = run(capsys, "match", str(cv), "--home", str(home), "--report", str(tmp_path / name))
    assert (status, out) == (2, "")
    assert told in err


def test_batch_writes_an_object_for_each_id(home, capsys, tmp_path):
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    gold.write_text('{"id": "a", "question": "Niveau du RNCP38822 ?"}\n{"id": "b", "question": "Météo ?"}\n', "utf-8")
    assert main(["batch", "ask", str(gold), str(out), "--home", str(home)]) == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(r["id"], r["status"]) for r in rows] == [("a", "answered"), ("b", "not_found")]


def test_a_request_that_fails_does_not_stop_a_batch(home, capsys, tmp_path):
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    gold.write_text('{"id": "a", "question": ""}\n{"id": "b", "question": "Niveau du RNCP38822 ?"}\n', "utf-8")
    assert main(["batch", "ask", str(gold), str(out), "--home", str(home)]) == 1
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [r["id"] for r in rows] == ["a", "b"]
    assert "Écrivez une question" in rows[0]["error"]


@pytest.mark.parametrize(
    ("content", "words"), [("not json\n", "ligne 1"), ('{"id": "a"}\n', "question"), ("[1]\n", "ligne 1")]
)
def test_a_bad_batch_file_is_refused_with_its_line(home, capsys, tmp_path, content, words):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(content, "utf-8")
    status, _, err = run(capsys, "batch", "ask", str(gold), str(tmp_path / "out.jsonl"), "--home", str(home))
    assert status == 2
    assert words in err


def test_a_failed_file_is_named_and_the_others_are_added(capsys, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text("Un titre\n\nUn paragraphe assez long pour être lu.\n", "utf-8")
    status, out, err = run(capsys, "add", str(tmp_path), "--home", str(tmp_path / "home"))
    assert status == 1
    assert "good.txt" in out
    assert "empty.txt" in err


def test_remove_tells_what_was_there(capsys, tmp_path):
    (tmp_path / "good.txt").write_text("Un titre\n\nUn paragraphe assez long pour être lu.\n", "utf-8")
    home = str(tmp_path / "home")
    run(capsys, "add", str(tmp_path / "good.txt"), "--home", home)
    assert run(capsys, "remove", "good.txt", "nothing.txt", "--home", home)[0] == 1
    assert run(capsys, "remove", "good.txt", "--home", home)[0] == 3


def test_a_missing_store_gets_a_hint(capsys, tmp_path):
    status, _, err = run(capsys, "search", "x", "--home", str(tmp_path / "none"))
    assert status == 2
    assert "acquis add" in err


@pytest.mark.parametrize(
    "arguments", [[], ["dance"], ["search"], ["search", "x", "--top", "0"], ["batch", "sing", "a", "b"]]
)
def test_bad_usage_has_status_2(arguments):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2


@pytest.mark.parametrize("option", ["--csv", "--xlsx"])
def test_a_file_that_cannot_be_written_is_told(capsys, tmp_path, home, option):
    status, _, told = run(capsys, "search", "--home", str(home), "niveau 7", option, str(tmp_path / "absent" / "x"))
    assert (status, "Impossible d’écrire « x »" in told) == (2, True)


def test_help_is_quick_and_needs_no_model():
    code = "import sys; from assistant.cli.arguments import parser; parser(); assert 'torch' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_check_names_what_is_damaged_and_compact_gives_back_room(tmp_path, capsys):
    home, file = tmp_path / "home", tmp_path / "serre.txt"
    file.write_text("Opérateur de serre\n\nRepérer les maladies des plants\n", encoding="utf-8")
    assert run(capsys, "add", "--home", str(home), str(file))[0] == 0
    assert run(capsys, "check", "--home", str(home))[:2] == (0, "intacte\n")
    assert "Mo après" in run(capsys, "compact", "--home", str(home))[1]
    store = home / "acquis.sqlite"
    store.write_bytes(store.read_bytes().replace(b"maladies des plants", b"maladies des plante"))
    status, out, err = run(capsys, "check", "--home", str(home))
    assert (status, out) == (1, "endommagée\n")
    assert "à ajouter de nouveau (acquis add) : serre.txt" in err


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_described_by_its_module(name, capsys):
    with pytest.raises(SystemExit) as stop:
        main([name, "--help"])
    assert stop.value.code == 0
    assert f"usage: acquis {name} " in capsys.readouterr().out
