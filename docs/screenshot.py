"""Make the pictures of the guides: python docs/screenshot.py [NAME…], into docs/images.

Starts the service on a temporary home that holds the shipped notices and the invented fiches of docs/invented, drives
Debian's Chromium, and keeps each picture with few colours, so that all of them together stay small.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

DOCS = Path(__file__).resolve().parent
ROOT, IMAGES, INVENTED = DOCS.parent, DOCS / "images", DOCS / "invented"
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
COLOURS = 96  # of one picture: text stays sharp, a page of 1440 × 900 takes about 80 kB
PATIENCE = 120  # seconds for the service to answer, and for whatever a page waits for
PHONE, DESK = (390, 844), (1440, 900)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"by default all: {', '.join(SCENES)}")
    wanted = parser.parse_args().names or list(SCENES)
    IMAGES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, service(Path(folder)) as address, chromium() as browser:
        for name in wanted:
            keep(picture(browser, address, SCENES[name], Path(folder)), IMAGES / f"{name}.png")
            print(f"{name}.png: {(IMAGES / f'{name}.png').stat().st_size // 1000} kB", flush=True)


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture.

    Attributes:
        path: where the page is.
        act: what a person does there.
        size: of the window, in pixels; its height is also that of the picture.
        accounts: whether somebody can sign in; pages are then closed to who has not, so these scenes come last.
    """

    path: str
    act: Callable[[Page], None]
    size: tuple[int, int] = DESK
    accounts: bool = False


def ask(page: Page, question: str, which: int = 0) -> None:
    """Ask, and open the source of one citation."""
    page.fill("#question textarea", question)
    page.click("#ask")
    page.locator(".answer .doings").last.wait_for()
    page.locator(".answer").last.locator(".prose .cite").nth(which).click()
    page.locator(".source .cited mark").first.wait_for()
    page.evaluate("scrollTo(0, 0)")


def question(page: Page) -> None:
    ask(page, "c koi les compétances du bloc 4 d'ingetis ?")


def question_in_english(page: Page) -> None:
    ask(page, "What does block 4 of RNCP38822 require?")


def not_found(page: Page) -> None:
    page.fill("#question textarea", "Quel est le salaire d'un débutant après le RNCP38822 ?")
    page.click("#ask")
    page.locator(".answer .doings").wait_for()
    page.evaluate("scrollTo(0, 0)")


def search(page: Page) -> None:
    page.fill("#query input, #query textarea", "jardin avec des habitants, par la VAE")
    page.click("#seek")
    page.locator(".card blockquote").first.wait_for()
    page.locator(".facets summary").click()


def compare(page: Page) -> None:
    page.locator(".contrast").wait_for()


def match(page: Page) -> None:
    """The invented CV against the certification that it is closest to."""
    page.locator("#cv-file input[type=file]").set_input_files(INVENTED / "cv.txt")
    page.locator("#matched .notice.done").wait_for()
    page.click("#match")
    page.locator("[data-act=choose][data-certification=RNCP90012]").first.click()
    page.locator(".match > .card > .matched").first.wait_for()


def proposals(page: Page) -> None:
    page.locator("#cv-file input[type=file]").set_input_files(INVENTED / "cv.txt")
    page.locator("#matched .notice.done").wait_for()
    page.click("#match")
    page.locator("[data-act=choose]").first.wait_for()
    top(page, "#matched")


def evidence(page: Page) -> None:
    match(page)
    top(page, "#matched .match .card")


def dossier(page: Page) -> None:
    match(page)
    page.click("#dossier-open")
    page.locator("#dossier-form select:visible").first.wait_for()
    top(page, "#dossier-form")


def sources(page: Page) -> None:
    page.locator("#sources table").wait_for()


def sign_in(page: Page) -> None:
    page.fill("[name=name]", "ada")


def top(page: Page, selector: str) -> None:
    """Scroll until something stands at the window's top."""
    page.locator(selector).first.evaluate("x => window.scrollTo(0, x.getBoundingClientRect().top + scrollY - 12)")


SCENES = {
    "question": Scene("/", question),
    "question-telephone": Scene("/", question, PHONE),
    "question-en": Scene("/en/", question_in_english),
    "non-trouve": Scene("/", not_found, (1440, 600)),
    "recherche": Scene("/recherche", search),
    "comparer": Scene("/comparer?a=RNCP90011&b=RNCP90012", compare, (1440, 1200)),
    "cv-propositions": Scene("/cv", proposals, (1440, 800)),
    "cv-preuves": Scene("/cv", evidence, (1440, 1000)),
    "dossier": Scene("/cv", dossier, (1440, 1000)),
    "sources": Scene("/sources", sources, (1440, 800)),
    "connexion": Scene("/connexion", sign_in, (1440, 520), accounts=True),
}


def picture(browser: Browser, address: str, scene: Scene, folder: Path) -> bytes:
    """PNG of a scene, in a window of its own."""
    if scene.accounts:
        command("user", "add", "ada", "--home", str(folder / "home"), typed="une longue phrase inventée\n")
    width, height = scene.size
    page = browser.new_page(viewport={"width": width, "height": height}, locale="fr-FR", color_scheme="light")
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(address + scene.path)
    page.wait_for_selector("#work :is(button, input:not([type=hidden]))")
    scene.act(page)
    page.wait_for_timeout(1500)  # scrolling and colours come to rest
    data = page.screenshot()
    page.close()
    return data


def keep(data: bytes, path: Path) -> None:
    """Write a picture with few colours."""
    with Image.open(io.BytesIO(data)) as image:
        reduced = image.convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        reduced.save(path, optimize=True)


@contextmanager
def service(folder: Path) -> Iterator[str]:
    """The address of a service over the notices and the invented fiches, without a language model."""
    home, port = folder / "home", free_port()
    notices = sorted((ROOT / "corpus" / "notices").glob("*.txt"))
    command("add", "--home", str(home), *map(str, notices), str(INVENTED / "fiches.xml"))
    running = subprocess.Popen(
        [sys.executable, "app.py", "--home", str(home), "--port", str(port)], cwd=ROOT, env=environment()
    )
    try:
        address = f"http://127.0.0.1:{port}"
        await_answer(running, address)
        yield address
    finally:
        running.terminate()
        running.wait(timeout=30)


def command(*arguments: str, typed: str = "") -> None:
    """One command of `acquis`."""
    subprocess.run(
        [sys.executable, "-m", "assistant.cli", *arguments], cwd=ROOT, env=environment(), input=typed, text=True,
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def environment() -> dict[str, str]:
    """Ours without what configures Acquis here."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ACQUIS_")}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_answer(running: subprocess.Popen, address: str) -> None:
    end = time.monotonic() + PATIENCE
    while running.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the service does not answer")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


if __name__ == "__main__":
    main()
