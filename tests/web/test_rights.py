"""Who may reach what: every route of every page, for each kind of visitor; nothing of the machine for anybody."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.routing import Mount
from web_double import DoubleAssistant, DoubleLibrary

from assistant.access.accounts import Accounts
from assistant.access.entrance import Entrance
from assistant.access.ledger import Ledger
from assistant.access.roles import Role
from assistant.answer import Answer, Status
from assistant.feedback.opinions import Opinions, Verdict
from assistant.settings import Server, Settings
from assistant.web import UPLOADS
from assistant.web.gate import COOKIE
from assistant.web.guard import PUBLIC
from assistant.web.page import PAGES
from assistant.web.service import Service
from assistant.web.site import path, site
from assistant.web.texts import LANGS

PASSWORD = "un cheval de trait"
WHO = {"nobody": Role.PUBLIC, "conseil": Role.ADVISOR, "equipe": Role.STAFF}
PLACES = {path(page, lang).rstrip("/"): page for page in PAGES for lang in LANGS}
HERE = "http://127.0.0.1:7860"


def service() -> Service:
    library = DoubleLibrary()
    return Service(DoubleAssistant(library), library, opinions=Opinions(None, 24))


@pytest.fixture(scope="module")
def entrance(tmp_path_factory) -> Entrance:
    home = tmp_path_factory.mktemp("home")
    often = replace(Settings(home).limits, requests_per_address=10**6, requests_per_session=10**6)
    made = Entrance(Settings(home, limits=often), Ledger(home))
    for name, role in WHO.items():
        if role > Role.PUBLIC:
            made.accounts.add(name, role, PASSWORD)
    return made


@pytest.fixture(scope="module")
def serving() -> Service:
    return service()


@pytest.fixture(scope="module")
def application(serving, entrance) -> FastAPI:
    return site(serving, entrance)


@pytest.fixture(scope="module")
def people(application, entrance):
    """A client for each kind of visitor, signed in as theirs."""
    with TestClient(application, base_url=HERE, follow_redirects=False, raise_server_exceptions=False) as anyone:
        clients = {}
        for name, role in WHO.items():
            clients[name] = TestClient(
                application, base_url=HERE, follow_redirects=False, raise_server_exceptions=False
            )
            clients[name].portal = anyone.portal  # one loop for all: what waits in another is woken after 10 s only
            if role > Role.PUBLIC:
                clients[name].cookies.set(COOKIE, entrance.sessions.begin(name, role, local=True), domain="127.0.0.1")
                clients[name].headers["origin"] = HERE
        clients["transport"] = anyone
        yield clients


def routes(router: Any) -> Iterator[tuple[str, str]]:
    """(method, path) of every route of an application of Gradio's, its included routers' too, parameters filled in."""
    for route in router.routes:
        if hasattr(route, "original_router"):
            yield from routes(route.original_router)
            continue
        for method in sorted(getattr(route, "methods", None) or {"GET"}):
            yield method, re.sub(r"\{[^}]*\}", "x", route.path)


def offered(application: FastAPI) -> list[tuple[str, str, str]]:
    """(place, method, path) of everything that stands below a page."""
    return sorted({(p, method, below) for p, app in gradio(application).items() for method, below in routes(app)})


def gradio(application: FastAPI) -> dict[str, Any]:
    """The application of Gradio's at each place, behind what stands before it."""
    return {m.path: m.app.app.app for m in application.routes if isinstance(m, Mount) and m.path in PLACES}


def test_every_route_of_every_page_is_refused_to_who_may_not_open_it(application, people):
    seen = 0
    for (place, method, below), (name, role) in product(offered(application), WHO.items()):
        if role < PLACES[place].role and not PUBLIC.fullmatch(below):
            reply = people[name].request(method, place if below == "/" else place + below)
            allowed = {303} if below == "/" and method in ("GET", "HEAD") and name == "nobody" else {401, 403}
            assert reply.status_code in allowed, (name, method, place + below, reply.status_code)
            seen += 1
    assert seen > 400


def test_what_pages_do_not_use_is_not_there_for_staff_either(people):
    unused = [
        *(
            "/gradio_api/file=/etc/passwd",
            "/gradio_api/file=pyproject.toml",
            "/gradio_api/file//etc/passwd",
            "/file=/etc/passwd",
        ),
        *(
            "/gradio_api/proxy=http://127.0.0.1",
            "/gradio_api/call/x",
            "/gradio_api/api/x",
            "/gradio_api/run/x",
            "/monitoring",
        ),
        *(
            "/gradio_api/info",
            "/gradio_api/openapi.json",
            "/gradio_api/mcp/",
            "/gradio_api/deep_link",
            "/gradio_api/vibe-code",
        ),
        *(
            "/gradio_api/component_server",
            "/gradio_api/stream/x/y/z/playlist-file",
            "/docs",
            "/openapi.json",
            "/login_check",
        ),
        *(
            "/static/../../../../../etc/passwd",
            "/assets/..%2f..%2f..%2f..%2fetc/passwd",
            "/static/%2e%2e/%2e%2e/app.py",
        ),
    ]
    for place, below, method in product(PLACES, unused, ("GET", "POST")):
        reply = people["equipe"].request(method, place + below)
        assert reply.status_code in (403, 404, 405), (method, place + below, reply.status_code)
        assert "root:" not in reply.text


def test_interfaces_answer_everybody_and_stand_behind_the_gate(people):
    for name in WHO:
        assert people[name].get("/api/v1/openapi.json").status_code == 200
        assert people[name].get("/api/v1/certifications/RNCP1").json()["status"] == 404
    listing = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"accept": "application/json, text/event-stream"}
    if find_spec("mcp"):
        tools = people["nobody"].post("/mcp", json=listing, headers=accept).json()["result"]["tools"]
        assert "certifications" in {tool["name"] for tool in tools}
    for address in ("/api/v1/ask", "/mcp"):
        strange = {**accept, "origin": "https://elsewhere.example"}
        assert people["conseil"].post(address, json=listing, headers=strange).status_code == 403


def test_nobody_joins_a_full_page_whoever_they_are_and_all_join_the_others(application, people, monkeypatch):
    for place, app in gradio(application).items():
        with monkeypatch.context() as patch:
            patch.setattr(app.get_blocks()._queue, "max_size", 0)
            for name in WHO:
                reply = people[name].post(f"{place}/gradio_api/queue/join", content=b"never read")
                assert (reply.status_code, reply.headers["retry-after"]) == (429, "10")
                assert reply.json()["detail"].startswith("Many" if place.startswith("/en") else "Beaucoup")
            for other in {"", "/en", "/recherche"} - {place}:
                assert people["nobody"].post(f"{other}/gradio_api/queue/join", json={}).status_code == 422


def test_a_page_is_drawn_once_for_each_address_and_shows_who_opens_it(application, people, monkeypatch):
    """Gradio's part; who reads it, and what they may open, is put around it."""
    for place in PLACES:
        people["equipe"].get(f"{place}/")
    for app in gradio(application).values():
        monkeypatch.setattr(app, "router", None)  # from here on Gradio cannot draw
    assert "equipe" in people["equipe"].get("/recherche").text
    for name in ("nobody", "conseil"):
        assert "equipe" not in people[name].get("/recherche?q=jardin").text
    monkeypatch.undo()
    elsewhere = {"host": "acquis.example"}
    assert '"root":"http://acquis.example/recherche"' in people["nobody"].get("/recherche", headers=elsewhere).text
    assert '"root":"http://127.0.0.1:7860/recherche"' in people["nobody"].get("/recherche").text


def test_files_are_only_taken_where_a_page_takes_them(people):
    for place, page in PLACES.items():
        reply = people["equipe"].post(f"{place}/gradio_api/upload", files={"files": ("a.txt", b"abc")})
        assert (reply.status_code == 200) == page.files


@pytest.mark.parametrize("place", ["/cv", "/en/cv", "/sources"])
def test_no_file_of_the_machine_is_taken_for_an_uploaded_one(people, place, tmp_path, serving):
    secret = tmp_path / "secret.txt"
    secret.write_text("Le jardinier cache la clef sous le troisième pot.\n" * 20)
    config = people["equipe"].get(f"{place}/config").json()
    fields = [c["id"] for c in config["components"] if c["type"] in ("file", "uploadbutton")]
    taking = [d for d in config["dependencies"] if any(field in d["inputs"] for field in fields)]
    assert len(taking) == (2 if place.endswith("cv") else 1)
    others = Path(UPLOADS.name) / "half-sent.txt"  # what Gradio is still receiving from somebody else lies there
    others.write_bytes(secret.read_bytes())
    around = f"{UPLOADS.name}/{os.path.relpath(secret, os.path.realpath(UPLOADS.name))}"
    assert Path(around).read_bytes() == secret.read_bytes()
    paths = (str(secret), str(others), around, "/etc/passwd", "http://127.0.0.1:1/x.txt", "x\0.txt")
    before = set(Path(UPLOADS.name).rglob("*"))
    for (n, forging), function in product(enumerate(paths), taking):
        forged = {"path": forging, "orig_name": "cv.txt", "meta": {"_type": "gradio.FileData"}}
        sent = [forged if i in fields else None for i in function["inputs"]]
        session = f"forged{n}-{function['id']}{place}"
        body = {"data": sent, "fn_index": function["id"], "session_hash": session}
        assert people["equipe"].post(f"{place}/gradio_api/queue/join", json=body).status_code == 200
        told = people["equipe"].get(f"{place}/gradio_api/queue/data", params={"session_hash": session}).text
        assert '"success":false' in told
        assert "troisi" not in told
    assert set(Path(UPLOADS.name).rglob("*")) == before
    assert "secret.txt" not in serving.library.documents
    assert secret.exists()
    others.unlink()


def test_each_role_sees_its_pages_in_the_navigation_and_opens_them(people):
    for name, role in WHO.items():
        for place, page in PLACES.items():
            reply = people[name].get(place or "/", follow_redirects=True)
            assert ("<gradio-app" in reply.text) == (role >= page.role)
        shown = re.findall(r'<li><a href="([^"]*)"', people[name].get("/").text)
        assert shown == [page.address or "." for page in PAGES if page.role <= role]


def test_a_function_of_one_page_cannot_be_called_through_another(people):
    """Numbers of functions are each page's own: what the public may call on "/" answers as the question page does."""
    cv = people["conseil"].get("/cv/config").json()["dependencies"]
    for number in {d["id"] for d in cv} | {999}:
        joined = {"data": ["Camille", []], "fn_index": number, "session_hash": "s"}
        assert people["nobody"].post("/cv/gradio_api/queue/join", json=joined).status_code == 401
    reply = people["nobody"].post("/gradio_api/queue/join", json={"data": [], "fn_index": 999, "session_hash": "s"})
    assert reply.status_code != 200


@pytest.mark.parametrize("ending", [".csv", ".json"])
def test_readers_opinions_are_handed_to_staff_alone(people, serving, ending):
    serving.opinions.add("Où sont les ruches ?", Answer(Status.NOT_FOUND, "a"), Verdict.DOWN, "beside")
    config = people["equipe"].get("/sources/config").json()
    (panel,) = [c["id"] for c in config["components"] if c["props"].get("elem_id") == "opinions"]
    (number,) = [d["id"] for d in config["dependencies"] if [panel, "export"] in d["targets"]]
    joined = {"data": [], "fn_index": number, "session_hash": f"avis{ending}", "event_data": {"ending": ending}}
    for place in ("/sources", "/en/sources"):
        assert people["nobody"].post(f"{place}/gradio_api/queue/join", json=joined).status_code == 401
        assert people["conseil"].post(f"{place}/gradio_api/queue/join", json=joined).status_code == 403
    assert people["equipe"].post("/sources/gradio_api/queue/join", json=joined).status_code == 200
    told = people["equipe"].get("/sources/gradio_api/queue/data", params={"session_hash": joined["session_hash"]}).text
    data = base64.b64decode(re.search(r"base64,([\w+/=]+)", told)[1]).decode()
    assert "Où sont les ruches ?" in data
    assert "beside" in data


@pytest.fixture
def nobody_can_sign_in(entrance, monkeypatch):
    monkeypatch.setattr(entrance, "accounts", Accounts(Ledger(None)))
    monkeypatch.setattr(entrance, "_looked", float("-inf"))  # it looks once a second, and is to look anew afterwards
    monkeypatch.setattr(entrance, "_open", False)


@pytest.mark.usefixtures("nobody_can_sign_in")
def test_without_accounts_who_sits_here_may_do_everything_and_nobody_else(people):
    anyone = people["nobody"]
    assert anyone.get("/sources").status_code == 200
    assert "connexion" not in anyone.get("/").text
    for strange in ({"host": "evil.example"}, {"x-forwarded-for": "192.0.2.1"}, {"x-forwarded-host": "127.0.0.1"}):
        assert anyone.get("/sources", headers=strange).status_code == 303
    assert anyone.get("/", headers={"host": "evil.example"}).status_code == 200


@pytest.mark.usefixtures("nobody_can_sign_in")
def test_where_others_connect_the_public_sees_what_is_public(people, entrance, monkeypatch):
    monkeypatch.setattr(entrance, "settings", replace(entrance.settings, server=Server(host="0.0.0.0")))
    anyone = people["nobody"]
    assert anyone.get("/recherche").status_code == 200
    assert anyone.get("/cv").headers["location"] == "connexion?vers=cv"
    assert "acquis user add" in anyone.get("/connexion?vers=cv").text


def test_a_page_of_another_site_can_send_nothing(people):
    body = {"data": [], "fn_index": 0, "session_hash": "s"}
    for headers in ({"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        assert people["equipe"].post("/gradio_api/queue/join", json=body, headers=headers).status_code == 403
        assert people["equipe"].post("/deconnexion", headers=headers).status_code == 403
    assert people["equipe"].get("/sources").status_code == 200


def test_every_reply_carries_the_headers_that_protect_it(people):
    for reply in (people["nobody"].get(p) for p in ("/", "/cv", "/connexion", "/gradio_api/info", "/healthz", "/rien")):
        assert "default-src 'self'" in reply.headers["content-security-policy"]
        assert "frame-ancestors 'self'" in reply.headers["content-security-policy"]
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "same-origin"
    assert people["equipe"].get("/sources").headers["cache-control"] == "no-store"
