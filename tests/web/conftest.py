"""A real service in a process of its own, and a real browser that watches for what must not happen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from free_port import free_port
from walking import Walker
from watching import Watch, still

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "tests" / "output"
VIOLATIONS = """async (rules) => {
  const found = await axe.run(document, { resultTypes: ["violations"], ...(rules && { runOnly: rules }) });
  return found.violations.flatMap((v) => v.nodes.map((n) => [v.id, n.html.slice(0, 200)]));
}"""
PATIENCE = 180  # seconds for the service to answer on a very busy machine; how long it takes is in docs/figures.md
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@dataclass
class Service:
    """A running service.

    Attributes:
        uploads: the folder in which its own temporary folders are made.
    """

    address: str
    home: Path
    uploads: Path
    log: Path


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """`python app.py` over an empty home, which it fills with the notices."""
    base = tmp_path_factory.mktemp("service")
    uploads = base / "tmp"
    uploads.mkdir()
    port = free_port()
    found = Service(f"http://127.0.0.1:{port}", base / "home", uploads, base / "log.txt")
    command = [sys.executable, str(ROOT / "app.py"), "--home", str(found.home), "--port", str(port)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ACQUIS_MODEL")}
    with found.log.open("w") as log:
        running = subprocess.Popen(
            command, cwd=ROOT, env={**environment, "TMPDIR": str(uploads)}, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        await_answer(running, found)
        yield found
    finally:
        running.terminate()
        running.wait(timeout=20)


def await_answer(running: subprocess.Popen, service: Service) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert running.poll() is None, f"the service stopped:\n{service.log.read_text()}"
        try:
            with urllib.request.urlopen(f"{service.address}/healthz", timeout=5) as reply:
                assert reply.status == 200
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"no answer within {PATIENCE} s:\n{service.log.read_text()}")


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine: `apt-get install chromium` enables the browser tests")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright drives the browser tests")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[tuple[str, str]]]:
    """What axe-core objects to on a page, or by some of its rules alone: the rules and the elements."""
    package = pytest.importorskip("axe_playwright_python", reason="the package that carries axe-core")
    script = files(package.__name__).joinpath("axe.min.js").read_text(encoding="utf-8")

    def violations(page, rules: list[str] | None = None) -> list[tuple[str, str]]:
        if not page.evaluate("!!window.axe"):
            page.evaluate(f"(() => {{ {script} }})()")
        return [tuple(one) for one in page.evaluate(VIOLATIONS, rules)]

    return violations


@pytest.fixture(scope="session")
def windows(chromium) -> Callable:
    """A window of a width and a colour scheme, kept for the whole session: its cache spares seconds."""

    @cache
    def window(width: int, scheme: str):
        size = {"width": width, "height": 900 if width > 600 else 844}
        # A German browser: the page's language is the page's own affair.
        return chromium.new_context(viewport=size, color_scheme=scheme, locale="de-DE")

    return window


@pytest.fixture
def visit(windows, service: Service) -> Iterator:
    """Open the page at a width and path; when the test ends, nothing wrong may have been seen."""
    pages, watch = [], Watch()

    def opened(width: int = 1440, path: str = "/", scheme: str = "light"):
        page = windows(width, scheme).new_page()
        pages.append(page)
        page.set_default_timeout(30_000)  # what takes a second takes ten on a busy machine
        page.goto(service.address + "/healthz")
        page.evaluate("localStorage.clear()")  # windows are shared, and the question page keeps its conversation there
        watch.on(page, service.address)
        page.goto(service.address + path)
        page.wait_for_selector(".chip" if path in ("/", "/en/") else "#work :is(button, input)")
        return page

    yield opened
    for page in pages:
        page.close()
    assert watch.wrongs == []
    assert "unexpected" not in service.log.read_text()  # the service says so of errors that nobody foresaw


@pytest.fixture(scope="session")
def output() -> Path:
    """Where tests leave what people look at."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    return OUTPUT


@pytest.fixture
def picture(output: Path):
    """Keep a picture of a page."""

    def kept(page, name: str) -> None:
        still(page)
        page.screenshot(path=output / f"{name}-{page.viewport_size['width']}.png")

    return kept


@pytest.fixture
def walker(axe, picture, request) -> Callable[[str], Walker]:
    """Who walks through pages of a language."""
    return lambda lang: Walker(lang, axe, picture, request.config.getoption("--every-look"))
