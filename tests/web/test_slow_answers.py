"""Answers that take their time, and fail: stopped by keyboard, told, asked again; axe over the states between."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
import uvicorn
from free_port import free_port
from test_question_page import settled
from walking import LOOKS, put_on
from web_double import DoubleAssistant, DoubleLibrary

from assistant.answer import Answer
from assistant.model.breaker import State
from assistant.web.service import Service
from assistant.web.site import site
from assistant.web.texts import texts

pytestmark = pytest.mark.browser

BOX = "#question textarea"


class Resting:
    """A language model of which the breaker says that it is not asked for a while."""

    state = State(3, 130.0, None)


class SlowAssistant(DoubleAssistant):
    """As if a language model wrote, one quote after the other; a test may hold back what comes after the first."""

    model = Resting()
    goes_on = threading.Event()

    def pause(self) -> None:
        self.goes_on.wait(60)
        time.sleep(0.05)

    def stream(self, question: str, *more: object) -> Iterator[Answer]:
        for answer in super().stream(question, *more):
            yield replace(answer, author="un-modele")
            self.pause()

    def propose(self, *cv: object) -> tuple:
        self.pause()
        return super().propose(*cv)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    SlowAssistant.goes_on.set()
    library, port = DoubleLibrary(), free_port()
    service = Service(SlowAssistant(library), library, "un-modele", lambda: date(2026, 1, 15))
    server = uvicorn.Server(uvicorn.Config(site(service), port=port, log_config=None))
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    running.join(10)


@pytest.fixture
def held() -> Iterator[threading.Event]:
    """Answers go no further before this is set."""
    SlowAssistant.goes_on.clear()
    yield SlowAssistant.goes_on
    SlowAssistant.goes_on.set()


@pytest.fixture
def page(chromium, address):
    window = chromium.new_context(viewport={"width": 1440, "height": 900})
    opened = window.new_page()
    opened.goto(address)
    opened.wait_for_selector(".chip")
    yield opened
    window.close()


def test_an_answer_is_stopped_by_keyboard_while_it_grows(page, axe, held):
    page.fill(BOX, "Quelles compétences ?")
    page.press(BOX, "Enter")
    page.wait_for_selector(".prose .cite")
    assert page.locator("#said").inner_text().strip()
    assert axe(page) == []
    page.focus("#stop")
    page.keyboard.press("Enter")
    settled(page)
    assert page.locator(".prose .cite").count() < 3
    held.set()
    page.wait_for_timeout(1_500)  # the rest would take a tenth of it
    assert page.locator(".prose .cite").count() < 3  # nothing comes after
    page.click("[data-act=again]:visible")
    page.wait_for_function("document.querySelectorAll('.prose .cite').length === 3")
    settled(page)
    assert page.locator(".asked").count() == 1


@pytest.mark.parametrize("lang", ["", "en/"])
def test_axe_finds_nothing_while_work_goes_on(chromium, address, axe, held, lang):
    window = chromium.new_context(viewport={"width": 390, "height": 844})
    for path, box, send in ((lang, BOX, "#ask"), (f"{lang}cv", "#cv-text textarea", "#match")):
        page = window.new_page()
        page.goto(f"{address}/{path}")
        page.fill(box, "Planifier une saison")
        page.click(send)
        page.wait_for_selector(".working")
        for look in LOOKS["fr"]:
            put_on(page, *look)
            assert axe(page) == [], look
        assert page.locator(".working").count()
    window.close()


def test_a_failure_is_told_with_what_can_be_done(page, axe):
    page.fill(BOX, "panne")
    page.press(BOX, "Enter")
    page.wait_for_selector(".exchange .notice.error")
    page.wait_for_function("document.querySelector('#said').textContent.includes('réessayer')")
    assert page.locator(".notice.error [data-act=again]").is_visible()
    assert axe(page) == []


def test_who_wrote_and_that_the_model_rests_is_told(page, axe):
    page.fill(BOX, "Et le salaire ?")
    page.press(BOX, "Enter")
    settled(page)
    assert page.locator(".mode.model").inner_text() == texts("fr")("answer.mode.model", author="un-modele")
    assert "2 minutes" in page.locator("#resting").inner_text()
    assert axe(page) == []
