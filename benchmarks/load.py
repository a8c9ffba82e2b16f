"""Many people asking at once: how soon the real server answers them, whom it refuses, and what it keeps in memory.

    python -m benchmarks.load [--people 100] [--seconds 180] [--think 5 15] [--seed 1]
    python -m benchmarks.load --questions 10000 --steady          eight people without a pause; memory every 1,000

A server is started on a temporary home with the shipped notices, its rates raised, because all comes from one address.
Each person opens the question page, keeps its heartbeat open as the browser does, asks, reads the answer as it streams,
thinks between --think seconds (drawn evenly), asks again, and begins a new conversation after twenty questions. They
come evenly during the longest thought, or half the time where that is less; scripts and styles, which a browser fetches
once, are left out. Then four times as many come at once for 30 s, and at last one person asks in peace.

The people run in this process, on the same machine: their own cost is told beside the server's, and how late they were
themselves to see what had come, which all times include.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import resource
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import numpy as np

QUESTIONS = Path(__file__).parents[1] / "tests/quality/independent"
CALLS = "/gradio_api"
SESSION = 20  # questions, then a new conversation
CROWD, CROWD_SECONDS = 4, 30
TOGETHER = 8  # people of --steady
PATIENCE = 120  # seconds without a sign from the server
TLS = ssl.create_default_context()  # one for all: nobody uses it, and it takes long to make


@dataclass(slots=True)
class Tally:
    """What came of the questions; times in seconds since a question, or a call that was refused, was sent.

    Attributes:
        late: by how much this process was late to do what it had to, looked at again and again.
    """

    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    opened: int = 0

    @property
    def asked(self) -> int:
        return len(self.whole) + len(self.refused) + len(self.errors)


@dataclass(frozen=True, slots=True)
class Event:
    """One call that the page can make.

    Attributes:
        number: what the page calls it.
        inputs: how many values it sends.
        after: the call whose end starts it.
    """

    number: int
    inputs: int
    after: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """The calls of the question page: those of its opening, and asking with what follows it."""

    opening: tuple[Event, ...]
    asking: Event
    following: tuple[Event, ...]


class Refused(Exception):
    """The server said politely that it is full, so many seconds after it was called."""

    def __init__(self, after: float) -> None:
        super().__init__(after)
        self.after = after


class Failed(Exception):
    """Anything else that keeps somebody from an answer."""


def main() -> None:
    arguments = _arguments()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # three connections a person, on either side
    with tempfile.TemporaryDirectory() as home, _server(Path(home)) as (address, server):
        asyncio.run(_steady(arguments, address, server) if arguments.steady else _load(arguments, address, server))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--think", type=float, nargs=2, default=(5, 15), metavar=("LEAST", "MOST"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steady", action="store_true", help="memory over many questions, without a pause")
    parser.add_argument("--questions", type=int, default=10_000, help="of --steady")
    return parser.parse_args()


@contextlib.contextmanager
def _server(home: Path) -> Iterator[tuple[str, subprocess.Popen]]:
    """A server of its own, once it is ready; what it says on its way is shown if it ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = (home / "told.txt").open("w+", encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ACQUIS_")}
    environment = {**kept, "ACQUIS_LIMITS_REQUESTS_PER_ADDRESS": "1000000"}
    command = [sys.executable, "-m", "assistant.cli", "serve", "--home", str(home), "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=told, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        _await(address, process)
        yield address, process
    finally:
        if process.poll() is not None:
            print(f"the server ended with {process.returncode}", file=sys.stderr)
        process.terminate()
        process.wait(30)
        print(_tail(home / "told.txt"), file=sys.stderr)


def _await(address: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{address}/readyz").is_success:
                return
        time.sleep(0.2)
    raise SystemExit("the server did not become ready")


def _tail(file: Path) -> str:
    return "\n".join(f"server: {line}" for line in file.read_text(encoding="utf-8").splitlines()[-20:])


async def _load(arguments: argparse.Namespace, address: str, server: subprocess.Popen) -> None:
    page, questions = _page(address), _questions()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, thinking {arguments.think} s", flush=True)
    resting = _memory(server)
    for people, seconds in ((arguments.people, arguments.seconds), (arguments.people * CROWD, CROWD_SECONDS)):
        before, began = (_worked(server), time.process_time()), _memory(server)
        tally = await _crowd(address, page, questions, people, seconds, arguments)
        worked, own = _worked(server) - before[0], time.process_time() - before[1]
        _told(f"{people} people, {seconds:g} s", tally)
        print(f"  server {began:.0f} -> {_memory(server):.0f} MiB, {worked:.0f} s of processor; people {own:.0f} s")
        if server.poll() is not None:
            raise SystemExit("the server crashed")
    last = Tally()
    async with _person(address, page, last) as person:
        await person.ask(questions[0])
    _told("afterwards, one person", last)
    print(f"server at rest {resting:.0f} MiB, at the end {_memory(server):.0f} MiB")


async def _crowd(
    address: str, page: Page, questions: list[str], people: int, seconds: float, arguments: argparse.Namespace
) -> Tally:
    """Let people come during the first thought, ask until the time is over, and read what they asked to its end."""
    tally, until = Tally(), time.monotonic() + seconds
    least, most = arguments.think

    async def one(number: int) -> None:
        chance = random.Random(arguments.seed * 100_003 + number)
        await asyncio.sleep(chance.uniform(0, min(most, seconds / 2)))
        while time.monotonic() < until:
            async with _person(address, page, tally) as person:
                for _ in range(SESSION):
                    await person.ask(chance.choice(questions))
                    await asyncio.sleep(max(0, min(chance.uniform(least, most), until - time.monotonic())))
                    if time.monotonic() >= until:
                        break

    watching = asyncio.create_task(_watch(tally))
    await asyncio.gather(*(one(number) for number in range(people)))
    watching.cancel()
    return tally


async def _watch(tally: Tally, pause: float = 0.05) -> None:
    while True:
        began = time.monotonic()
        await asyncio.sleep(pause)
        tally.late.append(time.monotonic() - began - pause)


async def _steady(arguments: argparse.Namespace, address: str, server: subprocess.Popen) -> None:
    """Print the server's memory as people ask without a pause."""
    page, questions, tally = _page(address), _questions(), Tally()
    chance, began = random.Random(arguments.seed), time.monotonic()
    every = max(1, min(1000, arguments.questions // 10))

    async def one() -> None:
        while tally.asked < arguments.questions:
            async with _person(address, page, tally) as person:
                for _ in range(SESSION):
                    await person.ask(chance.choice(questions))

    async def watch() -> None:
        for shown in range(0, arguments.questions + 1, every):
            while tally.asked < shown:
                await asyncio.sleep(0.05)
            took = time.monotonic() - began
            print(
                f"{shown:6} questions  {_memory(server):6.0f} MiB  {took:5.0f} s  {len(tally.errors)} errors",
                flush=True,
            )

    await asyncio.gather(watch(), *(one() for _ in range(TOGETHER)))
    _told(f"{TOGETHER} people without a pause", tally)


@contextlib.asynccontextmanager
async def _person(address: str, page: Page, tally: Tally) -> AsyncIterator[Person]:
    """Somebody with the page open."""
    limits = httpx.Limits(max_connections=None, keepalive_expiry=60)  # as browsers; before the server's 75
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, verify=TLS, limits=limits) as client:
        person = Person(client, page, tally)
        heart = asyncio.create_task(person.beat())
        try:
            await person.open()
            yield person
        finally:
            heart.cancel()
            with contextlib.suppress(asyncio.CancelledError, httpx.HTTPError):
                await heart


class Person:
    """What a browser does for somebody on the question page."""

    def __init__(self, client: httpx.AsyncClient, page: Page, tally: Tally) -> None:
        self.client, self.page, self.tally = client, page, tally
        self.session = f"{random.getrandbits(60):x}"

    async def beat(self) -> None:
        """Hold the connection by which the server knows that the page is open."""
        async with self.client.stream("GET", f"{CALLS}/heartbeat/{self.session}", timeout=None) as beats:
            async for _ in beats.aiter_raw():
                pass

    async def open(self) -> None:
        """Load the page and fill it; a refusal of that counts as one of a question."""
        self.tally.opened += 1
        with self.counted():
            (await self.client.get("/")).raise_for_status()
            await self.call(*[(event, [None] * event.inputs) for event in self.page.opening])

    async def ask(self, question: str) -> None:
        """Ask, note when the first words and the last came, and let the browser keep the conversation."""
        began = time.monotonic()
        with self.counted():
            first, done = await self.call((self.page.asking, [question, None, ""]))
            if first is None:
                raise Failed("no words came")
            self.tally.first.append(first - began)
            self.tally.whole.append(done - began)
        for event in self.page.following:
            with self.counted():
                await self.call((event, [None] * event.inputs))

    @contextlib.contextmanager
    def counted(self) -> Iterator[None]:
        try:
            yield
        except Refused as refusal:
            self.tally.refused.append(refusal.after)
        except (httpx.HTTPError, Failed) as error:
            self.tally.errors.append(f"{type(error).__name__} {error}")

    async def call(self, *events: tuple[Event, list[Any]]) -> tuple[float | None, float]:
        """Send events and read until all have ended; when the first words came, if any, and when the last end."""
        numbers = {await self.join(event, data) for event, data in events}
        first, drawn = None, 0
        async with self.client.stream("GET", f"{CALLS}/queue/data", params={"session_hash": self.session}) as told:
            told.raise_for_status()
            async for line in told.aiter_lines():
                message = json.loads(line[5:]) if line.startswith("data:") else {}
                kind = message.get("msg")
                if kind == "process_generating":
                    drawn += _drawn(message)
                    if drawn == 2 and first is None:  # the question alone was the first thing drawn
                        first = time.monotonic()
                elif kind == "process_completed":
                    if not message["success"]:
                        raise Failed(f"the call failed: {message['output']}")
                    numbers.discard(message["event_id"])
                elif kind in ("unexpected_error", "server_stopped"):
                    raise Failed(str(message))
                elif kind == "close_stream":
                    break
        if numbers:
            raise Failed("the stream ended before the answer")
        return first, time.monotonic()

    async def join(self, event: Event, data: list[Any]) -> str:
        """Put an event into the queue; its number there."""
        began, sent = time.monotonic(), {"fn_index": event.number, "data": data, "session_hash": self.session}
        reply = await self.client.post(f"{CALLS}/queue/join", json=sent)
        if reply.status_code == httpx.codes.TOO_MANY_REQUESTS and reply.json()["detail"]:
            raise Refused(time.monotonic() - began)
        reply.raise_for_status()
        return reply.json()["event_id"]


def _drawn(message: dict[str, Any]) -> bool:
    """Whether a message changes what the page shows of the last exchange, its second output."""
    data = message["output"].get("data") or []
    return len(data) > 1 and bool(data[1]) and data[1] != {"__type__": "update"}


def _page(address: str) -> Page:
    """The question page's calls as its own description numbers them."""
    told = httpx.get(f"{address}/config").json()
    named = {part["props"].get("elem_id"): part["id"] for part in told["components"]}
    events = [(Event(d["id"], len(d["inputs"]), d["trigger_after"]), d) for d in told["dependencies"]]
    served = [(event, d) for event, d in events if d["backend_fn"]]
    asking = next(event for event, d in served if [named["ask"], "click"] in [list(t) for t in d["targets"]])
    return Page(
        tuple(event for event, d in served if any(t[1] == "load" for t in d["targets"])),
        asking,
        tuple(event for event, _ in served if event.after == asking.number),
    )


def _questions() -> list[str]:
    """Those of the independent sets: of all kinds, in both languages, with and without an answer."""
    lines = (line for file in sorted(QUESTIONS.glob("questions_*.jsonl")) for line in file.open(encoding="utf-8"))
    return [json.loads(line)["question"] for line in lines]


def _memory(server: subprocess.Popen) -> float:
    """Resident memory in MiB."""
    status = Path(f"/proc/{server.pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _worked(server: subprocess.Popen) -> float:
    """Seconds of processor that it has used."""
    parts = Path(f"/proc/{server.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def _told(title: str, tally: Tally) -> None:
    print(
        f"{title}: {tally.opened} conversations, {tally.asked} questions, {len(tally.whole)} answered, "
        f"{len(tally.refused)} refused politely, {len(tally.errors)} errors",
    )
    told = {"first words": tally.first, "whole answer": tally.whole, "refusal": tally.refused}
    for name, times in (told | {"itself late": tally.late}).items():
        if times:
            p50, p95 = np.percentile(times, (50, 95))
            print(f"  {name:12} p50 {p50:.2f} s, p95 {p95:.2f} s, at most {max(times):.2f} s")
    for error in sorted(set(tally.errors))[:5]:
        print(f"  {tally.errors.count(error)} × {error[:200]}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
