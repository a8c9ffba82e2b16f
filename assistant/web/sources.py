"""The tab where people see, add and remove sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import gradio as gr

from assistant.web.failures import phrase
from assistant.web.live import QUIET, live
from assistant.web.markup.sources import listing, progress, report
from assistant.web.markup.text import notice
from assistant.web.opinions import OpinionsPanel
from assistant.web.service import Service
from assistant.web.texts import Texts
from assistant.web.uploads import erase
from assistant.web.viewer import Viewer

KINDS = [".pdf", ".docx", ".odt", ".html", ".htm", ".xml", ".txt"]


class SourcesTab:
    """Adding on top, the list below."""

    def __init__(self, service: Service, viewer: Viewer, t: Texts) -> None:
        self.service, self.t = service, t
        file = gr.File(
            label=t("sources.add"), file_types=KINDS, file_count="multiple", height=150, elem_id="source-files"
        )
        self.told = gr.HTML("", elem_id="adding", apply_default_css=False)
        self.opinions = OpinionsPanel(service, t)
        self.wanted = gr.Textbox(
            label=t("sources.filter"), placeholder=t("sources.filter.placeholder"), max_lines=1, elem_id="wanted"
        )
        self.table = live("", "open", "remove", elem_id="sources")
        file.upload(self.add, file, [file, self.told, self.table], concurrency_limit=1, **QUIET)
        self.table.remove(self.remove, self.wanted, [self.told, self.table], concurrency_limit=1, **QUIET)
        self.wanted.change(self.list, self.wanted, self.table, **QUIET)
        self.arriving = [self.table, self.opinions.counted]
        viewer.opens(self.table.open)

    def arrive(self) -> tuple[str, str]:
        return self.list(), self.opinions.count()

    def list(self, wanted: str = "") -> str:
        return listing(self.service.cards, wanted, self.service.today(), self.t)

    def add(self, uploaded: Sequence[str]) -> Iterator[tuple]:
        paths = [Path(name) for name in uploaded]
        try:
            for step in self.service.library.add(paths):
                if step.report is None:
                    yield None, progress(step.done, step.total, step.name, self.t), gr.skip()
                    continue
                failed = [(name, phrase(error, self.t)) for name, error in step.report.failed]
                told = report(step.report.added, step.report.unchanged, failed, self.t)
                yield None, told, self.list()
        except Exception as error:
            yield None, notice(phrase(error, self.t), "error"), self.list()
        finally:
            for path in paths:
                erase(path)

    def remove(self, wanted: str, event: gr.EventData) -> tuple[str, str]:
        name = str(event._data.get("source", ""))
        try:
            self.service.library.remove([name])
            return notice(self.t("sources.removed", name=name), "done"), self.list(wanted)
        except Exception as error:
            return notice(phrase(error, self.t), "error"), self.list(wanted)
