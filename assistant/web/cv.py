"""The tab where a CV meets blocks of competences. Nothing of the CV outlives the visit; nothing of it is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import gradio as gr

from assistant.dossier.dossier import Dossier
from assistant.dossier.opening import opened
from assistant.matching.evidence import BlockMatch
from assistant.web.dossier import DossierPanel
from assistant.web.failures import phrase
from assistant.web.live import QUIET, live
from assistant.web.markup.match import matches
from assistant.web.markup.text import notice
from assistant.web.service import Service
from assistant.web.texts import Texts
from assistant.web.uploads import read_bytes_and_erase
from assistant.web.viewer import Viewer
from corpus.document import Document
from corpus.errors import TooLarge
from corpus.reading import read_bytes

KINDS = [".pdf", ".docx", ".odt", ".txt"]
LONGEST = 200_000  # characters of a pasted CV


def read_and_erase(uploaded: str) -> Document:
    """The CV in a file that is gone when this returns, or raises."""
    path = Path(uploaded)
    return read_bytes(path.name, read_bytes_and_erase(path))


def typed(text: str) -> Document:
    """The CV of a text as it was pasted, or corrected."""
    return read_bytes("cv.txt", text[:LONGEST].encode())


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
        self.panel = DossierPanel(self.dossier, typed, service.library.document, asked, t)
        clear.click(self.cleared, None, [file, text, self.result, *self.panel.shown], **QUIET)
        viewer.opens(self.result.open, self.panel.form.open)

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

    def cleared(self) -> tuple:
        """Everything as it was before there was a CV."""
        return None, "", notice(self.t("cv.empty")), None, gr.update(visible=False), "", "", "", ""

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
            yield matches(blocks, self.service.referentials(b.source for b in blocks), self.service.today(), self.t)
        except Exception as error:
            yield notice(phrase(error, self.t), "error")

    def matched(self, text: str, chosen: list[str]) -> tuple[Document, tuple[BlockMatch, ...]]:
        cv = typed(text)
        return cv, self.service.assistant.match(cv, tuple(chosen or ()))

    def dossier(self, text: str, chosen: list[str]) -> tuple[Dossier, Document]:
        """What the match proposes, and the CV."""
        cv, blocks = self.matched(text, chosen)
        library = self.service.library
        today = self.service.today()
        shown = self.service.referentials(b.source for b in blocks)
        return opened(blocks, cv, shown, library.document, today, bool(chosen)), cv

    def choices(self) -> dict:
        """The certifications to choose from, as they are now."""
        return gr.update(choices=self.service.choices())
