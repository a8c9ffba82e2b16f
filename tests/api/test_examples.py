"""Every example of docs/interfaces.md, run as it stands but for the address of the service and the store's folder."""

from __future__ import annotations

import re
import shlex
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from awaited import apart
from fastapi import FastAPI
from free_port import free_port

from assistant.api.mounting import offer
from assistant.api.operations import Operations
from assistant.assistant import Assistant
from assistant.cli import main
from corpus.notices import folder
from index.library import Library

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "interfaces.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = re.findall(r"^\$ acquis (.+)$", PAGE, re.MULTILINE)
ADDRESS, HOME = "http://127.0.0.1:7860", "~/.local/share/acquis"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("examples")
    assert main(["add", "--home", str(home), *(str(p) for p in sorted(Path(folder()).glob("*.txt")))]) == 0
    return home


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """A real server with the interfaces, on a port of its own."""
    app = FastAPI()
    offer(app, Operations(Assistant(Library.open(home))))
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 30
    while not server.started and time.monotonic() < end:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def title(example: str) -> str:
    return next(line for line in example.splitlines() if line and not line.startswith(("import ", "from ")))[:40]


@pytest.mark.parametrize("example", EXAMPLES, ids=title)
def test_an_example_runs(example, address, home, capsys):
    if "from mcp" in example:
        pytest.importorskip("mcp", reason="the extra `mcp` is not installed")
    code = example.replace(ADDRESS, address).replace(HOME, str(home))
    apart(exec, compile(code, "docs/interfaces.md", "exec"), {"__name__": "__main__"})
    told = capsys.readouterr().out
    assert told.strip()
    assert "None None None" not in told


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs(command, home, capsys):
    assert main([*shlex.split(command), "--home", str(home)]) == 0
    assert "RNCP38822" in capsys.readouterr().out


def test_there_is_an_example_of_each_interface():
    assert {"httpx", "mcp", "AcquisRetriever", "Operations"} <= set(re.findall(r"\w+", " ".join(EXAMPLES)))
    assert len(EXAMPLES) >= 5
    assert len(COMMANDS) >= 2
