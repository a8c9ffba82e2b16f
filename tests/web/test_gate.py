"""The gate before all pages: how often, how much, from where; and what people are told."""

from __future__ import annotations

import json
from dataclasses import replace

from anyio import fail_after
from anyio.to_thread import current_default_thread_limiter
from awaited import awaited
from fastapi import FastAPI, HTTPException, Request
from fastapi.testclient import TestClient

from assistant.access.entrance import Entrance
from assistant.access.ledger import Ledger
from assistant.access.roles import Role
from assistant.settings import Limits, Server, Settings
from assistant.web.gate import COOKIE, JOIN, Gate, visitor_of

HERE = "http://127.0.0.1:7860"
UPLOAD = "/gradio_api/upload"


def client(tmp_path, **settings) -> tuple[TestClient, Entrance]:
    """Behind the gate, an application that says what it was given."""
    entrance = Entrance(Settings(tmp_path, **settings), Ledger(None))
    app = FastAPI()

    async def told(request: Request) -> dict:
        body = await request.body()
        seen = {name: request.headers.get(name) for name in ("x-forwarded-host", "x-gradio-server")}
        address = f"{request.url.scheme}://{request.url.netloc}"
        return {
            "size": len(body),
            "from": request.client.host,
            "at": address,
            **seen,
            "role": visitor_of(request.scope).role,
        }

    def full() -> None:
        raise HTTPException(503, "Queue is full.")

    for place in (JOIN, UPLOAD, "/connexion", "/deconnexion"):
        app.post(place)(told)
    app.get("/")(told)
    app.get("/api/v1/search")(told)
    app.post("/en" + JOIN)(full)
    app.add_middleware(Gate, entrance=entrance)
    return TestClient(app, base_url=HERE), entrance


def test_other_programs_are_told_so_as_a_problem(tmp_path):
    program, _ = client(tmp_path, limits=Limits(requests_per_address=1))
    assert program.get("/api/v1/search").status_code == 200
    reply = program.get("/api/v1/search", headers={"accept-language": "en"})
    assert (reply.status_code, reply.headers["content-type"]) == (429, "application/problem+json")
    assert int(reply.headers["retry-after"]) > 0
    assert (reply.json()["title"], reply.json()["status"]) == ("Too many requests", 429)


def test_who_asks_too_often_is_told_when_to_come_back(tmp_path):
    browser, _ = client(tmp_path, limits=Limits(requests_per_address=3, uploads_per_address=2, sign_ins_per_address=1))
    for place, most in ((JOIN, 3), (UPLOAD, 2), ("/connexion", 1)):
        assert [browser.post(place).status_code for _ in range(most + 1)] == [200] * most + [429]
    reply = browser.post(JOIN)
    assert reply.json()["detail"].startswith("Trop de demandes")
    assert 0 < int(reply.headers["retry-after"]) <= 20
    assert browser.post("/en" + JOIN).json()["detail"].startswith("Too many requests")
    assert browser.post("/deconnexion").status_code == browser.get("/").status_code == 200


def test_a_session_is_counted_wherever_it_comes_from(tmp_path):
    browser, entrance = client(tmp_path, limits=Limits(requests_per_session=2))
    browser.cookies.set(COOKIE, entrance.sessions.begin("Ada", Role.STAFF, local=False), domain="127.0.0.1")
    browser.headers["origin"] = HERE
    assert [browser.post(JOIN).status_code for _ in range(3)] == [200, 200, 429]


def test_what_is_too_large_is_refused_before_it_is_read_and_while_it_is(tmp_path):
    browser, _ = client(tmp_path, limits=Limits(body_megabytes=1, upload_megabytes=2))
    assert browser.post(JOIN, content=b"x" * 999_999).json()["size"] == 999_999
    assert browser.post(JOIN, content=b"x" * 1_000_001).status_code == 413
    assert browser.post(UPLOAD, content=b"x" * 2_000_001).json()["size"] == 2_000_001
    assert browser.post(UPLOAD, content=b"x" * 3_000_001).status_code == 413
    assert browser.post(JOIN, content=iter([b"x" * 600_000] * 3)).status_code == 413


def test_a_full_queue_is_said_politely(tmp_path):
    browser, _ = client(tmp_path)
    reply = browser.post("/en" + JOIN)
    assert (reply.status_code, reply.headers["retry-after"]) == (429, "10")
    assert reply.json()["detail"].startswith("Many people")


def test_who_is_too_many_is_told_so_while_every_thread_is_busy(tmp_path):
    """Whatever else the service does, this takes no thread and reads nothing."""
    entrance = Entrance(Settings(tmp_path), Ledger(None))
    sent: list[dict] = []

    async def read() -> dict:
        assert sent  # only after the answer
        return {"type": "http.request", "body": b"{}"}

    async def send(message: dict) -> None:
        sent.append(message)

    async def joined(path: str) -> None:
        threads = current_default_thread_limiter()
        for n in range(int(threads.total_tokens)):
            threads.acquire_on_behalf_of_nowait(n)
        scope = {"type": "http", "method": "POST", "path": path + JOIN, "headers": [(b"cookie", b"acquis_session=x")]}
        with fail_after(1):
            await Gate(None, entrance, full=lambda page: page == path)(scope, read, send)

    for path, said in (("", "Beaucoup"), ("/en/cv", "Many people")):
        sent.clear()
        awaited(joined(path))
        assert (sent[0]["status"], json.loads(sent[1]["body"])["detail"].startswith(said)) == (429, True)


def test_who_goes_away_while_they_send_is_no_fault_of_the_service(tmp_path):
    sent: list[dict] = []
    come = iter([{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}])

    async def receive() -> dict:
        return next(come)

    async def send(message: dict) -> None:
        sent.append(message)

    browser, _ = client(tmp_path)
    scope = {"type": "http", "method": "POST", "path": JOIN, "headers": [], "query_string": b"", "scheme": "http"}
    awaited(browser.app({**scope, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 7860)}, receive, send))
    assert [message.get("status") for message in sent] == [499, None]


def test_only_a_proxy_of_ours_says_where_a_request_comes_from(tmp_path):
    said = {
        "x-forwarded-for": "192.0.2.9, 198.51.100.7",
        "x-forwarded-proto": "https",
        "x-forwarded-host": "acquis.example",
        "x-gradio-server": "http://evil.example",
    }
    browser, _ = client(tmp_path)
    found = browser.get("/", headers=said).json()
    assert (found["from"], found["at"], found["role"]) == ("testclient", HERE, Role.PUBLIC)
    assert found["x-forwarded-host"] is found["x-gradio-server"] is None
    browser, _ = client(tmp_path, server=replace(Server(), proxies=("testclient", "198.51.100.7")))
    found = browser.get("/", headers=said).json()
    assert (found["from"], found["at"], found["role"]) == ("192.0.2.9", "https://acquis.example", Role.PUBLIC)
    assert found["x-gradio-server"] is None
