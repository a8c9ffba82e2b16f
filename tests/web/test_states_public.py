"""Every state of the pages that are open to all: question, search, comparison."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from test_question_page import ASTRONAUT, ask, settled
from walking import LOOKS, PICK, unfold

pytestmark = pytest.mark.browser

SEEK = "#query :is(input, textarea)"


def question(page, folder: Path) -> Iterator[str]:
    yield "1-accueil"
    page.locator(".chip").first.click()
    settled(page)
    yield "2-reponse"
    page.locator(".cite").first.click()
    page.wait_for_selector(".source .cited")
    yield "3-source"
    page.click("[data-do=reword]")
    yield ""
    page.locator("[data-act=close]").click()
    page.click("[data-do=leave]")
    page.click(".thumb >> nth=1")
    yield "4-avis"
    page.keyboard.press("Escape")
    page.locator("#narrowing button").first.click()
    page.locator(f"#narrow {PICK}").press_sequentially("388")
    page.wait_for_selector("#narrow-meant .meant button")
    yield ""
    page.locator("button.meant").first.click()
    page.wait_for_selector("#narrowed .chip")
    ask(page, ASTRONAUT)
    settled(page, 2)
    yield "5-introuvable"
    ask(page, "Que demande le bloc 9 de RNCP38822 ?")
    settled(page, 3)
    assert page.locator(".status.false_premise").count() == 1
    yield ""


def search(page, folder: Path) -> Iterator[str]:
    yield "1-accueil"
    page.click("#seek")
    page.locator("#filters button").first.click()
    page.locator("#filters [role=combobox], #filters input[role=listbox]").first.click()
    yield "2-filtres"
    page.keyboard.press("Escape")
    page.locator("#filters button").first.click()
    page.fill(SEEK, "piloter un projet niveau 7")
    page.press(SEEK, "Enter")
    page.wait_for_selector(".understood .chip")
    unfold(page)
    yield "3-resultats"
    page.locator(".card .see").first.click()
    page.wait_for_selector(".source .cited")
    yield "4-source"
    page.locator("[data-act=close]").click()
    page.fill(SEEK, "RNCP99999")
    page.press(SEEK, "Enter")
    page.wait_for_selector("#found > * .notice")
    yield ""


def compare(page, folder: Path) -> Iterator[str]:
    yield "1-accueil"
    page.click("#contrast")
    page.locator(f"#compare-before {PICK}").press_sequentially("logiciel")
    page.wait_for_selector("#compare-before-meant button")
    yield "2-propositions"
    page.fill(f"#compare-before {PICK}", "RNCP1")
    page.press(f"#compare-before {PICK}", "Enter")
    page.wait_for_selector("#compared .notice.error")
    yield ""
    page.fill(f"#compare-before {PICK}", "RNCP26228")
    page.fill(f"#compare-after {PICK}", "RNCP38822")
    page.click("#contrast")
    page.wait_for_selector(".contrast .change")
    unfold(page)
    yield "3-comparaison"
    page.locator(".change .see").first.click()
    page.wait_for_selector("#viewer mark")
    yield ""


STEPS = {question: "", search: "recherche", compare: "comparer"}


@pytest.mark.parametrize("lang", LOOKS)
@pytest.mark.parametrize("steps", STEPS, ids=lambda steps: steps.__name__)
def test_axe_finds_nothing_in_any_state(visit, walker, tmp_path, steps, lang):
    width, scheme = LOOKS[lang][0]
    page = visit(width, f"/{'' if lang == 'fr' else 'en/'}{STEPS[steps]}", scheme)
    walker(lang).walk(page, steps, tmp_path)
