"""The question page in a browser: by keyboard alone, announced once, kept, erased."""

from __future__ import annotations

import pytest
from watching import tab_to

pytestmark = pytest.mark.browser

BOX = "#question textarea"
ASTRONAUT = "Quel est le salaire moyen d'un astronaute fictif ?"
UNSEEN_MOVES = """() => {
  window.moved = [];
  new PerformanceObserver((list) => list.getEntries().forEach((e) => moved.push([e.value, e.hadRecentInput])))
    .observe({ type: "layout-shift", buffered: true });
}"""
SAYINGS = """() => {
  window.sayings = [];
  new MutationObserver(() => sayings.push(document.querySelector("#said").textContent))
    .observe(document.querySelector("#said"), { childList: true, characterData: true, subtree: true });
}"""


def settled(page, answers: int = 1) -> None:
    page.wait_for_function(
        f"document.querySelectorAll('.exchange :is(.doings, .error)').length >= {answers}"
        " && !document.querySelector('.working')"
    )


def ask(page, question: str) -> None:
    page.fill(BOX, question)
    page.press(BOX, "Enter")
    settled(page)


def focused(page) -> str:
    return page.evaluate("document.activeElement.className || document.activeElement.tagName")


def test_a_question_is_asked_and_its_source_read_by_keyboard_alone(visit):
    page = visit()
    page.evaluate(SAYINGS)
    tab_to(page, BOX)
    page.keyboard.type("Quels sont les blocs de compétences de RNCP38822 ?")
    page.keyboard.press("Enter")
    settled(page)
    page.wait_for_function("sayings.at(-1)?.includes('Tab')")
    said = [s for s in page.evaluate("sayings") if "Bloc" in s]
    assert len(said) == 1  # once, as a whole
    assert said[0].rstrip().endswith(".")
    assert not page.locator("#said :is(p, ul, ol, li, div)").count()  # Orca says a whole, then each paragraph of it
    assert page.evaluate("document.activeElement.matches('#question textarea')")
    page.keyboard.press("Tab")
    assert focused(page) == "cite"
    page.keyboard.press("Enter")
    page.wait_for_selector(".source .cited")
    page.wait_for_function("document.activeElement.matches('.source h2')")
    first = page.locator(".source .cited").first.inner_text()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the next citation; the one before is not to be had
    page.wait_for_function("old => document.querySelector('.source .cited')?.innerText !== old", arg=first)
    page.wait_for_function("document.activeElement.dataset.do === 'step'")
    page.keyboard.press("Escape")
    page.wait_for_selector(".source", state="detached")
    page.wait_for_function("document.activeElement.dataset.n === '2'")


def test_each_citation_comes_into_view(visit):
    page = visit(390)
    page.locator(".chip").first.click()
    settled(page)
    page.locator(".cited-at").first.click()
    page.wait_for_selector(".source .cited")
    for n in (2, 3):
        page.locator("[data-do=step]").last.click()
        page.wait_for_function(f"document.querySelector('.steps span:not([aria-hidden])').innerText.includes(' {n} ')")
        page.wait_for_timeout(200)
        body, cited = (page.locator(s).first.bounding_box() for s in (".source .body", ".source .cited"))
        assert body["y"] - 1 <= cited["y"] < body["y"] + body["height"] - 10


def test_the_last_question_is_changed_in_its_place(visit):
    page = visit()
    page.locator(".chip").first.click()
    settled(page)
    page.focus("[data-do=reword]")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.dataset.do === 'reword'")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type(ASTRONAUT)
    page.keyboard.press("Enter")
    page.wait_for_selector(".status.not_found")
    settled(page)
    assert page.locator(".asked").count() == 1


def test_a_conversation_outlives_a_refresh_until_it_is_erased(visit, service):
    page = visit()
    page.locator(".chip").first.click()
    settled(page)
    page.wait_for_function("JSON.stringify(localStorage).length > 500")  # the answer with its citations
    page.reload()
    page.wait_for_selector(".exchange .doings")
    page.locator(".cite").last.click()
    page.wait_for_selector(".source .cited mark")
    with page.expect_download() as saved:
        page.locator("[data-act=export]").first.click()
    assert saved.value.suggested_filename.endswith(".docx")
    page.click("[data-act=erase]")
    page.wait_for_selector(".welcome")
    page.wait_for_timeout(500)
    page.reload()
    page.wait_for_selector(".welcome")
    page.wait_for_timeout(500)
    assert page.locator(".asked").count() == 0


def test_nothing_moves_under_the_reader_while_an_answer_grows(visit):
    page = visit()
    page.locator(".chip").first.click()
    settled(page)
    page.wait_for_timeout(600)
    page.evaluate(UNSEEN_MOVES)
    page.fill(BOX, ASTRONAUT)
    page.press(BOX, "Enter")
    settled(page, 2)
    page.wait_for_timeout(600)
    assert sum(value for value, typed in page.evaluate("moved") if not typed) < 0.1


def test_an_answer_is_copied_with_its_citations_and_judged(visit):
    page = visit()
    page.locator(".chip").first.click()
    settled(page)
    page.evaluate("document.addEventListener('copy', () => { window.copied = document.activeElement.value; })")
    page.locator("[data-do=copy]").first.click()
    text = page.evaluate("window.copied")
    assert "[1] « " in text
    assert "ligne" in text
    page.locator(".thumb.down").click()
    page.get_by_label("Il manque quelque chose").check()
    page.click("[data-act=rate]")
    page.wait_for_selector("#opinion", state="hidden")
    assert page.locator(".thumb.down").get_attribute("aria-pressed") == "true"
    ask(page, ASTRONAUT)
    settled(page, 2)
    assert page.locator(".thumb.down").first.get_attribute("aria-pressed") == "true"
