"""Every state of the pages of advisors and staff: CV with its dossier, sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_pdf import small_pdf
from walking import LOOKS, PICK, file, unfold

pytestmark = pytest.mark.browser

CV = """Camille Exemple
Expérience
2019-2024 Développeuse, Société Fictive
- Développement d'une application de gestion des stocks en Java, utilisée par quarante magasins
- Animation d'une équipe de trois personnes et réunions de suivi
2016-2019 Vendeuse, Boutique Inventée
- Accueil et conseil des clients, encaissement
Compétences : Python, SQL
"""


def cv(page, folder: Path) -> Iterator[str]:
    yield "1-accueil"
    page.locator("#cv-file input[type=file]").set_input_files(file(folder, "cv.pdf", b"%PDF-1.4 nothing"))
    page.wait_for_selector("#matched .notice.error")
    yield ""
    page.locator("#cv-file input[type=file]").set_input_files(file(folder, "cv.txt", CV.encode()))
    page.wait_for_selector("#matched .notice.done")
    yield "2-lu"
    page.click("#match")
    page.wait_for_selector(".match .pair")
    unfold(page)
    yield "3-propositions"
    page.locator(".pair:visible [data-act=cv]").first.click()
    page.wait_for_selector(".source .cited mark")
    yield ""
    page.keyboard.press("Escape")
    page.locator("[data-act=choose]").first.click()
    page.wait_for_selector(".match > .card > .matched")
    yield "4-preuves"
    page.click("#dossier-open")
    page.wait_for_selector("#dossier-form select:visible")
    unfold(page)
    yield "5-dossier 6-images"
    page.locator("#dossier-form [data-field=comment]").first.fill("À revoir")
    page.keyboard.press("Tab")
    page.click("#dossier-open")
    page.wait_for_selector("#dossier-told [data-act=keep]")
    yield ""


def sources(page, folder: Path) -> Iterator[str]:
    page.wait_for_selector("table.sources")
    yield "1-liste"
    pdf = small_pdf(["Poseur de ruches fictif", "Niveau : 3", "Bloc 1 : Poser une ruche", "- Choisir un endroit calme"])
    names = [file(folder, "ruches-fictives.pdf", pdf), file(folder, "vide.txt", b"")]
    page.locator("#source-files input[type=file]").set_input_files(names)
    page.wait_for_selector("#adding .notice.error")
    row = page.locator("table.sources tr", has_text="ruches-fictives.pdf")
    row.locator(".see").click()
    page.wait_for_selector(".source")
    yield "2-page"
    page.keyboard.press("Escape")
    row.locator(".remove summary").click()
    yield "3-retirer"
    row.locator(".danger").click()
    row.wait_for(state="detached")
    page.fill(f"#wanted {PICK}", "rien de tel")
    page.wait_for_function("!document.querySelector('table.sources tbody tr')")
    yield ""


STEPS = {cv: "cv", sources: "sources"}


@pytest.mark.parametrize("lang", LOOKS)
@pytest.mark.parametrize("steps", STEPS, ids=lambda steps: steps.__name__)
def test_axe_finds_nothing_in_any_state(visit, walker, tmp_path, steps, lang):
    width, scheme = LOOKS[lang][0]
    page = visit(width, f"/{'' if lang == 'fr' else 'en/'}{STEPS[steps]}", scheme)
    walker(lang).walk(page, steps, tmp_path)
