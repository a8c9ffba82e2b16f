"""The page that compares two certifications, without a browser and in one."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace

import gradio as gr
import pytest
from invented_fiches import NEWER, OLDER, OTHER, Fiche, store
from starlette.datastructures import QueryParams

from assistant.assistant import Assistant
from assistant.comparison.suggesting import suggested
from assistant.web.compare import CompareTab
from assistant.web.service import Service
from assistant.web.texts import texts
from assistant.web.viewer import Viewer
from index.cards import Card

TODAY = date(2026, 1, 1)
HOSTILE = Fiche(
    "hostile.xml", "RNCP90014", "Tresseur <b>de paniers</b> & de ${liens}",
    (("Tresser <script>alert(1)</script>", ("Couper l'osier \"vert\" <i>tôt</i>",)),),
    (("B1201", "Vannerie <u>fine</u>"),), "31/12/2029", replaces="RNCP90013",
)  # fmt: skip


@pytest.fixture(scope="module")
def fiches(tmp_path_factory) -> Service:
    library = store(tmp_path_factory.mktemp("compare"), OLDER, NEWER, OTHER, HOSTILE)
    return Service(Assistant(library), library, today=lambda: TODAY)


def made(service: Service, lang: str = "fr") -> CompareTab:
    with gr.Blocks():
        return CompareTab(service, Viewer(service, texts(lang)), texts(lang))


def opened(tab: CompareTab, query: str) -> tuple[str, str, str]:
    return tab.arrive(SimpleNamespace(query_params=QueryParams(query)))


def visible(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


def test_an_expired_certification_is_shown_beside_what_replaces_it(fiches):
    shown = made(fiches).compare("rncp 90011", "")
    assert "expirée depuis le 01/09/2022" in shown
    assert "Gardien de jardins partagés" in shown
    rows = re.findall(r'<th scope="row">(\w+)</th><td>(\d+)</td><td>(\d+)</td>', shown)
    assert [(name[:4], n, blocks) for name, n, blocks in rows] == [
        ("cons", "3", "0"), ("refo", "2", "2"), ("nouv", "3", "1"), ("disp", "1", "1"),
    ]  # fmt: skip


def test_what_differs_is_said_and_not_only_coloured(fiches):
    shown = made(fiches).compare("RNCP90011", "RNCP90012")
    assert '<ins><span class="unseen" lang="fr">ajouté\u00a0: </span>avec les habitants et les écoles</ins>' in shown
    assert '<del><span class="unseen" lang="fr">retiré\u00a0: </span>' in shown
    assert "du bloc 3 au bloc 2" in shown


def test_every_wording_opens_its_source_at_its_lines(fiches):
    shown = made(fiches).compare("RNCP90011", "RNCP90012")
    wordings = shown.count('<blockquote class="verbatim"')
    assert wordings == 3 + 2 * 2 + 3 + 1
    assert len(re.findall(r'<p class="where"><button[^>]+data-act="open"', shown)) == wordings


def test_what_a_source_says_is_never_taken_for_html(fiches):
    shown = made(fiches).compare("RNCP90013", "RNCP90014")
    assert not re.search(r"<script|<b>|<i>|<u>", shown)
    assert "&lt;script&gt;" in shown


def test_the_address_is_enough_to_show_it_again(fiches):
    before, after, shown = opened(made(fiches, "en"), "a=RNCP90011&b=RNCP90012")
    assert (before, after) == ("RNCP90011", "RNCP90012")
    assert "from block 3 to block 2" in shown
    assert made(fiches).t("compare.empty") in opened(made(fiches), "")[2]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [("", "", "Indiquez d’abord"), ("RNCP1", "", "aucune certification"), ("90012", "90012", "différentes"),
     ("x" * 400, "", "Indiquez un code"), ("RNCP90011", "<b>", "&lt;b&gt;")],
)  # fmt: skip
def test_what_cannot_be_compared_is_said_in_words(fiches, before, after, words):
    shown = made(fiches).compare(before, after)
    assert 'class="notice' in shown
    assert words in shown


def test_files_hold_the_comparison(fiches):
    shown = made(fiches).compare("RNCP90011", "")
    names = re.findall(r'download="([^"]+)"', shown)
    assert names == [f"comparaison-RNCP90011-RNCP90012.{ending}" for ending in ("csv", "xlsx", "json")]


def test_certifications_are_suggested_and_picked(fiches):
    tab = made(fiches)
    shown = tab.suggest("jardins parta")
    assert re.findall(r'data-name="(\w+)"', shown) == ["RNCP90012", "RNCP90011"]  # in force first
    assert "2 certifications possibles" in shown
    assert tab.suggest("j") == tab.suggest("") == tab.suggest("zzz") == ""
    assert tab.pick(gr.EventData(None, {"name": "RNCP90011"})) == ("RNCP90011", "")


def test_codes_come_first_and_words_may_be_begun():
    cards = [Card("a.xml", "export", "Vol 901 en planeur", code="RNCP5"),
             Card("b.xml", "export", "Pâtissier", code="RNCP9012"),
             Card("c.xml", "export", "Pâtissier chocolatier", code="RS9013", active=False)]  # fmt: skip
    codes = lambda begun: [c.code for c in suggested(cards, begun, TODAY)]  # noqa: E731
    assert codes("901") == ["RNCP9012", "RS9013", "RNCP5"]
    assert codes("rs 9013") == ["RS9013"]
    assert codes("choc pat") == ["RS9013"]
    assert codes("patiss") == ["RNCP9012", "RS9013"]


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_two_certifications_are_picked_compared_and_linked(visit, width):
    page = visit(width, "/comparer")
    box = page.locator("#compare-before :is(input, textarea)")
    box.press_sequentially("architecture")
    page.locator("#compare-before-meant button").first.click()
    page.wait_for_function("/^RNCP/.test(document.querySelector('#compare-before :is(input, textarea)').value)")
    page.locator("#compare-after :is(input, textarea)").fill("RNCP26228")
    page.locator("#contrast").click()
    page.wait_for_selector(".contrast .change")
    page.wait_for_function("location.search.includes('b=RNCP26228')")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".contrast td ul").first.bounding_box()["height"] < 300  # no rule stretches a list
    page.locator(".change .see").first.click()
    page.wait_for_selector("#viewer mark")
    address = page.url
    page.goto(address)  # the link alone shows it again
    page.wait_for_selector(".contrast .change")
    assert visible(page.locator(".heads").inner_html())
