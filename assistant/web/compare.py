"""The page where two certifications are compared."""

from __future__ import annotations

import gradio as gr

from assistant.api.operations import Operations
from assistant.comparison.suggesting import suggested
from assistant.comparison.table import csv, xlsx
from assistant.web.failures import phrase
from assistant.web.link import shown, written
from assistant.web.live import QUIET, live
from assistant.web.markup.compare import comparison, suggestions
from assistant.web.markup.text import notice
from assistant.web.service import Service
from assistant.web.texts import Texts
from assistant.web.viewer import Viewer

BEFORE, AFTER = "a", "b"  # in the address


class CompareTab:
    """Two pickers, below them the comparison; which two stands in the address."""

    def __init__(self, service: Service, viewer: Viewer, t: Texts) -> None:
        self.service, self.t = service, t
        self.meant: list[gr.HTML] = []
        with gr.Row(elem_classes="pickers"):
            self.before = self.picker("before")
            self.after = self.picker("after")
            send = gr.Button(t("compare.send"), variant="primary", scale=0, min_width=150, elem_id="contrast")
        self.found = live(notice(t("compare.empty")), "open", elem_id="compared")
        viewer.opens(self.found.open)
        made = gr.on(
            [self.before.submit, self.after.submit, send.click],
            self.compare,
            [self.before, self.after],
            self.found,
            **QUIET,
        )
        made.then(None, [self.before, self.after], None, js=written(BEFORE, AFTER), api_visibility="private")
        made.then(None, None, self.meant, js="() => ['', '']", api_visibility="private")  # nothing more to pick

    def picker(self, side: str) -> gr.Textbox:
        """A box for a code or words of a title, and below it what they may mean."""
        with gr.Column(min_width=260):
            box = gr.Textbox(
                label=self.t(f"compare.{side}"),
                placeholder=self.t(f"compare.{side}.placeholder"),
                max_lines=1,
                max_length=300,
                elem_id=f"compare-{side}",
                html_attributes=gr.InputHTMLAttributes(autocomplete="off"),
            )
            meant = live("", "pick", elem_id=f"compare-{side}-meant")
        self.meant.append(meant)
        box.input(self.suggest, box, meant, trigger_mode="always_last", **QUIET)
        meant.pick(self.pick, None, [box, meant], **QUIET)
        return box

    def suggest(self, begun: str) -> str:
        today = self.service.today()
        return suggestions(suggested(self.service.cards, begun or "", today), today, self.t)

    def pick(self, event: gr.EventData) -> tuple[str, str]:
        return str(event._data.get("name", "")), ""

    def arrive(self, request: gr.Request) -> tuple[str | dict, str | dict, str]:
        """What the address asks for: both boxes, and the comparison where there is a first certification.

        Boxes of which the address says nothing are left alone: somebody may be typing already.
        """
        asked = shown(request)
        before, after = (asked.get(name, [""])[0] for name in (BEFORE, AFTER))
        found = self.compare(before, after) if before else notice(self.t("compare.empty"))
        return before or gr.skip(), after or gr.skip(), found

    def compare(self, before: str, after: str) -> str:
        if not (before or "").strip():
            return notice(self.t("compare.blank"))
        try:
            operations = Operations(self.service.assistant, self.service.today)
            found = operations.comparison(before, after or None)
            shape = operations.shaped(found).model_dump_json(indent=1).encode()
            files = {"csv": csv(found, self.t.lang), "xlsx": xlsx(found, self.t.lang), "json": shape}
            return comparison(found, files, self.service.today(), self.t)
        except Exception as error:
            return notice(phrase(error, self.t), "error")
