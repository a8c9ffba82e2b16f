"""A real server that fails in every way: the reader gets the extractive answer in time, and is told why."""

import logging
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from faulty_server import nobody, running, until

from assistant.answering.phrases import PHRASES
from assistant.assistant import Assistant
from assistant.cli import main
from assistant.model import configured
from assistant.model.chat import PATIENCE, LangChainModel, connect
from assistant.model.deadline import NEXT
from assistant.model.faults import ModelFault, Reason
from assistant.model.port import ModelSettings
from assistant.web.health import how_the_model_does
from assistant.web.server import configured_model
from assistant.web.service import Service
from corpus.errors import UsageError

QUESTION = "Quelles sont les compétences du bloc 4 du RNCP38822 ?"
LINES = [
    "[2] « Répartir les tâches et coordonner le travail »\n",
    "[1] « Définir les profils utiles et constituer l'équipe, par recrutement ou par formation »\n",
    "[3] « Aider chacun à communiquer et à résoudre les difficultés »\n",
]
KEY = "sk-very-secret-0123456789"
SHORT = 0.6  # seconds of patience in the tests that must wait for its end; 6 by default


@pytest.fixture(scope="module")
def server():
    with running() as server:
        server.reply = LINES
        yield server


def model(address: str, patience: float = PATIENCE) -> LangChainModel:
    return connect(ModelSettings(address, "m", KEY), patience)


def asked(library, chosen):
    return Assistant(library, chosen, today=lambda: date(2026, 11, 22)).ask(QUESTION)


@pytest.fixture(scope="module")
def plain(library):
    return asked(library, None)


def test_a_healthy_server_is_believed(library, server):
    answer = asked(library, model(server.at("healthy")))
    assert answer.author == "m"
    assert answer.notices == ()
    assert [c.quote.text.split()[0] for c in answer.citations[:2]] == ["Répartir", "Définir"]
    fault, headers, body = server.asked[-1]
    assert (fault, headers["authorization"], body["stream"]) == ("healthy", f"Bearer {KEY}", True)


@pytest.mark.filterwarnings("ignore:Pydantic serializer")
@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("slow", Reason.SLOW),
        ("stalled", Reason.SLOW),
        ("dripping", Reason.SLOW),
        ("creeping", Reason.SLOW),
        ("cut", Reason.CUT),
        ("silently_cut", Reason.CUT),
        ("denied", Reason.KEY),
        ("unknown", Reason.UNKNOWN),
        ("busy", Reason.BUSY),
        ("broken", Reason.BROKEN),
        ("elsewhere", Reason.BROKEN),
        ("garbage", Reason.GARBLED),
        ("broken_json", Reason.GARBLED),
        ("other_json", Reason.GARBLED),
        ("no_http", None),
        ("compressed", Reason.GARBLED),
        ("endless", Reason.LONG),
        ("one_line", Reason.LONG),
        ("endless_error", None),
    ],
)
def test_every_fault_gives_way_to_the_extractive_answer(library, server, plain, fault, reason):
    started = time.monotonic()
    answer = asked(library, model(server.at(fault), SHORT if reason is Reason.SLOW else PATIENCE))
    assert time.monotonic() - started < (SHORT + NEXT + 1.0 if reason is Reason.SLOW else 8.0)
    assert (answer.author, answer.text, answer.citations) == ("extractive", plain.text, plain.citations)
    assert len(answer.notices) == 1
    if reason:
        assert answer.notices[0] == PHRASES["fr"][f"model_{reason}"]
    assert not any(piece in answer.notices[0] for piece in (KEY, "<", "alert"))


def test_nobody_at_the_address(library, plain):
    answer = asked(library, model(nobody()))
    assert answer.text == plain.text
    assert answer.notices == (PHRASES["fr"]["model_refused"],)


def test_a_reply_that_makes_progress_may_take_longer(library, server):
    patience = 2.0  # of three lines, 0.9 s apart, each comes a second before it would be too late: machines are busy
    started = time.monotonic()
    answer = asked(library, model(server.at("unhurried"), patience))
    assert time.monotonic() - started > patience
    assert answer.author == "m"
    assert answer.text.count("«") == len(LINES)


def test_the_reader_waits_eight_seconds_at_most(library, server):
    def seconds(fault: str) -> float:
        started = time.monotonic()
        assert asked(library, model(server.at(fault))).author == "extractive"
        return time.monotonic() - started

    with ThreadPoolExecutor() as readers:
        waits = list(readers.map(seconds, ["slow", "stalled", "dripping", "creeping"]))
    assert all(PATIENCE - 1 < wait < 8.0 for wait in waits), waits


@pytest.mark.parametrize("fault", ["dripping", "steady", "endless"])
def test_a_stop_by_the_reader_closes_the_connection(library, server, fault):
    server.left.clear()
    pieces = model(server.at(fault)).stream("Bonjour")
    reader = threading.Thread(target=lambda: next(pieces, None), daemon=True)
    if fault == "dripping":
        pieces = model(server.at(fault), SHORT).stream("Bonjour")
        with pytest.raises(ModelFault, match="slow"):
            next(pieces)
    else:
        reader.start()
        reader.join()
    pieces.close()
    assert server.left.wait(3.0), "the server still has its client"
    assert until(lambda: not [t for t in threading.enumerate() if t.name == "language model"], 3.0)


def test_a_reader_who_leaves_an_answer_closes_the_connection(library, server):
    server.left.clear()
    growing = Assistant(library, model(server.at("steady"))).stream(QUESTION)
    assert next(growing).author == "m"
    growing.close()
    assert server.left.wait(3.0), "the server still has its client"


@pytest.mark.parametrize("fault", ["denied", "broken", "cut", "garbage"])
def test_the_key_is_told_to_nobody_but_the_server(server, fault, caplog):
    chosen = ModelSettings(server.at(fault), "m", KEY)
    with caplog.at_level(logging.DEBUG), pytest.raises(ModelFault) as caught:
        list(connect(chosen).stream("Bonjour"))
    told = "".join(traceback.format_exception(caught.value))
    assert (
        KEY not in f"{told}{caught.value!r}{caught.value.hint}{caught.value.hint_en}{chosen!r}{vars(connect(chosen))}"
    )
    assert KEY not in caplog.text


def test_a_redirection_does_not_carry_the_question_away(server):
    before = len(server.asked)
    with pytest.raises(ModelFault, match="HTTP 307"):
        list(model(server.at("elsewhere")).stream("Bonjour"))
    assert [fault for fault, _, _ in server.asked[before:]] == ["elsewhere"]


def test_a_provider_of_langchain_is_asked_by_its_name(library, server, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", server.at("healthy"))
    chosen = configured({"ACQUIS_MODEL": "openai:gpt-test", "ACQUIS_MODEL_KEY": KEY})
    answer = asked(library, chosen)
    assert answer.author == "openai:gpt-test"
    assert server.asked[-1][2]["model"] == "gpt-test"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mistralai:mistral-small", "pip install langchain-mistralai"),
        ("nobody:at-all", "inconnu de LangChain"),
        ("openai:gpt-test", "sa clé manque"),
    ],
)
def test_a_provider_that_cannot_be_had_is_explained(monkeypatch, name, words):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(UsageError) as caught:
        configured({"ACQUIS_MODEL": name})
    assert words in caught.value.hint


def test_the_command_line_asks_the_model_and_says_who_wrote(library, home, server, monkeypatch, capsys):
    for name, value in {"_URL": server.at("healthy"), "": "m", "_KEY": KEY}.items():
        monkeypatch.setenv(f"ACQUIS_MODEL{name}", value)
    assert main(["ask", QUESTION, "--home", str(home)]) == 0
    assert "composée par le modèle de langage m" in capsys.readouterr().out
    monkeypatch.setenv("ACQUIS_MODEL_URL", server.at("denied"))
    assert main(["ask", QUESTION, "--home", str(home)]) == 0
    shown = capsys.readouterr()
    assert PHRASES["fr"]["model_key"] in shown.out
    assert KEY not in shown.out + shown.err


def test_the_health_of_the_service_tells_how_the_model_does(library, server, monkeypatch):
    monkeypatch.setenv("ACQUIS_MODEL_URL", server.at("busy"))
    monkeypatch.setenv("ACQUIS_MODEL", "m")
    said: list[str] = []
    chosen = configured_model(said.append)
    service = Service(Assistant(library, chosen), library, chosen.name)
    assert how_the_model_does(service)["model"] == {"failures": 0, "resting": 0.0, "reason": None}
    service.assistant.ask(QUESTION)
    assert how_the_model_does(service)["model"]["reason"] == "busy"
    assert how_the_model_does(Service(Assistant(library), library)) == {}
    assert server.at("busy") in said[0]
