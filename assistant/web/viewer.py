"""The source beside the page."""

from __future__ import annotations

import time
from collections.abc import Sequence

import gradio as gr

from assistant.web.failures import phrase
from assistant.web.live import QUIET, live
from assistant.web.markup.source import CONTEXT, panel
from assistant.web.markup.text import notice, unpacked
from assistant.web.service import Service
from assistant.web.texts import Texts
from corpus.document import Document, Quote
from corpus.errors import AcquisError
from corpus.reading import PageImage, page_image


class Viewer:
    """A panel that any component of the page can open a source in."""

    def __init__(self, service: Service, t: Texts) -> None:
        self.service, self.t = service, t
        with gr.Column(scale=2, min_width=300, elem_id="beside"):
            self.panel = live("", "close", "more", elem_id="viewer")
        self.panel.close(None, None, self.panel, js="() => ''", api_visibility="private")
        self.opens(self.panel.more)

    def opens(self, *events: object) -> None:
        """Let events that carry a source, quotes and perhaps a width of context open the panel."""
        for event in events:
            event(self.show, None, self.panel, **QUIET)

    def show(self, event: gr.EventData) -> str:
        data = event._data
        try:
            document = self.service.library.document(str(data["source"]))
            quotes = unpacked(data.get("quotes", "[]"))
            around = min(int(data.get("around", CONTEXT)), len(document.lines))
            page = turned(document, quotes, int(data.get("page", 0)))
            image = self.image(document, quotes, page)
            n, of = (int(data.get(name, 0)) for name in ("n", "of"))
            one_of = (n, of) if 1 <= n <= of and of > 1 else None
            return panel(document, quotes, image, around, str(time.monotonic_ns()), self.t, one_of, page=page)
        except AcquisError:
            return notice(self.t("viewer.gone"), "error")
        except Exception as error:
            return notice(phrase(error, self.t), "error")

    def image(self, document: Document, quotes: Sequence[Quote], page: int | None) -> PageImage | None:
        """A page with what it has of the quotes marked, for a PDF whose file was kept and can be drawn."""
        data = self.service.library.original(document.name) if document.medium == "pdf" and page is not None else None
        if data is None:
            return None
        (on,) = (p for p in document.pages if p.number == page)
        marked = " ".join(q.text for q in quotes if q.first <= on.last and q.last >= on.first)
        try:
            return page_image(data, page, marked)
        except AcquisError:
            return None  # the text is shown in its place


def turned(document: Document, quotes: Sequence[Quote], wanted: int) -> int | None:
    """The page to show: the one that is wanted, else that of the first quote, else the first; None without pages."""
    held = [p.number for p in document.pages]
    if wanted in held:
        return wanted
    return document.page_of(quotes[0].first) if quotes else next(iter(held), None)
