"""Every page in every state: axe finds nothing, nothing is wider than the window, each text is in its language.

The French pages are walked through in a wide light window, the English ones in a narrow dark one: each state is seen
in both languages, schemes and widths. On the way pictures are made of the French ones at three widths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_pdf import small_pdf
from test_question_page import ASTRONAUT, ask, settled

from assistant.web.texts import texts
from corpus.notices import folder

pytestmark = pytest.mark.browser

WIDTHS = (1440, 1024, 390)
LOOKS = {"fr": (1440, "light"), "en": (390, "dark")}
ADDRESSES = {"question": "", "search": "recherche", "compare": "comparer", "cv": "cv", "sources": "sources"}
SEEK = "#query :is(input, textarea)"
PICK = ":is(input, textarea)"
CV = """Camille Exemple
Expérience
2019-2024 Développeuse, Société Fictive
- Développement d'une application de gestion des stocks en Java, utilisée par quarante magasins
- Animation d'une équipe de trois personnes et réunions de suivi
2016-2019 Vendeuse, Boutique Inventée
- Accueil et conseil des clients, encaissement
Compétences : Python, SQL
"""
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"
LANGUAGES = """([needles, phrases]) => {
  const bare = (text) => text.replace(/[\\s\\u00a0\\u202f]+/g, "");
  const said = needles.map(bare).filter((one) => one.length > 17), ours = new Set(phrases.map(bare));
  const wrong = [];
  for (const part of document.querySelectorAll("#work, #viewer")) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      if (node.parentElement.closest("script, style, textarea, svg title")) continue;
      const text = bare(node.data), lang = node.parentElement.closest("[lang]").lang;
      const quoted = said.some((one) => text.includes(one) || (text.length > 17 && one.includes(text)));
      if (lang !== "fr" && quoted) wrong.push(["in French", node.data]);
      if (lang !== "en" && ours.has(text)) wrong.push(["in English", node.data]);
    }
  }
  return wrong;
}"""
TO_TOP = """(top) =>
    scrollTo(0, top ? document.querySelector(top).getBoundingClientRect().top + scrollY - 12 : 0)"""
MARKED = "[...document.querySelectorAll('#work [lang], #viewer [lang]')].map(x => x.lang)"


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
    yield "5-dossier"
    yield "6-images"
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


TOPS = {  # what stands at the window's top in a picture; the page's beginning where nothing is named
    "cv-2-lu": "#cv-text",
    "cv-3-propositions": "#matched",
    "cv-4-preuves": "#matched",
    "cv-5-dossier": "#dossier-form .card",
    "cv-6-images": "#dossier-pictures",
    "compare-3-comparaison": "#compared",
    "question-5-introuvable": "#talk",
}
WALKS = {"question": question, "search": search, "compare": compare, "cv": cv, "sources": sources}


def file(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def unfold(page) -> None:
    """Show what is folded, of several certifications in the first only: the others are made like it."""
    page.evaluate(
        "document.querySelectorAll('#work :is(.card:first-of-type details, details:not(.remove, .card details))')"
        ".forEach(x => x.open = true)"
    )


def said_by_sources() -> list[str]:
    """What stands in the lines of the notices: titles, competences, facts."""
    lines = [line.strip(" -") for path in folder().glob("*.txt") for line in path.read_text("utf-8").splitlines()]
    return [part for line in lines for part in {line, line.partition(" : ")[2]} if part]


def english_only() -> list[str]:
    """Our phrases that no French text would be."""
    french = set(texts("fr").phrases.values())
    return [p for p in texts("en").phrases.values() if p not in french and " " in p and not re.search(r"[{}]", p)]


@pytest.mark.parametrize("lang", LOOKS)
@pytest.mark.parametrize("walk", WALKS)
def test_axe_finds_nothing_in_any_state(visit, axe, picture, tmp_path, walk, lang):
    width, scheme = LOOKS[lang]
    page = visit(width, f"/{'' if lang == 'fr' else 'en/'}{ADDRESSES[walk]}", scheme)
    needles = [said_by_sources(), english_only()]
    for n, state in enumerate(WALKS[walk](page, tmp_path)):
        page.wait_for_timeout(200)  # colours change gradually
        assert axe(page) == [], (n, state)
        assert page.evaluate(TOO_WIDE) <= 0, (n, state)
        if lang == "en":
            assert page.evaluate(LANGUAGES, needles) == [], (n, state)
            continue
        assert set(page.evaluate(MARKED)) <= {"fr"}, (n, state)
        if state:
            pictures(page, picture, f"{walk}-{state}")


def pictures(page, picture, name: str) -> None:
    """A state at three widths; nothing may be wider than any of them."""
    size = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844 if width < 600 else 900})
        page.evaluate(TO_TOP, TOPS.get(name))
        picture(page, name)
        assert page.evaluate(TOO_WIDE) <= 0, (name, width)
    page.set_viewport_size(size)
