"""What is sent to the real server over a socket, whole, cut off, too large or malformed; and what stays of it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import gradio as gr
import pytest
import uvicorn
from fastapi import FastAPI
from free_port import free_port

from assistant.access.entrance import Entrance
from assistant.access.ledger import Ledger
from assistant.settings import Limits, Settings
from assistant.web import UPLOADS
from assistant.web.gate import MEGABYTE, Gate
from assistant.web.guard import Guard
from assistant.web.mounting import described, mount
from assistant.web.page import PAGES

UPLOAD, JOIN = "/cv/gradio_api/upload", "/cv/gradio_api/queue/join"
HEAD = b'--X\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
END = b"\r\n--X--\r\n"
PATIENCE = 20.0


@pytest.fixture(scope="module")
def port(tmp_path_factory) -> Iterator[int]:
    """Of a server with one page that takes files, a megabyte each."""
    settings = Settings(tmp_path_factory.mktemp("home"), limits=Limits(upload_megabytes=1, body_megabytes=1))
    app = FastAPI()
    with described(settings.limits) as blocks:
        gr.Textbox()
    page = next(one for one in PAGES if one.name == "cv")
    mount(app, blocks, "/cv", MEGABYTE, partial(Guard, page=page))
    app.add_middleware(Gate, entrance=Entrance(settings, Ledger(None)))
    server = uvicorn.Server(uvicorn.Config(app, port=free_port(), log_config=None, access_log=False))
    running = threading.Thread(target=server.run)
    running.start()
    await_until(lambda: server.started)
    yield server.config.port
    server.should_exit = True
    running.join(PATIENCE)


def await_until(there: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < until
        time.sleep(0.01)


def kept() -> dict[Path, int]:
    """The uploaded files that there are, with their sizes."""
    return {p: p.stat().st_size for p in Path(UPLOADS.name).rglob("*") if p.is_file()}


def begun(port: int, path: str, *headers: str) -> socket.socket:
    """A connection on which a request has begun."""
    said = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Content-Type: multipart/form-data; boundary=X"]
    sender = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    sender.sendall("\r\n".join([*said, "Connection: close", *headers, "", ""]).encode())
    return sender


def answered(sender: socket.socket, parts: Iterable[bytes] = ()) -> str:
    """What the server says to the parts of a body, which it takes to the end even where it reads no more of them."""
    with sender:
        for part in parts:
            sender.sendall(part)
        return b"".join(iter(partial(sender.recv, 1 << 16), b"")).decode()


def chunked(parts: Iterable[bytes]) -> Iterator[bytes]:
    for part in parts:
        yield b"%x\r\n%s\r\n" % (len(part), part)
    yield b"0\r\n\r\n"


def posted(port: int, body: bytes) -> str:
    return answered(begun(port, UPLOAD, f"Content-Length: {len(body)}"), [body])


def test_what_comes_whole_is_kept_for_the_page(port):
    before = kept()
    assert " 200 " in posted(port, HEAD + b"abc" + END)
    assert [(p.name, size) for p, size in kept().items() if p not in before] == [("a.txt", 3)]


def test_nothing_stays_of_an_upload_whose_sender_goes_away(port):
    before = kept()
    sender = begun(port, UPLOAD, "Content-Length: 900000")
    sender.sendall(HEAD + b"x" * 300_000)
    await_until(lambda: sum(kept().values()) > sum(before.values()) + 100_000)
    sender.close()
    await_until(lambda: kept() == before)


@pytest.mark.parametrize(
    "body",
    [
        HEAD.replace(b'"files"', b'"others"') + b"abc" + END,  # which no page takes
        HEAD.replace(b"a.txt", b"..") + b"abc" + END,
        HEAD + b"abc\r\n--X\r\nno header",
        HEAD + b"abc",
        HEAD + b"x" * (MEGABYTE + 1) + END,  # a file beyond its limit in a body within its own
    ],
)
def test_nothing_stays_of_an_upload_that_no_page_takes(port, body):
    before = kept()
    posted(port, body)
    await_until(lambda: kept() == before)


@pytest.mark.parametrize(("path", "part"), [(UPLOAD, HEAD + b"x" * 800_000 + b"\r\n"), (JOIN, b"x" * 800_000)])
def test_a_body_that_does_not_say_its_length_is_refused_at_its_limit(port, path, part):
    before = kept()
    reply = answered(begun(port, path, "Transfer-Encoding: chunked"), chunked([part] * 4))
    assert posted(port, part * 4).startswith("HTTP/1.1 413 ")  # as one that does
    assert reply.startswith("HTTP/1.1 413 ")
    assert "C’est trop volumineux" in reply
    await_until(lambda: kept() == before)
