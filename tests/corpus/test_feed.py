"""The download of the national export against a real server that is slow, breaks off, lies or fails."""

import hashlib
import io
import json
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from corpus.errors import FetchError
from corpus.feed import Resource, Terms, download, newest
from corpus.feed.download import Received


def archive(text: str = "<FICHES></FICHES>") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr("export.xml", text + "x" * 300_000)
    return data.getvalue()


class Server(ThreadingHTTPServer):
    """Serves `files`; `plan` holds what to do to the next requests, "ok" once it is empty."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, bytes] = {}
        self.plan: list[str] = []
        self.asked: list[tuple[str, str | None]] = []
        self.stop = threading.Event()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        wanted = self.headers["Range"]
        self.server.asked.append((self.path, wanted))
        step = self.server.plan.pop(0) if self.server.plan else "ok"
        if step.isdigit():
            self.send_error(int(step))
        elif step.startswith("to "):
            self.send_response(302)
            self.send_header("Location", step[3:])
            self.end_headers()
        elif self.path not in self.server.files:
            self.send_error(404)
        else:
            self.give(self.server.files[self.path], wanted if step != "whole" else None, step)

    def give(self, data: bytes, wanted: str | None, step: str) -> None:
        mark = f'"{hashlib.md5(data).hexdigest()}"'
        at = int(wanted[6:-1]) if wanted and self.headers["If-Range"] in (None, mark) else 0
        self.send_response(206 if at else 200)
        self.send_header("ETag", mark)
        self.send_header("Content-Length", str(len(data) - at))
        if at:
            self.send_header("Content-Range", f"bytes {at}-{len(data) - 1}/{len(data)}")
        self.end_headers()
        rest = data[at:]
        if step == "break":
            rest = rest[: len(rest) // 2]
        elif step == "stall":
            self.wfile.write(rest[:1000])
            self.wfile.flush()
            self.server.stop.wait(10)
            return
        self.wfile.write(rest)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server():
    with Server() as serving:
        thread = threading.Thread(target=serving.serve_forever, args=(0.02,))
        thread.start()
        yield serving
        serving.stop.set()
        serving.shutdown()
        thread.join()


DATA = archive()
TERMS = Terms(tries=3, seconds=0.3, pause=0.0)
WAITED: list[float] = []


def resource(server, path="/export.zip", data: bytes = DATA, **facts) -> Resource:
    server.files.setdefault(path, data)
    facts = {"size": len(data), "checksum": ("sha1", hashlib.sha1(data).hexdigest())} | facts
    return Resource(server.url(path), "export.zip", **facts)


def fetched(wanted, folder, terms=TERMS) -> Received:
    WAITED.clear()
    *_, last = download(wanted, folder, terms, WAITED.append)
    return last


def leftovers(folder):
    return sorted(p.name for p in folder.iterdir())


def test_a_file_comes_whole_and_is_not_asked_for_again(server, tmp_path):
    wanted = resource(server)
    steps = list(download(wanted, tmp_path, TERMS))
    assert [s.done for s in steps] == sorted(s.done for s in steps)
    assert (steps[-1].path, steps[-1].total) == (tmp_path / "export.zip", len(DATA))
    assert (tmp_path / "export.zip").read_bytes() == DATA
    assert leftovers(tmp_path) == ["export.zip"]
    assert fetched(wanted, tmp_path).path == tmp_path / "export.zip"
    assert len(server.asked) == 1


@pytest.mark.parametrize("fault", ["break", "stall", "500", "503", "429"])
def test_what_fails_for_a_while_is_tried_again_from_where_it_was(server, tmp_path, fault):
    server.plan = [fault, fault]
    assert fetched(resource(server), tmp_path).path.read_bytes() == DATA
    assert len(server.asked) == 3
    assert len(WAITED) == 2
    ranges = [wanted for _, wanted in server.asked]
    assert ranges[0] is None
    assert (ranges[2] is not None) == (fault in ("break", "stall"))


def test_the_pauses_grow_and_the_tries_end(server, tmp_path):
    server.plan = ["503"] * 9
    with pytest.raises(FetchError, match="answers 503") as caught:
        fetched(resource(server), tmp_path, Terms(tries=4, seconds=0.3, pause=1.0))
    assert WAITED == [2.0, 4.0, 8.0]
    assert caught.value.retryable
    assert "Réessayez" in caught.value.hint


def test_a_later_run_goes_on_with_what_an_earlier_one_left(server, tmp_path):
    server.plan = ["break"] + ["500"] * 3
    with pytest.raises(FetchError):
        fetched(resource(server), tmp_path)
    assert leftovers(tmp_path) == ["export.zip.part", "export.zip.part.json"]
    last = fetched(resource(server), tmp_path)
    assert (last.begun, last.path.read_bytes()) == (len(DATA) // 2, DATA)
    assert server.asked[-1][1] == f"bytes={len(DATA) // 2}-"


def test_another_days_file_is_not_joined_to_what_is_left_of_yesterdays(server, tmp_path):
    server.plan = ["break"] + ["500"] * 3
    with pytest.raises(FetchError):
        fetched(resource(server, checksum=None, size=None), tmp_path)
    server.files["/export.zip"] = other = archive("<FICHES>another day</FICHES>")
    assert fetched(resource(server, data=other, checksum=None), tmp_path).path.read_bytes() == other


def test_a_server_that_knows_no_ranges_begins_anew(server, tmp_path):
    server.plan = ["break", "whole"]
    assert fetched(resource(server), tmp_path).path.read_bytes() == DATA


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"checksum": ("sha1", "0" * 40)}, "sha1 .* expected 0000"),
        ({"checksum": ("md5", "0" * 32)}, "md5"),
        ({"size": len(DATA) + 7}, f"{len(DATA)} bytes, expected {len(DATA) + 7}"),
    ],
)
def test_what_is_not_what_was_announced_is_thrown_away(server, tmp_path, facts, words):
    with pytest.raises(FetchError, match=words) as caught:
        fetched(resource(server, **facts), tmp_path)
    assert "rien n'a été importé" in caught.value.hint
    assert leftovers(tmp_path) == []


def test_a_truncated_or_damaged_zip_is_refused(server, tmp_path):
    for name, data in (("cut", DATA[: len(DATA) // 2]), ("bent", DATA[:1000] + b"?" + DATA[1001:])):
        wanted = resource(server, f"/{name}.zip", data, checksum=None)
        with pytest.raises(FetchError, match=r"no readable ZIP|is damaged"):
            fetched(wanted, tmp_path)
        assert leftovers(tmp_path) == []


def test_what_is_gone_is_said_at_once(server, tmp_path):
    with pytest.raises(FetchError, match="answers 404") as caught:
        fetched(Resource(server.url("/nothing.zip"), "nothing.zip"), tmp_path)
    assert not caught.value.retryable
    assert "acquis add" in caught.value.hint
    assert len(server.asked) == 1


def test_redirections_are_followed_but_not_out_of_the_web(server, tmp_path):
    wanted = resource(server)
    server.plan = [f"to {server.url('/export.zip')}"]
    assert fetched(Resource(server.url("/old.zip"), "old.zip", len(DATA)), tmp_path).path.read_bytes() == DATA
    for address, words in (("file:///etc/hostname", "answers 302"), ("ftp://127.0.0.1/x.zip", "redirects to ftp")):
        server.plan = [f"to {address}"]
        with pytest.raises(FetchError, match=words):
            fetched(Resource(wanted.url, "other.zip"), tmp_path)


def test_too_much_is_refused(server, tmp_path):
    with pytest.raises(FetchError, match="more than 0 MB"):
        fetched(resource(server), tmp_path, Terms(3, 0.3, 0.0, largest=1000))
    with pytest.raises(FetchError, match="more than"):
        fetched(resource(server), tmp_path, Terms(3, 0.3, 0.0, inflated=1000))
    assert leftovers(tmp_path) == []


def test_nobody_at_the_address(tmp_path):
    with pytest.raises(FetchError) as caught:
        fetched(Resource("http://127.0.0.1:9/export.zip", "export.zip"), tmp_path)
    assert "reprendra" in caught.value.hint
    for address in ("file:///etc/passwd", "export.zip", "https://"):
        with pytest.raises(FetchError, match="no web address"):
            fetched(Resource(address, "export.zip"), tmp_path)


def listed(**more) -> dict:
    plain = {"title": "", "url": "https://static.example/x", "filesize": 12, "last_modified": "", "checksum": None}
    return plain | more


def dataset(server, *rows, path="/api/1/datasets/rncp/") -> str:
    server.files[path] = json.dumps({"resources": rows}).encode()
    return server.url(path)


def test_the_newest_export_of_a_dataset(server):
    name = "export-fiches-{}-v4-1-2026-11-{:02}.zip"
    rows = [listed(title=name.format("rncp", day)) for day in (20, 22, 21)]
    rows += [listed(title=name.format("rs", 23)), listed(title="export-fiches-rncp-v3-0-2026-11-23.zip")]
    rows += [listed(title="export-fiches-rncp-v4-1.xsd", last_modified="2026-11-24")]
    for row in rows:
        row["url"] = f"https://static.example/{row['title']}"
    rows[1]["checksum"] = {"type": "sha1", "value": "ABCD"}
    found = newest(dataset(server, *rows))
    assert (found.name, found.size, found.checksum) == (name.format("rncp", 22), 12, ("sha1", "abcd"))
    assert newest(dataset(server, *rows), "rs").name == name.format("rs", 23)


def test_a_direct_address_is_taken_as_it_is(server):
    assert newest("https://example.org/a/b%20c.zip?x=1") == Resource("https://example.org/a/b%20c.zip?x=1", "b_c.zip")
    server.files["/api"] = b"<html>"
    with pytest.raises(FetchError, match="no description of a dataset"):
        newest(server.url("/api"))
    with pytest.raises(FetchError, match="lists no export"):
        newest(dataset(server, listed(title="readme.pdf")))
    server.plan = ["500", "502"]
    with pytest.raises(FetchError, match="lists no export"):
        newest(dataset(server), wait=WAITED.append)
    server.plan = ["500"] * 4
    with pytest.raises(FetchError, match="answers 500"):
        newest(dataset(server), wait=WAITED.append)
