"""The pages: one for each thing that people do, each at its own address, with a source beside it.

To add a page: write its tab as a class of `(service, viewer, t)`, which describes its components and nothing around
them; add its row to PAGES; add `tab.<name>` (the word in the navigation) to both languages of texts.toml. Navigation,
languages, rights and the mounting follow from the row: the French page is at `/<address>`, the English one at
`/en/<address>`, and everything that belongs to the page, Gradio's own interfaces included, lies below these and is
refused to who may not open it. Links between pages are relative (`./recherche`): the service may live under a subpath.

What a page shows can be kept in its address where it holds nothing personal: `link.py` says how.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.access.roles import Role
from assistant.settings import Limits
from assistant.web.compare import CompareTab
from assistant.web.cv import CvTab
from assistant.web.live import QUIET
from assistant.web.markup.frame import heading
from assistant.web.mounting import AWAITING, COMPUTING, described
from assistant.web.question import QuestionTab
from assistant.web.search import SearchTab
from assistant.web.service import Service
from assistant.web.sources import SourcesTab
from assistant.web.texts import Texts
from assistant.web.viewer import Viewer

SWEEP = 60  # seconds between two looks at what was uploaded; CVs are gone long before


@dataclass(frozen=True, slots=True)
class Page:
    """One row of the table.

    Attributes:
        name: what the code calls it; `tab.<name>` is what people read.
        address: its place below a language's root; "" is the root itself.
        role: the least role that may open it, or call anything of it.
        tab: builds its components.
        files: whether files can be dropped there; elsewhere none are taken.
        arrival: of a built tab, what to call each time the page is opened, and what that fills.
    """

    name: str
    address: str
    role: Role
    tab: Callable[[Service, Viewer, Texts], Any]
    arrival: Callable[[Any], tuple[Callable, Any]]
    files: bool = False


PAGES = (
    Page("question", "", Role.PUBLIC, QuestionTab, lambda tab: (tab.arrive, tab.arriving)),
    Page("search", "recherche", Role.PUBLIC, SearchTab, lambda tab: (tab.arrive, tab.arriving)),
    Page("compare", "comparer", Role.PUBLIC, CompareTab, lambda tab: (tab.arrive, [tab.before, tab.after, tab.found])),
    Page("cv", "cv", Role.ADVISOR, CvTab, lambda tab: (tab.choices, tab.certifications), files=True),
    Page("sources", "sources", Role.STAFF, SourcesTab, lambda tab: (tab.arrive, tab.arriving), files=True),
)


def blocks(page: Page, service: Service, t: Texts, limits: Limits, kept: int = 600) -> gr.Blocks:
    """A page in one language; uploads are deleted once they are `kept` seconds old."""
    options = {"title": t.title(page.name), "fill_width": True, "analytics_enabled": False}
    threads = COMPUTING if service.model is None else AWAITING
    with described(limits, threads, **options, delete_cache=(SWEEP, kept)) as whole:
        with gr.Row(elem_id="desk"):
            work = gr.Column(scale=3, min_width=320, elem_id="work")
            viewer = Viewer(service, t)
        with work:
            gr.HTML(heading(t(f"tab.{page.name}")), elem_classes="unseen", apply_default_css=False)
            tab = page.tab(service, viewer, t)
        call, filled = page.arrival(tab)
        whole.load(call, None, filled, **QUIET)
    return whole
