"""Where staff see how many opinions readers gave, and take them away."""

from __future__ import annotations

import gradio as gr

from assistant.feedback.export import exported
from assistant.feedback.opinions import Opinions
from assistant.web.failures import phrase
from assistant.web.live import QUIET, live
from assistant.web.markup.handing import SAVE, handed
from assistant.web.markup.opinions import gathered
from assistant.web.markup.text import notice
from assistant.web.service import Service
from assistant.web.texts import Texts


class OpinionsPanel:
    """How many there are and how long they are kept; a file of them. Nothing where none are kept.

    Attributes:
        counted: to be filled with `count()` when the page is opened.
    """

    def __init__(self, service: Service, t: Texts) -> None:
        self.service, self.t = service, t
        self.counted = live("", "export", elem_id="opinions", visible=service.opinions is not None)
        link = gr.HTML("", elem_id="opinions-link", apply_default_css=False)
        taken = self.counted.export(self.export, None, link, **QUIET)
        taken.then(None, None, None, js=SAVE % "opinions-link", **QUIET)

    @property
    def opinions(self) -> Opinions:
        assert self.service.opinions is not None, "the panel is hidden where no opinions are kept"
        return self.service.opinions

    def count(self) -> str:
        if self.service.opinions is None:
            return ""
        try:
            return gathered(self.opinions.all(), self.opinions.keep_hours, self.t)
        except Exception as error:
            return notice(phrase(error, self.t), "error")

    def export(self, event: gr.EventData) -> str:
        """A link that holds those of now as a file."""
        ending, today = str(event._data.get("ending", "")), self.service.today()
        try:
            data = exported(self.opinions.all(), ending)
            name = f"{self.t('opinion.file')}-{today:%Y-%m-%d}{ending}"
            return handed(name, data, self.t("search.taken", name=name))
        except Exception as error:
            return notice(phrase(error, self.t), "error")
