"""The dossier in the CV's tab: opened from a match or a file, corrected, saved, handed in. Kept in memory only."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import gradio as gr

from assistant.dossier.dossier import Dossier
from assistant.dossier.editing import History
from assistant.dossier.export import exported
from assistant.dossier.formats import SAVED
from assistant.dossier.opening import changed as sources_changed
from assistant.dossier.saving import unpacked
from assistant.web.changes import QUOTING, changed
from assistant.web.failures import phrase
from assistant.web.live import QUIET, live
from assistant.web.markup.dossier import editor, losing
from assistant.web.markup.handing import SAVE, handed
from assistant.web.markup.pictures import pictures
from assistant.web.markup.text import notice
from assistant.web.texts import LANGS, Texts
from assistant.web.uploads import read_bytes_and_erase
from corpus.document import Document

ONE_BY_ONE = {"concurrency_limit": 1, "concurrency_id": "dossier", "trigger_mode": "multiple", **QUIET}
Opens = Callable[[str, Sequence[str], Document | None], tuple[Dossier, Document]]
Reads = Callable[[str, Document | None], Document]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A dossier that would take the place of an unsaved one, until a person says which is to stay."""

    history: History
    cv: Document | None
    told: str


class DossierPanel:
    """What an advisor makes of the match above it.

    Args:
        opens: the dossier of a CV and the certifications chosen, with the CV as it was read.
        reads: the CV of a text and, where it came from a file, of what was read from it.
        documents: the source of a name; UsageError where there is none.
        cv: components of the CV's text, of what was read from a file, and of the certifications chosen.
    """

    def __init__(
        self,
        opens: Opens,
        reads: Reads,
        documents: Callable[[str], Document],
        cv: tuple[gr.components.Component, gr.State, gr.components.Component],
        t: Texts,
    ) -> None:
        self.opens, self.reads, self.documents, self.t = opens, reads, documents, t
        self.history, self.waiting = gr.State(None), gr.State(None)
        text, held, chosen = cv
        self.cv = [text, held]
        with gr.Row(elem_classes="buttons"):
            prepare = gr.Button(t("dossier.open"), scale=0, min_width=220, elem_id="dossier-open")
            reopen = gr.UploadButton(
                t("dossier.reopen"), file_types=[".json"], scale=0, min_width=310, elem_id="dossier-reopen"
            )
        self.told = live("", "replace", "keep", "erase", elem_id="dossier-told")
        with gr.Column(visible=False, elem_id="dossier") as self.panel:
            self.form = live("", "open", "edit", "cv", elem_id="dossier-form")
            self.pictures = gr.HTML("", elem_id="dossier-pictures", apply_default_css=False, render=False)
            self.buttons()
            self.pictures.render()
        self.shown = [self.history, self.waiting, self.panel, self.form, self.pictures, self.link, self.told]
        prepare.click(self.open, [text, chosen, held, self.history], self.shown, **ONE_BY_ONE)
        reopen.upload(self.reopen, [reopen, *self.cv, self.history], self.shown, **ONE_BY_ONE)
        self.told.replace(self.replaced, self.waiting, self.shown, **ONE_BY_ONE)
        self.told.keep(lambda: (None, ""), None, [self.waiting, self.told], **QUIET)
        outputs = [self.history, self.form, self.pictures, self.link, self.told]
        self.form.edit(self.edit, [self.history, *self.cv], outputs, **ONE_BY_ONE)

    def buttons(self) -> None:
        """Steps back and forth, and the formats; a file is made when its button is pressed, and saved at once."""
        t = self.t
        with gr.Row(elem_classes="buttons", elem_id="dossier-buttons"):
            undo = gr.Button(t("dossier.undo"), scale=0, min_width=120, elem_id="dossier-undo")
            redo = gr.Button(t("dossier.redo"), scale=0, min_width=120, elem_id="dossier-redo")
            named = {SAVED: t("dossier.save"), ".docx": "DOCX", ".pdf": "PDF", ".xlsx": "XLSX"}
            formats = {e: gr.Button(name, scale=0, min_width=100, elem_id=f"dossier-{e.split('.')[1]}")
                       for e, name in named.items()}  # fmt: skip
            choices = [(t(f"dossier.lang.{lang}"), lang) for lang in LANGS]
            lang = gr.Radio(
                choices, value=t.lang, label=t("dossier.lang"), scale=0, min_width=240, elem_id="dossier-lang"
            )
        self.link = gr.HTML("", elem_id="dossier-link", apply_default_css=False)
        for ending, button in formats.items():
            made = button.click(None, None, self.link, js="() => ''", **QUIET)
            made = made.then(self.maker(ending), [self.history, lang], [self.link, self.history], **ONE_BY_ONE)
            made.then(None, None, None, js=SAVE % "dossier-link", **QUIET)
        for button, step in ((undo, History.undo), (redo, History.redo)):
            outputs = [self.history, self.form, self.pictures, self.link]
            button.click(self.stepper(step), [self.history, *self.cv], outputs, **ONE_BY_ONE)

    def open(
        self, text: str, chosen: Sequence[str], held: Document | None = None, before: History | None = None
    ) -> tuple:
        """The dossier that a match proposes; one of the same CV that was open can be brought back."""
        if not (text or "").strip():
            return self.refused(notice(self.t("cv.blank")))
        try:
            dossier, cv = self.opens(text, chosen, held)
            known = before is not None and before.now.cv_digest == dossier.cv_digest
            history = before.then(dossier) if known else History(dossier)
            return self.offered(Waiting(history.saved(), cv, ""), before)
        except Exception as error:
            return self.refused(notice(phrase(error, self.t), "error"))

    def reopen(self, uploaded: str, text: str, held: Document | None = None, before: History | None = None) -> tuple:
        """The dossier of a file, which is gone when this returns."""
        try:
            dossier = unpacked(Path(uploaded).name, read_bytes_and_erase(Path(uploaded)))
            names = ", ".join(sources_changed(dossier, self.documents))
            told = notice(self.t("dossier.changed", names=names)) if names else ""
            made = Waiting(History(dossier).saved(), self.cv_of(dossier, text, held), told)
            return self.offered(made, before)
        except Exception as error:
            return self.refused(notice(phrase(error, self.t), "error"))

    def offered(self, made: Waiting, before: History | None) -> tuple:
        """A dossier shown at once, or after the consent of who would lose another."""
        if before is None or not before.unsaved:
            return self.replaced(made)
        return gr.skip(), made, *(gr.skip() for _ in range(4)), losing("replace", self.t)

    def replaced(self, made: Waiting | None) -> tuple:
        if made is None:
            return self.refused("")
        form = anew(editor(made.history.now, self.t, _telling(made.history.now), made.cv))
        return made.history, None, gr.update(visible=True), form, pictures(made.history.now, self.t), "", made.told

    @staticmethod
    def refused(told: str) -> tuple:
        """Whatever was open stays as it was."""
        return *(gr.skip() for _ in range(6)), told

    def cv_of(self, dossier: Dossier, text: str, held: Document | None) -> Document | None:
        """The CV in the page, where it is that of the dossier."""
        if not (text or "").strip():
            return None
        cv = self.reads(text, held)
        return cv if cv.digest == dossier.cv_digest else None

    def edit(self, history: History | None, text: str, held: Document | None, event: gr.EventData) -> tuple:
        """One change of the form, which shows it already; where it will not do, the form is shown as it was."""
        if history is None:
            return *(gr.skip() for _ in range(4)), notice(self.t("dossier.gone"), "error")
        sent, cv = event._data, None
        try:
            cv = self.cv_of(history.now, text, held) if sent["field"] in QUOTING else None
            history = history.then(changed(history.now, cv, sent))
            form = self.again(history, cv, sent) if cv is not None else gr.skip()
            return history, form, pictures(history.now, self.t), "", ""
        except Exception as error:
            told = notice(phrase(error, self.t), "error")
            form = self.again(history, self.cv_of(history.now, text, held), sent)
            return gr.skip(), form, gr.skip(), gr.skip(), told

    def again(self, history: History, cv: Document | None, sent: dict) -> str:
        """The form anew, unfolded where the event came from."""
        at = tuple(map(int, re.findall(r"\d{1,5}", str(sent.get("at"))[:20])[:2]))
        return anew(editor(history.now, self.t, [at], cv))

    def stepper(self, step: Callable[[History], History]) -> Callable:
        """Takes a step back or forth; the form is shown again, unfolded where something changed."""

        def go(history: History | None, text: str, held: Document | None = None) -> tuple:
            if history is None:
                return tuple(gr.skip() for _ in range(4))
            after = step(history)
            opened = _different(history.now, after.now)
            shown = anew(editor(after.now, self.t, opened, self.cv_of(after.now, text, held)))
            return after, shown, pictures(after.now, self.t), ""

        return go

    def maker(self, ending: str) -> Callable:
        """Makes a file of the dossier, as a link that holds it; one to go on with is all that could be lost."""

        def make(history: History | None, lang: str = "") -> tuple:
            try:
                if history is None:
                    return "", None
                data = exported(history.now, ending, lang if lang in LANGS else self.t.lang)
                name = self.t("dossier.file") + ending
                told = self.t("dossier.saved", name=name)
                return handed(name, data, told), history.saved() if ending == SAVED else gr.skip()
            except Exception as error:
                return notice(phrase(error, self.t), "error"), gr.skip()

        return make


def anew(form: str) -> str:
    """The form in an element of its own name: Gradio patches elements of the same name in place, and a field into which
    something was typed would keep it."""
    name = f"form-{time.monotonic_ns()}"
    return f"<{name}>{form}</{name}>"


def _telling(dossier: Dossier) -> list[tuple[int, int]]:
    """The first block of the first certification that has evidence, or its first block."""
    blocks = dossier.targets[0].blocks if dossier.targets else ()
    return [(0, next((n for n, b in enumerate(blocks) if any(c.shown for c in b.competences)), 0))]


def _different(one: Dossier, other: Dossier) -> list[tuple[int, int]]:
    """The blocks that two versions of a dossier do not share, as far as they have the same ones."""
    return [
        (t, b)
        for t, (left, right) in enumerate(zip(one.targets, other.targets, strict=False))
        for b, (x, y) in enumerate(zip(left.blocks, right.blocks, strict=False))
        if x != y
    ]
