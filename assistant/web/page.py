"""The page: four tabs, and a source beside them."""

from __future__ import annotations

import gradio as gr

from assistant.web.cv import CvTab
from assistant.web.live import QUIET
from assistant.web.markup.text import escape
from assistant.web.question import QuestionTab
from assistant.web.search import SearchTab
from assistant.web.service import Service
from assistant.web.sources import SourcesTab
from assistant.web.texts import Texts
from assistant.web.viewer import Viewer

SWEEP = (60, 600)  # every minute, whatever uploads are older than ten minutes; CVs are gone long before


def page(service: Service, t: Texts) -> gr.Blocks:
    """The whole page in one language."""
    with gr.Blocks(title=t("page.title"), fill_width=True, analytics_enabled=False, delete_cache=SWEEP) as blocks:
        gr.HTML(masthead(t), elem_id="masthead", apply_default_css=False)
        with gr.Row(elem_id="desk"):
            work = gr.Column(scale=3, min_width=320, elem_id="work")
            viewer = Viewer(service, t)
        with work, gr.Tabs(overflow_behavior="wrap"):
            with gr.Tab(t("tab.question"), id="question"):
                question = QuestionTab(service, viewer, t)
            with gr.Tab(t("tab.search"), id="search"):
                search = SearchTab(service, viewer, t)
            with gr.Tab(t("tab.cv"), id="cv"):
                cv = CvTab(service, viewer, t)
            with gr.Tab(t("tab.sources"), id="sources"):
                sources = SourcesTab(service, viewer, t)
        gr.HTML(colophon(service, t), apply_default_css=False, elem_id="colophon")
        keep_current(blocks, question, search, cv, sources)
    return blocks.queue(max_size=64, default_concurrency_limit=8, api_open=False)


def masthead(t: Texts) -> str:
    """The name, the purpose, and the way to the other language."""
    away = "./en/" if t.lang == "fr" else "../"
    return (
        f'<header><a class="skip" href="#work">{escape(t("page.skip"))}</a>'
        f"<div><h1>Acquis</h1><p>{escape(t('page.tagline'))}</p></div>"
        f'<nav><span aria-current="true">{escape(t("lang.name"))}</span>'
        f'<a href="{away}" lang="{t.other}" hreflang="{t.other}" title="{escape(t("lang.other.title"))}">'
        f"{escape(t('lang.other'))}</a></nav></header>"
    )


def colophon(service: Service, t: Texts) -> str:
    """Where what people write goes to."""
    away = t("page.footer.model", name=service.model) if service.model else t("page.footer.local")
    return f"<footer>{escape(away)} {escape(t('page.footer'))}</footer>"


def keep_current(blocks: gr.Blocks, question: QuestionTab, search: SearchTab, cv: CvTab, sources: SourcesTab) -> None:
    """Show what the store holds when the page is opened, and again after a source came or went."""
    blocks.load(question.empty, None, [question.talk, question.held], **QUIET)
    blocks.load(sources.list, None, sources.table, **QUIET)
    for changed in (blocks.load, *(event.then for event in sources.changes)):
        changed(search.choices, None, search.certifications, **QUIET)
        changed(cv.choices, None, cv.certifications, **QUIET)
