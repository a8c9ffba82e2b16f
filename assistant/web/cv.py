"""The tab where a CV meets blocks of competences. Nothing of the CV outlives the visit; nothing of it is written."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import gradio as gr

from assistant.dossier.dossier import Dossier
from assistant.dossier.editing import History
from assistant.dossier.opening import opened
from assistant.web.dossier import DossierPanel
from assistant.web.failures import phrase
from assistant.web.live import QUIET, live
from assistant.web.markup.dossier import losing
from assistant.web.markup.match import matches
from assistant.web.markup.proposals import proposed
from assistant.web.markup.source import panel
from assistant.web.markup.text import notice, unpacked
from assistant.web.markup.unseen import read_so, warnings
from assistant.web.service import Service
from assistant.web.texts import Texts
from assistant.web.uploads import read_bytes_and_erase
from assistant.web.viewer import Viewer
from corpus.document import Document
from corpus.errors import TooLarge
from corpus.reading import read_bytes

KINDS = [".pdf", ".docx", ".odt", ".txt"]
LONGEST = 200_000  # characters of a pasted CV
WITHIN = 3  # certifications in a dossier where none was chosen


def typed(text: str, held: Document | None = None) -> Document:
    """The CV of a text: what was read from a file where it still says that, with its pages; else as it was typed.

    Args:
        held: what was read from a file. Where words were corrected but no line came or went, its pages stay.
    """
    text = text[:LONGEST].replace("\r\n", "\n")
    if held is not None and text == "\n".join(held.lines):
        return held
    cv = read_bytes("cv.txt", text.encode())
    if held is None or len(cv.lines) != len(held.lines):
        return cv
    return replace(held, lines=cv.lines, digest=cv.digest)


class CvTab:
    """A CV on top, blocks with proofs below."""

    def __init__(self, service: Service, viewer: Viewer, t: Texts) -> None:
        self.service, self.t = service, t
        gr.HTML(notice(t("cv.notice"), "privacy"), apply_default_css=False)
        self.held = gr.State(None)
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
        self.result = live(notice(t("cv.empty")), "open", "cv", "choose", elem_id="matched")
        asked = [text, self.certifications, self.held]
        file.upload(self.read, file, [file, text, self.held, self.result], **QUIET)
        send.click(self.match, asked, self.result, concurrency_limit=2, **QUIET)
        chosen = self.result.choose(self.choose, None, self.certifications, **QUIET)
        chosen.then(self.match, asked, self.result, concurrency_limit=2, **QUIET)
        self.panel = DossierPanel(
            self.dossier, typed, service.library.document, (text, self.held, self.certifications), t
        )
        everything = [file, text, self.held, self.result, *self.panel.shown]
        clear.click(self.cleared, self.panel.history, everything, **QUIET)
        self.panel.told.erase(self.erased, None, everything, **QUIET)
        viewer.opens(self.result.open, self.panel.form.open)
        for event in (self.result.cv, self.panel.form.cv):
            event(self.shown, [text, self.held], viewer.panel, **QUIET)

    def entry(self) -> tuple[gr.File, gr.Textbox]:
        t = self.t
        with gr.Column(scale=2, min_width=240):
            file = gr.File(label=t("cv.file"), file_types=KINDS, height=150, elem_id="cv-file")
            gr.HTML(f'<p class="quiet">{t("cv.file.privacy")}</p>', apply_default_css=False)
        text = gr.Textbox(
            label=t("cv.text"),
            placeholder=t("cv.text.placeholder"),
            lines=8,
            max_lines=12,
            max_length=LONGEST,
            autoscroll=False,
            scale=3,
            min_width=280,
            elem_id="cv-text",
            html_attributes=gr.InputHTMLAttributes(autocomplete="off", spellcheck=False),
        )
        return file, text

    def cleared(self, history: History | None = None) -> tuple:
        """Everything as it was before there was a CV; asked about first where unsaved work would go with it."""
        if history is None or not history.unsaved:
            return self.erased()
        return *(gr.skip() for _ in range(10)), losing("erase", self.t)

    def erased(self) -> tuple:
        return None, "", None, notice(self.t("cv.empty")), None, None, gr.update(visible=False), "", "", "", ""

    def read(self, uploaded: str) -> Iterator[tuple]:
        """The file's text for its owner to read over; the file itself is erased before anything else."""
        try:
            path = Path(uploaded)
            data = read_bytes_and_erase(path)
            yield None, gr.skip(), gr.skip(), self.working(self.t("cv.reading"))
            document = read_bytes(path.name, data)
            self.bounded(document)
            yield None, "\n".join(document.lines), document, read_so(document, self.t)
        except Exception as error:
            yield None, gr.skip(), gr.skip(), notice(phrase(error, self.t), "error")

    def bounded(self, document: Document) -> None:
        size = sum(map(len, document.lines))
        if size > LONGEST:
            raise TooLarge(
                f"CV of {size} characters, expected at most {LONGEST}",
                "Ce fichier est trop long pour un CV. Gardez-en les pages utiles, ou collez le texte.",
                "This file is too long for a CV. Keep the pages that matter, or paste the text.",
            )

    @staticmethod
    def working(told: str) -> str:
        return f'<p class="working" role="status">{told}</p>'

    def match(self, text: str, chosen: Sequence[str], held: Document | None = None) -> Iterator[str]:
        """The blocks of what was chosen, or the certifications that the CV speaks for."""
        if not (text or "").strip():
            yield notice(self.t("cv.blank"))
            return
        yield self.working(self.t("cv.comparing"))
        try:
            cv, today = typed(text, held), self.service.today()
            if not chosen:
                yield warnings(cv, self.t) + proposed(self.service.assistant.propose(cv), cv, today, self.t)
                return
            blocks = self.service.assistant.match(cv, tuple(chosen))
            known = self.service.referentials(b.source for b in blocks)
            yield warnings(cv, self.t) + matches(blocks, known, cv, today, self.t)
        except Exception as error:
            yield notice(phrase(error, self.t), "error")

    def dossier(self, text: str, chosen: Sequence[str], held: Document | None) -> tuple[Dossier, Document]:
        """What the match proposes, and the CV."""
        cv = typed(text, held)
        if chosen:
            blocks = self.service.assistant.match(cv, tuple(chosen))
            known = self.service.referentials(b.source for b in blocks)
        else:
            found = self.service.assistant.propose(cv, WITHIN)
            blocks, known = tuple(b for p in found for b in p.blocks), tuple(p.referential for p in found)
        documents = self.service.library.document
        return opened(blocks, cv, known, documents, self.service.today(), bool(chosen)), cv

    @staticmethod
    def choose(event: gr.EventData) -> list[str]:
        """A certification that was proposed becomes the one to compare with."""
        return [str(event._data.get("certification", ""))[:100]]

    def shown(self, text: str, held: Document | None, event: gr.EventData) -> str:
        """The CV beside the page, at a line; all of it, since it is no source that more could be fetched from."""
        try:
            cv, quotes = typed(text or "", held), unpacked(event._data.get("quotes", "[]"))
            return panel(cv, quotes, None, len(cv.lines), str(time.monotonic_ns()), self.t, lang="")
        except Exception as error:
            return notice(phrase(error, self.t), "error")

    def choices(self) -> dict:
        """The certifications to choose from, as they are now."""
        return gr.update(choices=self.service.choices())
