"""Each page at its own address, in both languages; back and forward; what a page shows, in its link."""

from __future__ import annotations

import re

import gradio as gr
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from web_double import DoubleAssistant, DoubleLibrary

from assistant.web.page import PAGES
from assistant.web.service import Service
from assistant.web.site import path, site
from assistant.web.texts import LANGS, texts

PLACES = [(page, lang) for page in PAGES for lang in LANGS]


@pytest.fixture(scope="module")
def application() -> FastAPI:
    library = DoubleLibrary()
    return site(Service(DoubleAssistant(library), library))


@pytest.fixture(scope="module")
def client(application):
    with TestClient(application, base_url="http://127.0.0.1") as client:
        yield client


@pytest.mark.parametrize(("page", "lang"), PLACES)
def test_every_page_has_its_address_its_title_and_a_navigation_that_says_where_one_is(client, page, lang):
    reply = client.get(path(page, lang), follow_redirects=False)
    assert reply.status_code == 200
    t = texts(lang)
    assert f"<title>{t.title(page.name)}</title>" in reply.text
    current = re.findall(r'<a href="[^"]*" aria-current="page">(.*?)</a>', reply.text)
    assert current == [t(f"tab.{page.name}")]
    assert "<base" not in reply.text


@pytest.mark.parametrize(("page", "lang"), PLACES)
def test_every_link_of_a_page_leads_to_a_page(client, page, lang):
    here = path(page, lang)
    masthead = re.search(r'<header id="masthead">.*?</header>', client.get(here).text)[0]
    links = [link for link in re.findall(r'href="([^"#]*)"', masthead) if link]
    assert len(links) == len(PAGES) + 2
    reached = {str(client.get(str(client.base_url.join(here).join(link))).url.path) for link in links}
    assert reached == {path(p, lang) for p in PAGES} | {path(page, t) for t in LANGS}


def test_a_slash_too_many_or_too_few_leads_to_the_page_with_what_it_shows(client):
    for asked, found in (("/recherche/?q=a&q=b", "/recherche?q=a&q=b"), ("/en", "/en/"), ("/en/cv/", "/en/cv")):
        reply = client.get(asked, follow_redirects=False)
        assert reply.status_code == 307
        assert str(client.base_url.join(asked).join(reply.headers["location"])).endswith(found)
        assert client.get(asked).status_code == 200


ASKED = ("page=2", "q=a&page=zzz", "q=%C3%A9l%26&page=2", "q=%ff&page=2", "deep_link=x", "page=2&page=3", "%70age=2")


@pytest.mark.parametrize(("page", "lang"), PLACES)
def test_no_parameter_of_an_address_makes_a_page_fail(client, page, lang):
    for asked in ASKED:
        assert client.get(f"{path(page, lang)}?{asked}").status_code == 200, asked


def test_pages_share_the_files_of_their_frame(client):
    sources = {
        str(client.base_url.join(path(page, lang)).join(src))
        for page, lang in PLACES
        for src in re.findall(r'(?:src|href)="([^"]*assets/[^"]*)"', client.get(path(page, lang)).text)
    }
    assert len(sources) == 2
    assert all(client.get(source).status_code == 200 for source in sources)


def test_a_page_holds_no_function_of_another(client):
    """What a page may call is what its own tab declared: a call through another page finds nothing."""
    for page, lang in PLACES:
        config = client.get(f"{path(page, lang).rstrip('/')}/config").json()
        labels = {c["props"].get("elem_id") for c in config["components"]}
        assert ("cv-text" in labels) == (page.name == "cv")
        assert ("source-files" in labels) == (page.name == "sources")


def test_describing_a_page_leaves_gradio_as_it_was():
    with gr.Blocks() as blocks:
        gr.Textbox()
    assert blocks.app is not None


@pytest.mark.browser
def test_back_and_forward_go_from_page_to_page(visit):
    page = visit()
    for name, address in (("Recherche", "/recherche"), ("Sources", "/sources")):
        page.locator("#masthead").get_by_role("link", name=name).click()
        page.wait_for_selector("#work :is(button, input)")
        assert page.url.endswith(address)
        assert page.locator("main h1").all_text_contents() == page.locator("h1").all_text_contents() == [name]
    page.go_back()
    page.wait_for_selector("#query")
    page.go_back()
    page.wait_for_selector(".chip")
    page.go_forward()
    page.wait_for_selector("#query")


@pytest.mark.browser
def test_what_a_page_shows_is_in_its_address(visit):
    page = visit(path="/recherche")
    page.evaluate("acquis.link({ q: 'élevage & soin', niveau: 0, codes: ['A1', 'B2'], vae: true, vide: '' })")
    assert page.url.endswith("/recherche?q=%C3%A9levage+%26+soin&codes=A1&codes=B2&vae=1")
    page.get_by_role("link", name="English").click()
    page.wait_for_selector("#work button")
    assert page.url.endswith("/en/recherche?q=%C3%A9levage+%26+soin&codes=A1&codes=B2&vae=1")
