"""A real server with an OpenAI-compatible address for each fault: `{address}/{fault}/v1`."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from free_port import free_port

GOOD = "[1] « {} »\n"
STALL = 30.0  # seconds; longer than any test waits


def event(text: str, end: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": end}
    body = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
    return f"data: {json.dumps(body)}\n\n".encode()


class Server(ThreadingHTTPServer):
    """Plays the fault that the address names.

    Attributes:
        reply: what the healthy address says, in pieces.
        asked: the requests so far, as (fault, headers, body).
        left: set when a client hangs up on a reply that would go on.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply: list[str] = []
        self.asked: list[tuple[str, dict[str, str], dict]] = []
        self.left = threading.Event()
        self.over = threading.Event()

    def at(self, fault: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{fault}/v1"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        fault = self.path.split("/")[1]
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((fault, {k.lower(): v for k, v in self.headers.items()}, body))
        try:
            FAULTS[fault](self)
        except OSError:
            self.server.left.set()
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def fail(self, status: int, headers: dict[str, str] | None = None) -> None:
        """An error that repeats the key it was sent, as some servers do."""
        told = json.dumps({"error": {"message": f"no: {self.headers.get('Authorization')}"}}).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def begin(self, kind: str = "text/event-stream", chunked: bool = True) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.chunked = chunked

    def send(self, data: bytes) -> None:
        framed = b"%x\r\n%s\r\n" % (len(data), data) if self.chunked else data
        self.wfile.write(framed)
        self.wfile.flush()

    def events(self, *texts: str) -> None:
        for text in texts:
            self.send(event(text))

    def conclude(self) -> None:
        self.send(event("", "stop"))
        self.send(b"data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def wait(self) -> None:
        self.server.over.wait(STALL)


def healthy(h: Handler) -> None:
    h.begin()
    h.events(*h.server.reply)
    h.conclude()


def slow(h: Handler) -> None:
    h.wait()


def stalled(h: Handler) -> None:
    h.begin()
    h.events(*h.server.reply[:2])
    h.wait()


def dripping(h: Handler) -> None:
    """One byte a second, so that no time-out between two bytes ever fires."""
    h.begin()
    while not h.server.over.wait(0.5):
        h.send(b":")


def creeping(h: Handler) -> None:
    """Whole events, but so slowly that the reply takes for ever."""
    h.begin()
    while not h.server.over.wait(0.3):
        h.events("« ")


def cut(h: Handler) -> None:
    """The connection ends within the framing."""
    h.begin()
    h.events(*h.server.reply[:2])
    h.wfile.write(b"ff\r\ndata: {")
    h.wfile.flush()
    h.connection.shutdown(socket.SHUT_RDWR)


def silently_cut(h: Handler) -> None:
    """The connection ends between two events, where only the missing end mark tells."""
    h.begin(chunked=False)
    h.events(*h.server.reply[:2])


def garbage(h: Handler) -> None:
    h.begin("text/html")
    h.send(b"<html><script>alert(1)</script>\xff\xfe\x00</html>")
    h.wfile.write(b"0\r\n\r\n")


def broken_json(h: Handler) -> None:
    h.begin()
    h.send(b'data: {"choices": [{"delta"\n\n')
    h.conclude()


def other_json(h: Handler) -> None:
    h.begin()
    h.send(b'data: {"choices": 7}\n\n')
    h.conclude()


def no_http(h: Handler) -> None:
    h.wfile.write(b"220 smtp.example ESMTP\r\n" * 3)


def endless(h: Handler) -> None:
    h.begin()
    while not h.server.over.is_set():
        h.events("encore et toujours " * 5)


def one_line(h: Handler) -> None:
    """Bytes for ever, without the end of a line that a reader of events waits for."""
    h.begin()
    while not h.server.over.is_set():
        h.send(b"x" * 65536)


def endless_error(h: Handler) -> None:
    h.send_response(500)
    h.send_header("Transfer-Encoding", "chunked")
    h.end_headers()
    h.chunked = True
    while not h.server.over.is_set():
        h.send(b"y" * 65536)


def compressed(h: Handler) -> None:
    h.send_response(200)
    h.send_header("Content-Type", "text/event-stream")
    h.send_header("Content-Encoding", "gzip")
    h.send_header("Content-Length", "4")
    h.end_headers()
    h.wfile.write(b"\x1f\x8b\x08\x00")


def unhurried(h: Handler) -> None:
    """A good reply, a line every so often."""
    h.begin()
    for text in h.server.reply:
        h.server.over.wait(0.9)
        h.events(text)
    h.conclude()


def steady(h: Handler) -> None:
    """A good reply that goes on until the client hangs up."""
    h.begin()
    h.events(*h.server.reply)
    while not h.server.over.wait(0.05):
        h.events("\n")


FAULTS: dict[str, Callable[[Handler], None]] = {
    "healthy": healthy,
    "slow": slow,
    "stalled": stalled,
    "dripping": dripping,
    "creeping": creeping,
    "cut": cut,
    "silently_cut": silently_cut,
    "garbage": garbage,
    "broken_json": broken_json,
    "other_json": other_json,
    "no_http": no_http,
    "endless": endless,
    "one_line": one_line,
    "endless_error": endless_error,
    "compressed": compressed,
    "steady": steady,
    "unhurried": unhurried,
    "denied": lambda h: h.fail(401),
    "unknown": lambda h: h.fail(404),
    "busy": lambda h: h.fail(429, {"Retry-After": "17"}),
    "broken": lambda h: h.fail(500),
    "elsewhere": lambda h: h.fail(307, {"Location": h.server.at("healthy") + "/chat/completions"}),
}


def nobody() -> str:
    """An address at which nothing listens."""
    return f"http://127.0.0.1:{free_port()}/v1"


@contextmanager
def running() -> Iterator[Server]:
    server = Server()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()


def until(condition: Callable[[], object], seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return bool(condition())
