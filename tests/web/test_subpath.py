"""The service below a subpath, behind a proxy that takes the subpath away and passes on word by word, as ours do."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
import uvicorn
from free_port import free_port
from watching import Watch
from web_double import DoubleAssistant, DoubleLibrary

from assistant.access.accounts import Accounts
from assistant.access.entrance import Entrance
from assistant.access.ledger import Ledger
from assistant.access.roles import Role
from assistant.settings import Server, Settings
from assistant.web.service import Service
from assistant.web.site import site

SUBPATH = "/outils/acquis"
PASSWORD = "un cheval de trait"
IS_DARK = "dark => document.documentElement.classList.contains('dark') === dark"
PAGES = ["/", "/recherche", "/comparer", "/connexion", "/confidentialite", "/en/", "/en/recherche", "/en/privacy"]
PLAIN = {  # pages without Gradio: in French, in English
    "confidentialite": ("/confidentialite", "/en/privacy"),
    "accessibilite": ("/accessibilite", "/en/accessibility"),
    "connexion": ("/cv", "/en/cv"),  # who is not signed in is led there
    "mot-de-passe": ("/connexion", "/en/connexion"),
    "refus": ("/connexion?refus=role", "/en/connexion?refus=role"),
}
HOP = {"connection", "keep-alive", "transfer-encoding", "host"}


class Proxy(BaseHTTPRequestHandler):
    """What deploy/nginx.conf does: the subpath taken away, the address told, nothing held back."""

    upstream = 0
    protocol_version = "HTTP/1.0"

    def forward(self) -> None:
        if not self.path.startswith(SUBPATH + "/"):
            self.send_error(404)
            return
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {k: v for k, v in self.headers.items() if k.lower() not in HOP}
        headers |= {"host": "127.0.0.1", "x-forwarded-host": self.headers["host"], "x-forwarded-proto": "http"}
        headers["x-forwarded-for"] = "192.0.2.9"
        with suppress(OSError):  # whoever asked has gone
            inner = HTTPConnection("127.0.0.1", self.upstream, timeout=60)
            inner.request(self.command, self.path.removeprefix(SUBPATH), body, headers)
            reply = inner.getresponse()
            self.send_response(reply.status)
            for name, value in reply.getheaders():
                if name.lower() not in HOP:
                    self.send_header(name, value)
            self.end_headers()
            while piece := reply.read1(65536):
                self.wfile.write(piece)
            inner.close()

    do_GET = do_POST = do_HEAD = forward

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """Where the proxy is; behind it the site, with an account."""
    home, port, outer = tmp_path_factory.mktemp("home"), free_port(), free_port()
    ledger = Ledger(home)
    Accounts(ledger).add("ada", Role.STAFF, PASSWORD)
    library = DoubleLibrary()
    settings = Settings(home, server=Server(port=port, path=SUBPATH, proxies=("127.0.0.1",)))
    app = site(Service(DoubleAssistant(library), library), Entrance(settings, ledger))
    config = uvicorn.Config(app, port=port, root_path=SUBPATH, proxy_headers=False, log_config=None)
    server, proxy = uvicorn.Server(config), ThreadingHTTPServer(("127.0.0.1", outer), Proxy)
    Proxy.upstream = port
    threads = [threading.Thread(target=run, daemon=True) for run in (server.run, proxy.serve_forever)]
    for thread in threads:
        thread.start()
    end = time.monotonic() + 60
    while not server.started and time.monotonic() < end:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{outer}"
    server.should_exit = True
    proxy.shutdown()
    proxy.server_close()
    threads[0].join(timeout=20)


def test_every_link_and_file_of_every_page_is_below_the_subpath(address):
    seen = set()
    with httpx.Client(timeout=60, follow_redirects=False) as client:
        for page in PAGES:
            at = address + SUBPATH + page
            reply = client.get(at)
            assert reply.status_code == 200, page
            for target in re.findall(r'(?:href|src|action)="([^"#][^"]*)"', reply.text):
                whole = urljoin(at, target).partition("#")[0]
                if target.startswith(("data:", "mailto:")) or "deconnexion" in target or whole in seen:
                    continue
                assert whole.startswith(f"{address}{SUBPATH}/"), f"{page} leads to {target}"
                seen.add(whole)
                assert client.get(whole).status_code in (200, 303, 307), f"{page} leads to {target}"
    assert len(seen) > 12


def test_gradio_calls_go_by_the_subpath_and_stream(address):
    with httpx.Client(base_url=f"{address}{SUBPATH}/recherche", timeout=60) as client:
        config = client.get("/config").json()
        assert urlsplit(config["root"]).path == f"{SUBPATH}/recherche"
        call = next(d for d in config["dependencies"] if d["targets"] and d["targets"][0][1] == "load")
        sent = {"fn_index": call["id"], "data": [None] * len(call["inputs"]), "session_hash": "abcdef"}
        assert client.post("/gradio_api/queue/join", json=sent).status_code == 200
        with client.stream("GET", "/gradio_api/queue/data?session_hash=abcdef") as stream:
            told = next(line for line in stream.iter_lines() if "process_completed" in line)
        assert '"success":true' in told.replace(" ", "")


def test_signing_in_and_out_stays_below_the_subpath(address):
    with httpx.Client(base_url=address, timeout=60, headers={"origin": address}) as client:
        closed = client.get(f"{SUBPATH}/sources")
        assert urljoin(str(closed.url), closed.headers["location"]) == f"{address}{SUBPATH}/connexion?vers=sources"
        form = {"name": "ada", "password": PASSWORD, "vers": "sources"}
        entered = client.post(f"{SUBPATH}/connexion", data=form)
        assert (entered.status_code, entered.headers["location"]) == (303, f"{SUBPATH}/sources")
        assert f"Path={SUBPATH};" in entered.headers["set-cookie"]
        assert client.get(f"{SUBPATH}/sources").status_code == 200
        left = client.post(f"{SUBPATH}/deconnexion")
        assert urljoin(str(left.url), left.headers["location"]) == f"{address}{SUBPATH}/"
        assert client.get(f"{SUBPATH}/sources").status_code == 303


def test_who_comes_through_the_proxy_is_told_no_figures(address):
    assert httpx.get(f"{address}{SUBPATH}/metrics").status_code == 403
    assert httpx.get(f"{address}{SUBPATH}/readyz").status_code == 200


@pytest.mark.browser
def test_a_question_is_answered_and_pages_are_reached_below_the_subpath(address, chromium):
    page, watch = chromium.new_page(), Watch()
    page.set_default_timeout(60_000)
    watch.on(page, address)
    page.goto(f"{address}{SUBPATH}/")
    page.locator(".chip").first.click()
    page.wait_for_selector(".answer .doings")
    page.locator("#masthead").get_by_role("link", name="Recherche").click()
    page.wait_for_selector("#query")
    page.get_by_role("link", name="English").click()
    page.wait_for_url(f"{address}{SUBPATH}/en/recherche")
    page.wait_for_selector("#query")
    page.locator("#colophon").get_by_role("link", name="Privacy").click()
    page.wait_for_selector(".legal table")
    page.close()
    assert watch.wrongs == []


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", PLAIN)
def test_axe_finds_nothing_on_pages_without_gradio(address, chromium, axe, picture, name, lang):
    page = chromium.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light")
    page.goto(f"{address}{SUBPATH}{PLAIN[name][lang == 'en']}")
    if name == "mot-de-passe":
        page.fill("[name=name]", "ada")
        page.fill("[name=password]", "une mule de trait")
        page.press("[name=password]", "Enter")
        page.wait_for_selector(".problem")
    found = []
    for width in (1440, 1024, 390):
        page.set_viewport_size({"width": width, "height": 844})
        if lang == "fr":
            picture(page, name)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_function(IS_DARK, arg=scheme == "dark")
            found += axe(page)
    page.close()
    assert found == []
