"""The tab where a CV meets blocks of competences. Nothing of the CV outlives the answer."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import gradio as gr

from assistant.matching.evidence import BlockMatch
from assistant.matching.report import write_report
from assistant.web import UPLOADS
from assistant.web.failures import phrase
from assistant.web.live import QUIET, live
from assistant.web.markup.match import download, matches
from assistant.web.markup.text import notice
from assistant.web.service import Service
from assistant.web.texts import Texts
from assistant.web.viewer import Viewer
from corpus.document import Document
from corpus.errors import TooLarge
from corpus.reading import read_bytes

KINDS = [".pdf", ".docx", ".odt", ".txt"]
LONGEST = 200_000  # characters of a pasted CV


def erase(uploaded: Path) -> None:
    """Delete an uploaded file with the folder that was made for it; refuses what lies elsewhere."""
    folder = uploaded.resolve().parent
    if Path(UPLOADS.name).resolve() in folder.parents:
        shutil.rmtree(folder, ignore_errors=True)


def read_and_erase(uploaded: str) -> Document:
    """The CV in a file that is gone when this returns, or raises."""
    path = Path(uploaded)
    try:
        data = path.read_bytes()
    finally:
        erase(path)
    return read_bytes(path.name, data)


class CvTab:
    """A CV on top, blocks with proofs below."""

    def __init__(self, service: Service, viewer: Viewer, t: Texts) -> None:
        self.service, self.t = service, t
        gr.HTML(notice(t("cv.notice"), "privacy"), apply_default_css=False)
        with gr.Row(elem_classes="cv-row"):
            file, text = self.entry()
        self.certifications = gr.Dropdown(
            [],
            multiselect=True,
            allow_custom_value=True,
            label=t("cv.certifications"),
            info=t("cv.certifications.info"),
            elem_id="cv-certifications",
        )
        with gr.Row(elem_classes="buttons"):
            send = gr.Button(t("cv.send"), variant="primary", scale=0, min_width=160, elem_id="match")
            clear = gr.Button(t("cv.clear"), scale=0, min_width=160, elem_id="cv-clear")
        self.result = live(notice(t("cv.empty")), "open", elem_id="matched")
        asked = [text, self.certifications]
        file.upload(self.read, file, [file, text, self.result], **QUIET)
        send.click(self.match, asked, self.result, concurrency_limit=2, **QUIET)
        clear.click(lambda: (None, "", notice(t("cv.empty"))), None, [file, text, self.result], **QUIET)
        viewer.opens(self.result.open)
        self.reporting(asked)

    def entry(self) -> tuple[gr.File, gr.Textbox]:
        t = self.t
        file = gr.File(label=t("cv.file"), file_types=KINDS, height=150, scale=2, min_width=240, elem_id="cv-file")
        text = gr.Textbox(
            label=t("cv.text"),
            placeholder=t("cv.text.placeholder"),
            lines=6,
            max_lines=12,
            max_length=LONGEST,
            autoscroll=False,
            scale=3,
            min_width=280,
            elem_id="cv-text",
            html_attributes=gr.InputHTMLAttributes(autocomplete="off", spellcheck=False),
        )
        return file, text

    def reporting(self, asked: list[gr.components.Component]) -> None:
        """The button of the report; what it made goes as soon as the question changes."""
        with gr.Row(elem_classes="buttons", elem_id="reporting"):
            prepare = gr.Button(self.t("cv.report"), scale=0, min_width=220, elem_id="report")
            link = gr.HTML("", elem_id="report-link", apply_default_css=False)
        prepare.click(self.link, asked, link, concurrency_limit=2, **QUIET)
        gr.on([part.change for part in asked], None, None, link, js="() => ''", **QUIET)

    def read(self, uploaded: str) -> tuple:
        """The file's text for its owner to read over; the file itself is erased first."""
        try:
            document = read_and_erase(uploaded)
            self.bounded(document)
            lines = self.t.count("cv.lines", len(document.lines))
            told = notice(self.t("cv.read", name=document.name, lines=lines), "done")
            return None, "\n".join(document.lines), told
        except Exception as error:
            return None, gr.skip(), notice(phrase(error, self.t), "error")

    def bounded(self, document: Document) -> None:
        size = sum(map(len, document.lines))
        if size > LONGEST:
            raise TooLarge(
                f"CV of {size} characters, expected at most {LONGEST}",
                "Ce fichier est trop long pour un CV. Gardez-en les pages utiles, ou collez le texte.",
                "This file is too long for a CV. Keep the pages that matter, or paste the text.",
            )

    def match(self, text: str, chosen: list[str]) -> Iterator[str]:
        if not (text or "").strip():
            yield notice(self.t("cv.blank"))
            return
        yield f'<p class="working" role="status">{self.t("question.working")}</p>'
        try:
            _, blocks = self.matched(text, chosen)
            yield matches(blocks, self.service.referentials, self.service.today(), self.t)
        except Exception as error:
            yield notice(phrase(error, self.t), "error")

    def matched(self, text: str, chosen: list[str]) -> tuple[Document, tuple[BlockMatch, ...]]:
        cv = read_bytes("cv.txt", text[:LONGEST].encode())
        return cv, self.service.assistant.match(cv, tuple(chosen or ()))

    def link(self, text: str, chosen: list[str]) -> str:
        """The advisor's report as a link that holds it: no file of it stays on the server."""
        try:
            cv, blocks = self.matched(text, chosen)
            with tempfile.TemporaryDirectory(dir=UPLOADS.name) as folder:
                path = Path(folder) / "report.docx"
                write_report(blocks, path, self.service.today(), cv)
                return download(path.read_bytes(), self.t)
        except Exception as error:
            return notice(phrase(error, self.t), "error")

    def choices(self) -> dict:
        """The certifications to choose from, as they are now."""
        return gr.update(choices=self.service.choices())
