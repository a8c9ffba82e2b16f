"""The proxies' examples in front of a server that tells what reached it; skipped where the proxy is not installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from free_port import free_port

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
OWN, BELOW = "acquis.example.org", "example.org"


class Telling(BaseHTTPRequestHandler):
    """Answers every request with the path and the headers that it came with."""

    def do_GET(self) -> None:
        body = json.dumps({"path": self.path, **{k.lower(): v for k, v in self.headers.items()}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def nginx(folder: Path, plain: int, tls: int, behind: int) -> list[str]:
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={OWN}", "-days", "2"]
    subprocess.run([*request, "-keyout", folder / "key", "-out", folder / "cert"], check=True, capture_output=True)
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    site = re.sub(r"/etc/letsencrypt\S+/fullchain.pem", f"{folder}/cert", site)
    site = re.sub(r"/etc/letsencrypt\S+/privkey.pem", f"{folder}/key", site)
    site = re.sub(r" *listen \[::\].*\n", "", site)
    site = site.replace("listen 80;", f"listen 127.0.0.1:{plain};").replace("listen 443", f"listen 127.0.0.1:{tls}")
    (folder / "site").write_text(site.replace("127.0.0.1:7860", f"127.0.0.1:{behind}"), encoding="utf-8")
    around = f"daemon off; pid {folder}/pid; error_log {folder}/log; events {{}} http {{ include {folder}/site; }}"
    (folder / "nginx.conf").write_text(around, encoding="utf-8")
    return ["nginx", "-p", str(folder), "-e", f"{folder}/log", "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, plain: int, tls: int, behind: int) -> list[str]:
    site = (DEPLOY / "Caddyfile").read_text(encoding="utf-8").replace("127.0.0.1:7860", f"127.0.0.1:{behind}")
    around = f"{{\nlocal_certs\nskip_install_trust\nadmin off\nhttp_port {plain}\nhttps_port {tls}\n}}\n"
    (folder / "Caddyfile").write_text(around + site, encoding="utf-8")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@pytest.fixture(params=[nginx, caddy], ids=lambda proxy: proxy.__name__)
def proxied(request, tmp_path) -> Iterator[int]:
    """The proxy's port, TLS; behind it the telling server."""
    if shutil.which(request.param.__name__) is None or shutil.which("openssl") is None:
        pytest.skip(f"{request.param.__name__} is not installed on this machine")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Telling)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    tls = free_port()
    command = request.param(tmp_path, free_port(), tls, server.server_address[1])
    environment = {**os.environ, **dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(tmp_path))}
    with (tmp_path / "told").open("w") as told:
        running = subprocess.Popen(command, env=environment, stdout=told, stderr=told)
    try:
        await_tls(running, tls, tmp_path / "told")
        yield tls
    finally:
        running.terminate()
        running.wait(timeout=20)
        server.shutdown()
        server.server_close()


def await_tls(running: subprocess.Popen, port: int, told: Path) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        assert running.poll() is None, told.read_text()
        try:
            asked(port, OWN, "/")
            return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(told.read_text())


def asked(port: int, host: str, path: str) -> httpx.Response:
    with httpx.Client(verify=False) as client:
        sought = client.build_request("GET", f"https://127.0.0.1:{port}{path}", headers={"Host": host})
        sought.extensions["sni_hostname"] = host
        return client.send(sought)


def test_a_server_of_its_own_and_one_below_another_are_reached_but_for_their_figures(proxied):
    for host, path, within in ((OWN, "/recherche?q=a", "/recherche?q=a"), (BELOW, "/acquis/cv", "/cv")):
        found = asked(proxied, host, path).json()
        assert (found["path"], found["host"], found["x-forwarded-proto"]) == (within, host, "https")
        assert found["x-forwarded-for"].endswith("127.0.0.1")
    assert asked(proxied, OWN, "/metrics").status_code == 404
    assert asked(proxied, BELOW, "/acquis/metrics").status_code == 404
    assert asked(proxied, BELOW, "/acquis").headers["location"].endswith("/acquis/")
