"""What those who look after the service see: readiness, figures, logs without a word of anybody's, the legal pages."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from web_double import DoubleAssistant, DoubleLibrary

from assistant.access.entrance import Entrance
from assistant.access.ledger import Ledger
from assistant.running.figures import CountedAssistant, Figures
from assistant.running.logs import configure, shortened
from assistant.settings import Logs, Metrics, Privacy, Server, Settings
from assistant.web.service import Service
from assistant.web.site import site
from corpus.errors import StoreError
from index.library import Library

HERE = "http://127.0.0.1:7860"
CANARY = "zygene"


@pytest.fixture(scope="module")
def log() -> Iterator[io.StringIO]:
    """What the service writes, as JSON."""
    root, kept = logging.getLogger(), logging.getLogger().handlers[:]
    stream = io.StringIO()
    configure(Logs(format="json", level="info", addresses="truncated"), stream)
    yield stream
    root.handlers[:] = kept


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def settings(home) -> Settings:
    return Settings(
        home,
        server=Server(proxies=("10.1.2.3",)),
        logs=Logs(addresses="truncated"),
        metrics=Metrics(("127.0.0.1", "10.9.0.0/16")),
        privacy=Privacy(responsible="L’atelier <b>", contact="dpo@atelier.example"),
    )


@pytest.fixture(scope="module")
def application(log, settings):
    library, figures = DoubleLibrary(), Figures()
    assistant = CountedAssistant(DoubleAssistant(library), figures)
    return site(Service(assistant, library), Entrance(settings, Ledger(settings.home)), figures)


def client(application, address: str = "127.0.0.1") -> TestClient:
    return TestClient(application, base_url=HERE, client=(address, 50_000), raise_server_exceptions=False)


def figure(text: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    assert found, f"{name} is not in\n{text}"
    return float(found[1])


def lines(log: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_figures_count_requests_questions_and_the_store(application):
    someone = client(application)
    someone.post("/api/v1/ask", json={"question": "Combien de blocs compte le RNCP90001 ?"})
    someone.get("/recherche")
    someone.get("/nulle/part/zygene")
    text = someone.get("/metrics").text
    assert figure(text, 'acquis_requests_total{method="POST",route="/api/v1/ask",status="200"}') >= 1
    assert figure(text, 'acquis_requests_total{method="GET",route="/recherche",status="200"}') >= 1
    assert figure(text, 'acquis_requests_total{method="GET",route="other",status="404"}') >= 1
    assert figure(text, 'acquis_questions_total{by="extracts",status="answered"}') == 1
    assert figure(text, "acquis_store_certifications") == 2
    assert figure(text, "acquis_waiting") == 0
    assert figure(text, "process_resident_memory_bytes") > 1e7
    assert CANARY not in text


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("10.9.8.7", {}, 200),
        ("192.0.2.1", {}, 403),
        ("127.0.0.1", {"x-forwarded-for": "192.0.2.1"}, 403),  # a proxy on this machine that nobody configured
        ("10.1.2.3", {"x-forwarded-for": "192.0.2.1"}, 403),
        ("10.1.2.3", {"x-forwarded-for": "10.9.1.1"}, 200),
        ("192.0.2.1", {"x-forwarded-for": "127.0.0.1"}, 403),
    ],
)
def test_figures_are_for_their_readers(application, address, headers, status):
    assert client(application, address).get("/metrics", headers=headers).status_code == status


def test_nothing_that_anybody_wrote_is_in_the_log(application, log, settings):
    someone, proxied = client(application, "192.0.2.77"), client(application, "10.1.2.3")
    someone.post("/api/v1/ask", json={"question": f"Qui est {CANARY} ?"})
    someone.get(f"/api/v1/search?query={CANARY}")
    someone.get(f"/recherche?q={CANARY}")
    someone.get(f"/{CANARY}?x={CANARY}", headers={"user-agent": CANARY, "x-request-id": CANARY * 2})
    someone.post("/connexion", data={"name": CANARY, "password": CANARY}, headers={"origin": HERE})
    files = {"files": (f"{CANARY}.pdf", CANARY.encode())}
    someone.post("/cv/gradio_api/upload", files=files, headers={"origin": HERE})
    someone.post("/gradio_api/queue/join", json={"data": [CANARY], "fn_index": 9999, "session_hash": CANARY})
    proxied.get("/", headers={"x-forwarded-for": "198.51.100.9", "x-request-id": "from-the-proxy"})
    logging.getLogger("corpus.layouts").warning("%s stumbled over %s", "export", f"{CANARY}.xml")
    logging.getLogger("elsewhere").error(f"cannot read {CANARY}")
    try:
        raise ValueError(CANARY)
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
    assert CANARY not in log.getvalue()
    told = lines(log)
    assert {"time", "level", "logger", "message", "request", "route", "method", "status", "ms", "address"} == set(
        next(line for line in told if line.get("route") == "/api/v1/ask")
    )
    assert any(line.get("route") == "/api/v1/search" for line in told)
    assert any(line["request"] == "from-the-proxy" for line in told if "request" in line)
    assert {line.get("address") for line in told} <= {None, "127.0.0.0", "192.0.2.0", "10.9.0.0", "10.9.8.0",
                                                      "10.9.1.0", "198.51.100.0", "10.1.2.0"}  # fmt: skip
    assert any(line.get("exception") == "ValueError" for line in told)
    assert any(line["message"] == f"{'…'} stumbled over {'…'}" for line in told)


def test_a_reply_bears_the_mark_of_its_line(application, log):
    mark = client(application).get("/healthz").headers["x-request-id"]
    assert next(line for line in lines(log) if line.get("request") == mark)["route"] == "/healthz"


def test_addresses_are_shortened():
    assert shortened("203.0.113.77") == "203.0.113.0"
    assert shortened("2001:db8:1:2:3::77") == "2001:0db8:0001::"
    assert shortened("testclient") == ""


def test_a_line_for_people_is_one_line():
    stream, kept = io.StringIO(), logging.getLogger().handlers[:]
    try:
        configure(Logs(), stream)
        logging.getLogger("acquis.web").error("unexpected %s at\n%s", "KeyError", "place")
        logging.getLogger("acquis.requests").info("request")
    finally:
        logging.getLogger().handlers[:] = kept
        logging.getLogger("acquis").setLevel("INFO")
    assert stream.getvalue().count("\n") == 1
    assert "error acquis.web unexpected KeyError at | place" in stream.getvalue()


def test_readiness_needs_the_store_and_the_index(application, tmp_path):
    assert client(application).get("/readyz").json() == {"ready": True, "generation": 2, "fault": ""}
    library = Library.open(tmp_path, create=True)
    ready = client(site(Service(DoubleAssistant(DoubleLibrary()), library), None))
    assert ready.get("/readyz").status_code == 200
    (tmp_path / "acquis.sqlite").write_bytes(b"noise" * 1000)
    found = ready.get("/readyz")
    assert (found.status_code, found.json()["fault"]) == (503, StoreError.__name__)


@pytest.mark.parametrize("path", ["/confidentialite", "/accessibilite", "/en/privacy", "/en/accessibility"])
def test_legal_pages_say_what_is_configured(application, path):
    reply = client(application).get(path)
    assert reply.status_code == 200
    page = reply.text
    assert "dpo@atelier.example" in page
    assert "L’atelier &lt;b&gt;" in page
    assert page.count("<h1>") == 1
    assert not re.search(r"\{\w+\}", page.split('<main id="work">')[1])
    away = re.search(r'<a href="(\./en/|\.\./)([a-z]+)" lang', page)
    assert client(application).get(("/en/" if away[1] == "./en/" else "/") + away[2]).status_code == 200


def test_the_privacy_page_follows_the_configuration(application, settings):
    page = client(application).get("/en/privacy").text
    assert "90 days" in page
    assert "10 minutes" in page
    assert "60 minutes without activity, 12 hours at most" in page
    assert "1 hours" not in page
    assert "without its last part" in page
    other = replace(settings, privacy=Privacy(uploads_hours=3), logs=Logs(), home=settings.home / "b")
    library = DoubleLibrary()
    changed = site(Service(DoubleAssistant(library), library, "mistral"), Entrance(other, Ledger(other.home)))
    page = client(changed).get("/confidentialite").text
    assert "3 heures" in page
    assert "mistral" in page
    assert "n’est pas notée" in page


@pytest.mark.parametrize("path", ["/", "/recherche", "/connexion", "/en/"])
def test_every_page_leads_to_them(application, path):
    foot = client(application).get(path).text.split('<footer id="colophon">')[1]
    for address in re.findall(r'<a href="([a-z]+)"', foot):
        assert client(application).get(("/en/" if path.startswith("/en") else "/") + address).status_code == 200
    assert len(re.findall(r'<a href="([a-z]+)"', foot)) == 2


