"""The dossier in the CV's tab: opened from a match or a file, corrected, saved, handed in. Kept in memory only."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import gradio as gr

from assistant.dossier import editing as edit
from assistant.dossier.dossier import Dossier, Place
from assistant.dossier.editing import History
from assistant.dossier.export import exported
from assistant.dossier.formats import SAVED
from assistant.dossier.opening import changed
from assistant.dossier.saving import unpacked
from assistant.matching.evidence import State
from assistant.web.failures import phrase
from assistant.web.live import QUIET, live
from assistant.web.markup.dossier import editor, link, unpacked_block, unpacked_job, unpacked_place
from assistant.web.markup.pictures import pictures
from assistant.web.markup.text import notice
from assistant.web.texts import Texts
from assistant.web.uploads import read_bytes_and_erase
from corpus.document import Document
from corpus.errors import UsageError

ONE_BY_ONE = {"concurrency_limit": 1, "concurrency_id": "dossier", "trigger_mode": "multiple", **QUIET}
SAVE = """() => {
  let left = 60;
  const save = () => {
    const link = document.querySelector("#dossier-link a");
    if (link) link.click();
    else if (left--) setTimeout(save, 50);
  };
  save();
}"""
Opens = Callable[[str, Sequence[str]], tuple[Dossier, Document]]
Reads = Callable[[str], Document]


class DossierPanel:
    """What an advisor makes of the match above it.

    Args:
        opens: the dossier of a CV's text and the certifications chosen, with the CV as it was read.
        reads: the CV of a text.
        documents: the source of a name; UsageError where there is none.
        asked: the CV's text and the certifications chosen.
    """

    def __init__(
        self, opens: Opens, reads: Reads, documents: Reads, asked: list[gr.components.Component], t: Texts
    ) -> None:
        self.opens, self.reads, self.documents, self.t = opens, reads, documents, t
        self.history = gr.State(None)
        self.text = asked[0]
        with gr.Row(elem_classes="buttons"):
            prepare = gr.Button(t("dossier.open"), scale=0, min_width=220, elem_id="dossier-open")
            reopen = gr.UploadButton(
                t("dossier.reopen"), file_types=[".json"], scale=0, min_width=310, elem_id="dossier-reopen"
            )
        self.told = gr.HTML("", elem_id="dossier-told", apply_default_css=False)
        with gr.Column(visible=False, elem_id="dossier") as self.panel:
            self.form = live("", "open", "edit", elem_id="dossier-form")
            self.pictures = gr.HTML("", elem_id="dossier-pictures", apply_default_css=False, render=False)
            self.buttons()
            self.pictures.render()
        self.shown = [self.history, self.panel, self.form, self.pictures, self.link, self.told]
        prepare.click(self.open, [*asked, self.history], self.shown, **ONE_BY_ONE)
        reopen.upload(self.reopen, [reopen, self.text], self.shown, **ONE_BY_ONE)
        changed = [self.history, self.form, self.pictures, self.link, self.told]
        self.form.edit(self.edit, [self.history, self.text], changed, **ONE_BY_ONE)

    def buttons(self) -> None:
        """Steps back and forth, and the formats; a file is made when its button is pressed, and saved at once."""
        t = self.t
        with gr.Row(elem_classes="buttons", elem_id="dossier-buttons"):
            undo = gr.Button(t("dossier.undo"), scale=0, min_width=120, elem_id="dossier-undo")
            redo = gr.Button(t("dossier.redo"), scale=0, min_width=120, elem_id="dossier-redo")
            named = {SAVED: t("dossier.save"), ".docx": "DOCX", ".pdf": "PDF", ".xlsx": "XLSX"}
            formats = {e: gr.Button(name, scale=0, min_width=100, elem_id=f"dossier-{e.split('.')[1]}")
                       for e, name in named.items()}  # fmt: skip
        self.link = gr.HTML("", elem_id="dossier-link", apply_default_css=False)
        for ending, button in formats.items():
            made = button.click(None, None, self.link, js="() => ''", **QUIET)
            made = made.then(self.maker(ending), self.history, self.link, **ONE_BY_ONE)
            made.then(None, None, None, js=SAVE, **QUIET)
        for button, step in ((undo, History.undo), (redo, History.redo)):
            outputs = [self.history, self.form, self.pictures, self.link]
            button.click(self.stepper(step), [self.history, self.text], outputs, **ONE_BY_ONE)

    def open(self, text: str, chosen: Sequence[str], before: History | None = None) -> tuple:
        """The dossier that a match proposes; one of the same CV that was open can be brought back."""
        if not (text or "").strip():
            return self.refused(notice(self.t("cv.blank")))
        try:
            dossier, cv = self.opens(text, chosen)
            known = before is not None and before.now.cv_digest == dossier.cv_digest
            return self.presented(before.then(dossier) if known else History(dossier), cv.lines)
        except Exception as error:
            return self.refused(notice(phrase(error, self.t), "error"))

    def reopen(self, uploaded: str, text: str) -> tuple:
        """The dossier of a file, which is gone when this returns."""
        try:
            dossier = unpacked(Path(uploaded).name, read_bytes_and_erase(Path(uploaded)))
            *shown, _ = self.presented(History(dossier), self.lines_of(dossier, text))
            names = ", ".join(changed(dossier, self.documents))
            return *shown, notice(self.t("dossier.changed", names=names)) if names else ""
        except Exception as error:
            return self.refused(notice(phrase(error, self.t), "error"))

    def presented(self, history: History, lines: tuple[str, ...]) -> tuple:
        shown = anew(editor(history.now, self.t, _telling(history.now), lines))
        return history, gr.update(visible=True), shown, pictures(history.now, self.t), "", ""

    @staticmethod
    def refused(told: str) -> tuple:
        """Whatever was open stays as it was."""
        return *(gr.skip() for _ in range(5)), told

    def lines_of(self, dossier: Dossier, text: str) -> tuple[str, ...]:
        """The lines of the CV, where the text in the page is that of the dossier's CV."""
        if not (text or "").strip():
            return ()
        cv = self.reads(text)
        return cv.lines if cv.digest == dossier.cv_digest else ()

    def edit(self, history: History | None, text: str, event: gr.EventData) -> tuple:
        """One change of the form, which shows it already; where it will not do, the form is shown as it was."""
        if history is None:
            return *(gr.skip() for _ in range(4)), notice(self.t("dossier.gone"), "error")
        try:
            history = history.then(self.changed(history.now, text, event._data))
            quoted = event._data["field"] == "lines"  # other lines, other quotes
            form = self.again(history, text, event) if quoted else gr.skip()
            return history, form, pictures(history.now, self.t), "", ""
        except Exception as error:
            told = notice(phrase(error, self.t), "error")
            return gr.skip(), self.again(history, text, event), gr.skip(), gr.skip(), told

    def again(self, history: History, text: str, event: gr.EventData) -> str:
        """The form anew, unfolded where the event came from."""
        at = tuple(map(int, re.findall(r"\d{1,5}", str(event._data.get("at"))[:20])[:2]))
        return anew(editor(history.now, self.t, [at], self.lines_of(history.now, text)))

    def changed(self, dossier: Dossier, text: str, sent: dict) -> Dossier:
        """The dossier after a change that a browser sent; ValueError or KeyError for what no form sends."""
        field, at, value = str(sent["field"]), str(sent["at"]), str(sent["value"])
        if field == "candidate":
            return edit.with_candidate(dossier, value)
        if field == "used":
            return edit.with_job(dossier, unpacked_job(at, dossier), value == "true")
        if field == "aimed":
            return edit.with_aim(dossier, *unpacked_block(at, dossier), value == "true")
        if field == "text":
            return edit.with_text(dossier, *unpacked_block(at, dossier), value)
        return self.competence_changed(dossier, field, unpacked_place(at, dossier), value, text)

    def competence_changed(self, dossier: Dossier, field: str, at: Place, value: str, text: str) -> Dossier:
        if field == "state":
            return edit.with_state(dossier, at, State(value))
        if field == "lines":
            return edit.with_lines(dossier, at, self.picked(dossier, at, value, text))
        return {"comment": edit.with_comment, "answer": edit.with_answer}[field](dossier, at, value)

    def picked(self, dossier: Dossier, at: Place, value: str, text: str) -> tuple:
        """The lines whose numbers were typed: those in evidence as they are quoted, others from the CV."""
        cv = self.reads(text)
        if cv.digest != dossier.cv_digest:
            told = "The text of the CV is no longer that of the dossier."
            raise UsageError(told, "Le texte du CV n’est plus celui du dossier : ouvrez-le à nouveau.", told)
        numbers = [n.strip() for n in value.replace(";", ",").split(",") if n.strip()]
        if not all(n.isascii() and n.isdigit() and len(n) < 7 for n in numbers):
            told = "Line numbers are needed, separated by commas: 4, 7."
            raise UsageError(told, "Écrivez des numéros de ligne séparés par des virgules : 4, 7.", told)
        known = [p.line for p in dossier[at].proofs]
        wanted = dict.fromkeys(map(int, numbers))
        found = [[x for x in known if x.number == n] or [edit.line_of(cv, n)] for n in wanted]
        return tuple(line for lines in found for line in lines)

    def stepper(self, step: Callable[[History], History]) -> Callable:
        """Takes a step back or forth; the form is shown again, unfolded where something changed."""

        def go(history: History | None, text: str) -> tuple:
            if history is None:
                return tuple(gr.skip() for _ in range(4))
            after = step(history)
            opened = _different(history.now, after.now)
            shown = anew(editor(after.now, self.t, opened, self.lines_of(after.now, text)))
            return after, shown, pictures(after.now, self.t), ""

        return go

    def maker(self, ending: str) -> Callable[[History | None], str]:
        """Makes a file of the dossier, as a link that holds it."""

        def make(history: History | None) -> str:
            try:
                return link(exported(history.now, ending, self.t.lang), ending, self.t) if history else ""
            except Exception as error:
                return notice(phrase(error, self.t), "error")

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
