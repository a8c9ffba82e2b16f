"""The CV's page as an advisor lives it: file, proposals, evidence, dossier; nothing kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_pdf import small_pdf

pytestmark = pytest.mark.browser

CANARY = "Zenobie Plumecoq"
CV = [
    CANARY,
    "EXPERIENCE",
    "2019-2024 Developpeuse, Societe Fictive",
    "- Developpement d'une application de gestion des stocks en Java, utilisee par quarante magasins",
    "- Animation d'une equipe de trois personnes et reunions de suivi",
    "COMPETENCES",
    "Python, SQL",
]
STORED = """async () => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie,
    await indexedDB.databases(), await caches.keys()])"""


def traces(service) -> list[Path]:
    """Files that the service wrote and that hold the canary."""
    every = [p for p in (*service.uploads.rglob("*"), *service.home.rglob("*"), service.log) if p.is_file()]
    return [p for p in every if any(CANARY.encode(code) in p.read_bytes() for code in ("utf-8", "utf-16-le"))]


@pytest.mark.parametrize("path", ["/cv", "/en/cv"])
def test_from_a_file_to_a_dossier(visit, service, path, tmp_path):
    page = visit(path=path)
    file = tmp_path / "cv-plumecoq.pdf"
    file.write_bytes(small_pdf(CV))
    page.locator("#cv-file input[type=file]").set_input_files(file)
    page.wait_for_selector("#matched .notice.done")
    assert CANARY in page.locator("#cv-text textarea").input_value()
    page.click("#match")
    page.wait_for_selector(".match .pair")
    said = page.locator(".pair:visible [data-act=cv]").first
    assert "page 1" in said.inner_text()
    said.press("Enter")
    page.wait_for_selector(".source .cited mark")
    assert "cv-plumecoq.pdf" in page.locator(".source h2").inner_text()
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.dataset.act === 'cv'")
    page.locator("[data-act=choose]").first.press("Enter")
    page.wait_for_selector(".match > .card > .matched")
    page.click("#dossier-open")
    page.wait_for_selector("#dossier-form select:visible")
    unsaved_work_is_asked_about(page)
    assert CANARY not in page.evaluate(STORED)
    assert traces(service) == []


def unsaved_work_is_asked_about(page) -> None:
    comment = page.locator("#dossier-form [data-field=comment]:visible").first
    comment.fill("x")
    comment.press("Tab")
    page.click("#dossier-open")
    page.locator("#dossier-told [data-act=keep]").press("Enter")
    page.wait_for_selector("#dossier-told [data-act=keep]", state="detached")
    assert comment.input_value() == "x"
    with page.expect_download():
        page.click("#dossier-acquis")
    page.click("#dossier-open")
    page.wait_for_function("[...document.querySelectorAll('#dossier-form [data-field=comment]')].every(x => !x.value)")
