"""The three main tasks, done with a keyboard and nothing else; wherever the focus is, it can be seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from watching import tab_to

pytestmark = pytest.mark.browser

CV = """Camille Exemple
Expérience
2019-2024 Développeuse, Société Fictive
- Développement d'une application de gestion des stocks en Java, utilisée par quarante magasins
- Animation d'une équipe de trois personnes et réunions de suivi
"""
COMES = """() => {
  window.comes = new Promise((done) => new MutationObserver(() => document.querySelector("#viewer .source") && done())
    .observe(document.querySelector("#viewer"), { subtree: true, childList: true }));
}"""


def pressed(page, selector: str, key: str = "Enter") -> None:
    tab_to(page, selector)
    page.keyboard.press(key)


def has_focus(page, selector: str) -> None:
    page.wait_for_function("wanted => document.activeElement.matches(wanted)", arg=selector)


def test_a_question_is_asked_and_its_citation_opened(visit):
    page = visit()
    pressed(page, ".skip")
    pressed(page, ".chip")  # the first of the examples
    page.wait_for_selector(".exchange .doings")
    has_focus(page, "#question textarea")  # the example is gone
    page.keyboard.type("Quel est le niveau de RNCP38822 ?")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.exchange .doings').length === 2")
    pressed(page, "#talk .cite")
    page.wait_for_selector(".source .cited")
    has_focus(page, ".source h2")
    page.keyboard.press("Escape")
    page.wait_for_selector(".source", state="detached")
    has_focus(page, "#talk .cite")


def test_a_search_is_narrowed_and_a_hit_opened(visit):
    page = visit(path="/recherche")
    tab_to(page, "#query :is(input, textarea)")
    page.keyboard.type("piloter un projet")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found .validity.expired")
    pressed(page, "#filters .label-wrap")
    page.wait_for_selector("#filters .label-wrap[aria-expanded=true]")
    tab_to(page, "#filters input")
    page.keyboard.press("ArrowDown")  # levels
    page.keyboard.press("ArrowUp")  # the last one
    page.keyboard.press("Escape")
    pressed(page, "#filters input[type=checkbox]", "Space")  # in force
    page.wait_for_selector("#found .validity.expired", state="detached")
    has_focus(page, "#filters input[type=checkbox]")
    pressed(page, "#found .card .see")
    page.wait_for_selector(".source .cited")
    has_focus(page, ".source h2")
    page.keyboard.press("Escape")
    has_focus(page, "#found .card .see")


def test_a_cv_becomes_a_dossier_with_a_corrected_state(visit):
    page = visit(path="/cv")
    tab_to(page, "#cv-text textarea")
    page.keyboard.insert_text(CV)  # as pasting does
    pressed(page, "#match")
    page.wait_for_selector(".match .pair")
    pressed(page, "#matched [data-act=choose]")
    page.wait_for_selector(".match > .card > .matched")
    has_focus(page, "#matched h2")  # the button is gone
    pressed(page, "#dossier-open")
    page.wait_for_selector("#dossier-form select:visible")
    tab_to(page, "#dossier-form select")
    before = page.evaluate("document.activeElement.value")
    page.keyboard.press("ArrowUp" if before == "absent" else "ArrowDown")
    after = page.evaluate("document.activeElement.value")
    assert after != before
    page.wait_for_timeout(500)
    has_focus(page, "#dossier-form select")
    tab_to(page, "#dossier-acquis")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert f'"{after}"' in Path(saved.value.path()).read_text(encoding="utf-8")


def test_the_focus_is_not_lost_where_its_place_goes(visit):
    page = visit(path="/comparer")
    tab_to(page, "#compare-before :is(input, textarea)")
    page.keyboard.type("logiciel")
    page.wait_for_selector("#compare-before-meant button")
    pressed(page, "#compare-before-meant button")
    has_focus(page, "#compare-before :is(input, textarea)")


def test_a_source_that_comes_after_escape_leaves_the_focus_where_it_is(visit):
    page = visit(path="/recherche")
    found(page, "piloter un projet")
    held = holding(page)
    pressed(page, "#found .card .see")
    page.keyboard.press("Escape")
    page.focus("#query :is(input, textarea)")
    page.evaluate(COMES)
    come(page, held)
    page.evaluate("comes")
    page.wait_for_selector(".source", state="detached")
    page.wait_for_timeout(200)
    has_focus(page, "#query :is(input, textarea)")


def test_escape_that_closes_a_list_closes_no_source(visit):
    page = visit(path="/recherche")
    found(page, "piloter un projet")
    pressed(page, "#filters .label-wrap")
    page.wait_for_selector("#filters .label-wrap[aria-expanded=true]")
    held = holding(page)
    page.locator("#found .card .see").first.click()
    page.focus("#filters [role=combobox]")
    page.wait_for_selector("#filters [role=combobox][aria-expanded=true]")
    page.keyboard.press("Escape")
    page.wait_for_selector("#filters [role=combobox][aria-expanded=false]")
    come(page, held)
    page.wait_for_selector(".source .cited")
    page.focus("#filters [role=combobox]")  # which opens the list again
    page.wait_for_selector("#filters [role=combobox][aria-expanded=true]")
    page.keyboard.press("Escape")
    page.wait_for_selector("#filters [role=combobox][aria-expanded=false]")
    assert page.locator(".source").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector(".source", state="detached")


def found(page, query: str) -> None:
    page.fill("#query :is(input, textarea)", query)
    page.keyboard.press("Enter")
    page.wait_for_selector("#found .card .see")


def holding(page) -> list:
    """Calls of the page from now on, which wait until they are let through."""
    held: list = []
    page.route("**/queue/join*", lambda route: held.append(route))
    return held


def come(page, held: list) -> None:
    assert held
    for route in held:
        route.continue_()
    page.unroute("**/queue/join*")
