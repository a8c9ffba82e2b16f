"""The tab where people ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle

import gradio as gr

from assistant.answer import Turn
from assistant.web.failures import phrase
from assistant.web.live import QUIET, live
from assistant.web.markup.answer import Exchange, conversation, holdings, welcome
from assistant.web.service import Service
from assistant.web.texts import Texts
from assistant.web.viewer import Viewer
from index.cards import Card

KEPT = 30  # exchanges of one conversation
LONGEST = 2_000  # characters of one question
EXAMPLES = ("blocks", "assessment", "level", "vae")


class QuestionTab:
    """A conversation with citations."""

    def __init__(self, service: Service, viewer: Viewer, t: Texts) -> None:
        self.service, self.t = service, t
        exchanges = gr.State([], time_to_live=4 * 3600)
        begun, held = self.empty()
        self.talk = live(begun, "open", "suggest", elem_id="talk")
        with gr.Row(elem_id="asking"):
            box = gr.Textbox(
                label=t("question.label"),
                placeholder=t("question.placeholder"),
                lines=1,
                max_lines=5,
                max_length=LONGEST,
                scale=5,
                elem_id="question",
                html_attributes=gr.InputHTMLAttributes(autocomplete="off"),
            )
            send = gr.Button(t("question.send"), variant="primary", scale=0, min_width=130, elem_id="ask")
            stop = gr.Button(t("question.stop"), scale=0, min_width=130, elem_id="stop")
            new = gr.Button(t("question.new"), scale=0, min_width=230, elem_id="new")
        self.held = gr.HTML(held, elem_id="held", apply_default_css=False)
        outputs = [self.talk, exchanges, box]
        asked = gr.on([box.submit, send.click], self.ask, [box, exchanges], outputs, **QUIET)
        followed = self.talk.suggest(self.follow, exchanges, outputs, **QUIET)
        stop.click(self.stop, exchanges, outputs[:2], cancels=[asked, followed], **QUIET)
        new.click(self.begin, None, outputs, **QUIET)
        viewer.opens(self.talk.open)

    def ask(self, question: str, exchanges: Sequence[Exchange]) -> Iterator[tuple]:
        """The conversation as it grows; the box is emptied as soon as the question is taken."""
        asked, kept = (question or "").strip()[:LONGEST], list(exchanges[-KEPT:])
        if not asked:
            gr.Info(self.t("question.blank"))
            yield gr.skip(), gr.skip(), gr.skip()
            return
        for exchange in self.exchange(asked, kept):
            now = [*kept, exchange]
            yield conversation(now, self.t), now, ""

    def exchange(self, question: str, before: Sequence[Exchange]) -> Iterator[Exchange]:
        yield Exchange(question, growing=True)
        answer = None
        try:
            for answer in self.service.assistant.stream(question, self.history(before), self.lang):
                yield Exchange(question, answer, growing=True)
            yield Exchange(question, answer)
        except Exception as error:
            yield Exchange(question, failure=phrase(error, self.t))

    @property
    def lang(self) -> str | None:
        """French readers may ask in English and are answered so; the English page always answers in English."""
        return "en" if self.t.lang == "en" else None

    def history(self, exchanges: Sequence[Exchange]) -> tuple[Turn, ...]:
        said = [(e.question, e.answer.text) for e in exchanges if e.answer]
        return tuple(turn for q, a in said for turn in (Turn("user", q), Turn("assistant", a)))

    def follow(self, exchanges: Sequence[Exchange], event: gr.EventData) -> Iterator[tuple]:
        yield from self.ask(str(event._data.get("question", "")), exchanges)

    def stop(self, exchanges: Sequence[Exchange]) -> tuple:
        """What there is of the answer stands."""
        settled = [replace(e, growing=False) for e in exchanges]
        return conversation(settled, self.t), settled

    def begin(self) -> tuple:
        return self.empty()[0], [], ""

    def empty(self) -> tuple[str, str]:
        """The welcome with questions that have an answer, and the certifications that are in the store."""
        held = self.service.cards
        named = sorted((c for c in held if c.blocks and c.code), key=self.expired)
        asked = [
            self.t(f"question.example.{kind}", name=c.code) for kind, c in zip(EXAMPLES, cycle(named), strict=False)
        ]
        return welcome(asked, self.t), holdings(held, self.service.today(), self.t)

    def expired(self, card: Card) -> bool:
        return card.expired(self.service.today())
