"""The page as people use it, in a real browser over a real service."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small_pdf import small_pdf

pytestmark = pytest.mark.browser

CV = """Camille Exemple
Expérience
2019-2024 Développeuse, Société Fictive
- Développement d'une application de gestion des stocks en Java, utilisée par quarante magasins
- Animation d'une équipe de trois personnes et réunions de suivi
Compétences : Python, SQL
"""
TEXT = """Jardinier de toits fictifs
Niveau : 4

Bloc 1 : Semer sur un toit
- Calculer la charge qu'un toit supporte avant d'y porter de la terre
- Semer des plantes <b>sobres</b> & {{robustes}}

Bloc 2 : Arroser un toit
- Recueillir l'eau de pluie dans des cuves
"""
COMMENTED = "[...document.querySelectorAll('#dossier-form textarea')].some(x => x.value)"
STATE_IS = "([at, state]) => document.querySelector(`#dossier-form select[data-at='${at}']`).value === state"
LOOKS_OF_A_CHIP = """() => {
  const { backgroundColor, padding, fontWeight } = getComputedStyle(document.querySelector(".chip"));
  return { backgroundColor, padding, fontWeight };
}"""
AFTER = ["Bloc 2 : Visiter un rucher", "- Tenir le calendrier des visites de la saison"]
PDF = ["Poseur de ruches fictif", "Niveau : 3", "Bloc 1 : Poser une ruche", "- Choisir un emplacement abrite du vent"]


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def tab(page, name: str) -> None:
    """Go to another page by the navigation."""
    page.locator("#masthead .pages").get_by_role("link", name=name).click()
    page.wait_for_selector(f"#masthead [aria-current=page]:text-is('{name}')")
    page.wait_for_selector("#work :is(button, input)")


def in_view(page, selector: str) -> bool:
    """Whether an element lies inside the window."""
    box = page.locator(selector).first.bounding_box()
    size = page.viewport_size
    return box is not None and 0 <= box["y"] <= size["height"] - 10 and 0 <= box["x"] < size["width"]


@pytest.mark.parametrize("width", [1440, 390])
def test_a_citation_opens_its_source_at_the_lines(visit, width):
    page = visit(width)
    page.locator(".chip").first.click()
    page.wait_for_selector(".answer .status.answered")
    page.wait_for_selector(".doings")
    cite = page.locator(".prose .cite").last
    quote = re.findall("«(.*?)»", page.locator(".prose").inner_text(), re.DOTALL)[-1]
    cite.click()
    page.wait_for_selector(".source .cited")
    marked = page.locator(".source .cited mark").all_inner_texts()
    assert plain(quote) in plain("".join(marked))
    page.wait_for_timeout(300)
    assert in_view(page, ".source .cited")
    assert page.locator(".source .lines li").count() > page.locator(".source .cited").count()
    source, answer = page.locator(".source").bounding_box(), page.locator(".answer").bounding_box()
    if width > 900:
        assert source["x"] >= answer["x"] + answer["width"] - 1
    else:
        assert source["y"] <= max(answer["y"], 0) + source["height"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Escape")
    page.wait_for_selector(".source", state="detached")
    page.wait_for_function("document.activeElement.classList.contains('cite')")


def test_a_question_is_followed_by_another(visit):
    page = visit()
    page.fill("#question textarea", "Quel est le salaire moyen d'un astronaute fictif ?")
    page.press("#question textarea", "Enter")
    page.wait_for_selector(".answer .doings")
    assert page.locator("#question textarea").input_value() == ""
    page.fill("#question textarea", "<img src=x onerror=alert(1)> {{this}} ${1+1} **gras** [99]")
    page.click("#ask")
    page.wait_for_function("document.querySelectorAll('.answer, .talk .error').length === 2")
    assert page.locator("#talk img").count() == 0
    assert "<img src=x onerror=alert(1)> {{this}} ${1+1} **gras** [99]" in page.locator("#talk").inner_text()
    page.click("#new")
    page.wait_for_selector(".welcome")


def test_a_source_stays_in_view_wherever_the_page_is(visit):
    for width in (1440, 390):
        page = visit(width)
        tab(page, "Recherche")
        page.fill("#query input, #query textarea", "piloter un projet")
        page.click("#seek")
        page.wait_for_selector(".card .see")
        page.locator(".card .see").last.click()
        page.wait_for_selector(".source .cited")
        page.wait_for_timeout(300)
        assert page.evaluate("scrollY") > 500
        assert in_view(page, ".source h2")
        assert in_view(page, ".source .cited")


@pytest.mark.parametrize("width", [1440, 390])
def test_search_shows_passages_and_opens_them(visit, width):
    page = visit(width)
    tab(page, "Recherche")
    page.fill("#query input, #query textarea", "piloter un projet")
    page.press("#query input, #query textarea", "Enter")
    page.wait_for_selector(".card blockquote")
    assert page.locator(".card h4").count() >= page.locator(".card").count() > 1
    assert page.locator("#found .validity.expired").count() >= 1
    quote = page.locator(".card blockquote").first.inner_text()
    page.locator(".card .see").first.click()
    page.wait_for_selector(".source .cited mark")
    assert plain("".join(page.locator(".source mark").all_inner_texts())) in plain(quote)


def test_filters_narrow_a_search(visit):
    page = visit()
    tab(page, "Recherche")
    page.fill("#query input, #query textarea", "piloter un projet")
    page.click("#seek")
    page.wait_for_selector("#found .validity.expired")
    page.locator("#filters button").first.click()
    page.get_by_label("En vigueur seulement").check()
    page.wait_for_selector("#found .validity.expired", state="detached")
    assert page.locator(".card").count() >= 1


@pytest.mark.parametrize("width", [1440, 390])
def test_a_pasted_cv_is_matched_with_proofs(visit, width):
    page = visit(width)
    tab(page, "CV")
    page.fill("#cv-text textarea", CV)
    page.click("#match")
    page.wait_for_selector(".match .pair")
    first = page.locator(".pair:visible").first
    left, right = (first.locator("blockquote").nth(i).inner_text() for i in (0, 1))
    assert plain(left) in plain(CV)
    assert right.strip()
    first.locator("[data-act=open]").click()
    page.wait_for_selector(".source .cited")
    assert page.evaluate("Object.values({...localStorage, ...sessionStorage}).join(' ')").find("Camille") == -1
    if width == 1440:
        a_report_is_saved(page)
    page.click("#cv-clear")
    page.wait_for_selector(".match", state="detached")
    assert page.locator("#cv-text textarea").input_value() == ""


def a_report_is_saved(page) -> None:
    page.click("#dossier-open")
    page.wait_for_selector("#dossier-form select:visible")
    for button, start in (("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK"), ("acquis", b"{")):
        with page.expect_download() as saved:  # at the first click
            page.click(f"#dossier-{button}")
        assert Path(saved.value.path()).read_bytes().startswith(start)


@pytest.mark.parametrize("width", [1440, 390])
def test_a_dossier_is_corrected_taken_back_saved_and_reopened(visit, service, width):
    page = visit(width)
    tab(page, "CV")
    page.fill("#cv-text textarea", CV)
    page.click("#dossier-open")
    select = page.locator("#dossier-form select:visible").first
    select.wait_for()
    at = select.get_attribute("data-at")
    proposed = select.input_value()
    other = "absent" if proposed != "absent" else "proven"
    pictures = page.locator("#dossier-pictures").inner_html()
    select.select_option(other)
    page.wait_for_function("old => document.querySelector('#dossier-pictures').innerHTML !== old", arg=pictures)
    assert select.input_value() == other
    comment = page.locator("#dossier-form textarea[data-field=comment]:visible").first
    comment.fill("À revoir avec Camille")
    comment.press("Tab")
    with page.expect_download() as saved:
        page.click("#dossier-acquis")
    kept = Path(saved.value.path()).read_bytes()
    assert "À revoir avec Camille" in kept.decode()
    page.click("#dossier-undo")
    page.wait_for_function(f"() => !({COMMENTED})")
    page.click("#dossier-undo")
    page.wait_for_function(STATE_IS, arg=[at, proposed])
    file = {"name": "dossier-camille.acquis.json", "mimeType": "application/json", "buffer": kept}
    page.locator("#dossier-reopen").locator("xpath=..").locator("input[type=file]").first.set_input_files(file)
    page.click("#dossier-told [data-act=replace]")  # two steps back were not saved
    page.wait_for_function(COMMENTED)
    page.wait_for_function(STATE_IS, arg=[at, other])
    assert not list(service.uploads.rglob("*camille*"))
    stored = page.evaluate("Object.values({...localStorage, ...sessionStorage}).join(' ')")
    assert "Camille" not in stored
    page.click("#cv-clear")
    page.wait_for_selector("#dossier-form", state="hidden")
    assert "Camille" not in service.log.read_text()


def test_an_uploaded_cv_is_read_and_gone(visit, service, tmp_path):
    page = visit()
    tab(page, "CV")
    file = tmp_path / "cv-camille.txt"
    file.write_text(CV, encoding="utf-8")
    page.locator("#cv-file input[type=file]").set_input_files(file)
    page.wait_for_selector("#matched .notice.done")
    assert page.locator("#cv-text textarea").input_value().split() == CV.split()
    left = [p for p in service.uploads.rglob("*") if p.is_file() and "Camille" in p.read_text(errors="replace")]
    assert left == []
    assert not list(service.uploads.rglob("*camille*"))
    broken = tmp_path / "cv-camille.pdf"
    broken.write_bytes(b"%PDF-1.4 Camille")
    page.locator("#cv-file input[type=file]").set_input_files(broken)
    page.wait_for_selector("#matched .notice.error")
    assert not list(service.uploads.rglob("*camille*"))
    assert "Camille" not in service.log.read_text()
    strange = tmp_path / "cv-camille.exe"
    strange.write_bytes(b"MZ")
    page.locator("#cv-file input[type=file]").set_input_files(strange)
    page.wait_for_selector("#cv-file .notice.error")
    assert "cv-camille.exe" in page.locator("#cv-file .notice.error").inner_text()


def test_a_source_is_added_asked_about_and_removed(visit, picture, tmp_path):
    page = visit()
    tab(page, "Sources")
    page.wait_for_selector("table.sources")
    before = page.locator("table.sources tbody tr").count()
    files = written(tmp_path)
    page.locator("#source-files input[type=file]").set_input_files(files)
    page.wait_for_selector("#adding .notice.error")
    assert "vide.txt" in page.locator("#adding .notice.error").inner_text()
    page.wait_for_function(f"document.querySelectorAll('table.sources tbody tr').length === {before + 2}")
    row = page.locator("table.sources tr", has_text="toits.txt")
    row.locator(".see").click()
    page.wait_for_selector(".source .lines")
    assert "<b>sobres</b> & {{robustes}}" in page.locator(".source").inner_text()
    pdf_passage_is_marked_on_its_page(page, picture)
    tab(page, "Sources")
    for name in ("toits.txt", "ruches.pdf"):
        row = page.locator("table.sources tr", has_text=name)
        row.locator(".remove summary").click()
        row.locator(".danger").click()
        row.wait_for(state="detached")
    assert page.locator("table.sources tbody tr").count() == before


def written(folder: Path) -> list[Path]:
    (folder / "toits.txt").write_text(TEXT, encoding="utf-8")
    (folder / "ruches.pdf").write_bytes(small_pdf(PDF, AFTER))
    (folder / "vide.txt").write_bytes(b"")
    return [folder / name for name in ("toits.txt", "ruches.pdf", "vide.txt")]


def pdf_passage_is_marked_on_its_page(page, picture) -> None:
    tab(page, "Recherche")
    page.fill("#query input, #query textarea", "emplacement ruche vent")
    page.click("#seek")
    page.locator(".passage", has_text="ruches.pdf").first.locator(".see").click()
    page.wait_for_selector(".source img.page")
    assert page.evaluate("document.querySelector('img.page').naturalWidth") > 500
    picture(page, "7-page")
    small = page.locator("img.page").bounding_box()["width"]
    page.locator("img.page").click()
    assert page.locator("img.page").bounding_box()["width"] > 2 * small
    pages_are_turned(page, small)


def pages_are_turned(page, small: float) -> None:
    """To the next page and back, by keyboard, as large as before; what comes after Escape stays away."""
    page.locator("[data-do=turn]").last.press("Enter")
    page.wait_for_selector("img.page[alt='Page 2 de ruches.pdf']")
    page.wait_for_function("document.activeElement.dataset.do === 'turn'")
    assert page.locator("[data-do=turn]").last.is_disabled()
    assert page.locator("img.page").bounding_box()["width"] > 2 * small
    assert "calendrier des visites" in page.locator(".source details").text_content()
    page.keyboard.press("Enter")
    page.wait_for_selector("img.page[alt='Page 1 de ruches.pdf, passage marqué']")
    page.click("[data-do=enlarge]")
    assert page.locator("img.page").bounding_box()["width"] == small
    page.locator("[data-do=turn]").last.press("Enter")
    page.keyboard.press("Escape")
    page.wait_for_timeout(3_000)
    assert page.locator(".source").count() == 0
    assert page.evaluate("document.activeElement.matches('.passage .see')")


def test_the_other_language(visit, picture):
    page = visit()
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.get_by_role("button", name="Demander").is_visible()
    looks = page.evaluate(LOOKS_OF_A_CHIP)
    page.get_by_role("link", name="English").click()
    page.get_by_role("button", name="Ask", exact=True).wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    page.wait_for_selector(".chip")
    assert page.evaluate(LOOKS_OF_A_CHIP) == looks  # Gradio's styles come in another order
    page.locator(".chip").first.click()
    page.wait_for_selector(".answer .status.answered")
    picture(page, "8-english")
    page.get_by_role("link", name="Français").click()
    page.get_by_role("button", name="Demander").wait_for()


def test_every_control_has_a_name_and_dark_is_dark(visit, picture):
    page = visit(scheme="dark")
    for name in ("Question", "Recherche", "CV", "Sources"):
        tab(page, name)
        page.wait_for_timeout(150)
        nameless = page.evaluate(
            """() => [...document.querySelectorAll('button, input, textarea, select, summary, a, img')]
                .filter((e) => e.offsetParent && !(e.ariaLabel || e.alt || e.textContent.trim() || e.labels?.length))
                .map((e) => e.outerHTML.slice(0, 200))"""
        )
        assert nameless == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 22, 29)"
    picture(page, "9-sombre")
