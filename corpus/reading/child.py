"""The child's side of a sandboxed call: takes its limits, reads the request, answers in JSON.

Run as `python -m corpus.reading.child MODULE`; MODULE has `answer(request, data) -> dict`. On stdin come one line of
JSON ({"limits": …, "request": …}) and the file's bytes; on stdout goes {"reply": …} or {"refused": …, "facts": …}.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys

from corpus.reading.refusals import Refused


def restrain(memory: int, cpu: int) -> None:
    """Bound this process for good: bytes of address space, seconds of processor; no core file."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def outcome(module: str) -> dict[str, object]:
    header = json.loads(sys.stdin.buffer.readline())
    restrain(**header["limits"])
    data = sys.stdin.buffer.read()
    reader = importlib.import_module(module)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # from here on no file can be written
    try:
        return {"reply": reader.answer(header["request"], data)}
    except Refused as refusal:
        return {"refused": refusal.reason, "facts": refusal.facts}
    except RecursionError:
        return {"refused": "crashed", "facts": {}}


def main() -> None:
    out, sys.stdout = sys.stdout.buffer, sys.stderr  # odfpy prints what it cannot parse
    try:
        reply = json.dumps(outcome(sys.argv[1])).encode()
    except MemoryError:
        reply = b'{"refused": "memory", "facts": {}}'
    out.write(reply)
    out.flush()
    os._exit(0)  # the reply is out: no library's clean-up may spoil it, or take its time


if __name__ == "__main__":
    main()
