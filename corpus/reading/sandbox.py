"""The parent's side of a sandboxed call: a reader runs in a child process that cannot take the service down."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.reading.refusals import Fact, Refused

_ROOT = Path(__file__).resolve().parents[2]
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost.

    Attributes:
        size: bytes of the file.
        memory: bytes of address space of the child.
        cpu: seconds of processor.
        wall: seconds until the child is killed.
        output: bytes of the child's reply.
    """

    size: int = 100 * _MEGABYTE
    memory: int = 1500 * _MEGABYTE
    cpu: int = 60
    wall: float = 120.0
    output: int = 100 * _MEGABYTE


def call(module: str, request: dict[str, Any], data: bytes, limits: Limits) -> dict[str, Any]:
    """Let a module answer a request about a file, in a child process.

    Args:
        module: has `answer(request, data) -> dict`, JSON both ways.

    Raises:
        Refused: by the module, or because the child exceeded a limit or died.
    """
    if len(data) > limits.size:
        raise Refused("size", megabytes=len(data) // _MEGABYTE, limit=limits.size // _MEGABYTE)
    header = json.dumps({"limits": {"memory": limits.memory, "cpu": limits.cpu}, "request": request}).encode()
    output, status, late = _run(module, header + b"\n" + data, limits)
    if late or -status == signal.SIGXCPU:
        raise Refused("time", seconds=round(limits.wall if late else limits.cpu))
    if len(output) > limits.output:
        raise Refused("output", megabytes=limits.output // _MEGABYTE)
    if -status == signal.SIGKILL:  # by the system, short of memory
        raise Refused("memory", megabytes=limits.memory // _MEGABYTE)
    return _reply(output, limits) if status == 0 else _refuse("crashed", {}, limits)


def _run(module: str, stdin: bytes, limits: Limits) -> tuple[bytes, int, bool]:
    """A child's output (one byte beyond the limit at most), its status, and whether its time ran out."""
    command = [sys.executable, "-S", "-s", "-P", "-m", "corpus.reading.child", module]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment(), cwd="/"
    ) as child:
        late = threading.Event()
        timer = threading.Timer(limits.wall, lambda: (late.set(), child.kill()))
        timer.start()
        try:
            with contextlib.suppress(BrokenPipeError), child.stdin:
                child.stdin.write(stdin)
            output = child.stdout.read(limits.output + 1)
            if len(output) > limits.output:
                child.kill()
            status = child.wait()
        finally:
            timer.cancel()
            child.kill()
    return output, status, late.is_set()


def environment() -> dict[str, str]:
    """Nothing of ours (keys, proxies) but where the project and the libraries are: no script's folder shadows them."""
    libraries = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    return {"PYTHONPATH": os.pathsep.join([str(_ROOT), *libraries]), "LC_ALL": "C.UTF-8"}


def _reply(output: bytes, limits: Limits) -> dict[str, Any]:
    try:
        reply = json.loads(output)
        if "reply" in reply:
            return dict(reply["reply"])
        reason, facts = str(reply["refused"]), dict(reply["facts"])
    except (ValueError, KeyError, TypeError):
        reason, facts = "crashed", {}
    return _refuse(reason, facts, limits)


def _refuse(reason: str, facts: dict[str, Fact], limits: Limits) -> dict[str, Any]:
    if reason == "memory":
        facts = {"megabytes": limits.memory // _MEGABYTE}
    raise Refused(reason, **facts)
