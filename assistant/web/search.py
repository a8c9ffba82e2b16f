"""The tab where people search."""

from __future__ import annotations

from functools import cache

import gradio as gr

from assistant.web.failures import phrase
from assistant.web.live import QUIET, live
from assistant.web.markup.hits import results
from assistant.web.markup.text import notice
from assistant.web.service import Service
from assistant.web.texts import Texts
from assistant.web.viewer import Viewer
from index.contract import Filters

LEVELS = range(3, 9)


class SearchTab:
    """Words and filters on top, passages below."""

    def __init__(self, service: Service, viewer: Viewer, t: Texts) -> None:
        self.service, self.t = service, t
        with gr.Row(elem_classes="ask-row"):
            query = gr.Textbox(
                label=t("search.label"),
                placeholder=t("search.placeholder"),
                lines=1,
                max_lines=1,
                max_length=1_000,
                scale=5,
                elem_id="query",
                html_attributes=gr.InputHTMLAttributes(autocomplete="off"),
            )
            send = gr.Button(t("search.send"), variant="primary", scale=0, min_width=150, elem_id="seek")
        filters = self.filters()
        self.found = live(notice(t("search.empty")), "open", elem_id="found")
        gr.on(
            [query.submit, send.click, *(f.change for f in filters[-2:]), filters[0].change],
            self.search,
            [query, *filters],
            self.found,
            **QUIET,
        )
        viewer.opens(self.found.open)

    def filters(self) -> list[gr.components.Component]:
        """Level, ROME, NSF, certifications, in force, VAE: in the order that `search` takes them."""
        t = self.t
        levels = [(t("search.level.any"), 0), *((t("search.level.value", n=n), n) for n in LEVELS)]
        with gr.Accordion(t("search.filters"), open=False, elem_id="filters"):
            with gr.Row():
                level = gr.Dropdown(levels, value=0, label=t("search.level"), min_width=150, filterable=False)
                rome = gr.Textbox(label=t("search.rome"), placeholder="M1805", max_lines=1, min_width=120)
                nsf = gr.Textbox(label=t("search.nsf"), placeholder="326", max_lines=1, min_width=120)
            with gr.Row():
                self.certifications = gr.Dropdown(
                    [],
                    multiselect=True,
                    allow_custom_value=True,
                    label=t("search.certification"),
                    scale=3,
                    min_width=250,
                )
                with gr.Column(scale=1, min_width=200):
                    active = gr.Checkbox(label=t("search.active"))
                    vae = gr.Checkbox(label=t("search.vae"))
        return [level, rome, nsf, self.certifications, active, vae]

    def search(self, query: str, level: int, rome: str, nsf: str, chosen: list[str], active: bool, vae: bool) -> str:
        if not (query or "").strip():
            return notice(self.t("search.blank"))
        filters = Filters(
            level=level or None,
            rome=(rome or "").strip() or None,
            nsf=(nsf or "").strip() or None,
            certifications=tuple(chosen or ()),
            active=active,
            vae=vae,
            today=self.service.today(),
        )
        try:
            hits = self.service.library.search(query, filters)
            shown = self.service.referentials(h.passage.source for h in hits)
            return results(hits, shown, cache(self.service.page_of), self.service.today(), self.t)
        except Exception as error:
            return notice(phrase(error, self.t), "error")

    def choices(self) -> dict:
        """The certifications to choose from, as they are now."""
        return gr.update(choices=self.service.choices())
