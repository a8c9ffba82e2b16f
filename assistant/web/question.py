"""The tab where people ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, count

import gradio as gr
from gradio.context import Context

from assistant.answer import Turn
from assistant.feedback.opinions import Verdict
from assistant.web.exchange import KEPT, Exchange, kept, restored
from assistant.web.failures import phrase
from assistant.web.live import QUIET, live
from assistant.web.markup.conversation import LONGEST, conversation, holdings, judging, keeping, welcome
from assistant.web.markup.handing import SAVE, handed
from assistant.web.markup.text import escape, notice
from assistant.web.narrowing import Narrowing
from assistant.web.service import Service
from assistant.web.texts import Texts
from assistant.web.transcript.docx import docx
from assistant.web.transcript.pieces import of_conversation
from assistant.web.transcript.written import markdown
from assistant.web.viewer import Viewer

EXAMPLES = ("blocks", "assessment", "level", "vae")
BROWSER = "acquis-conversation"  # the name in the browser's local storage; page.js erases it when somebody signs out


class QuestionTab:
    """A conversation with citations, which the browser keeps over a refresh."""

    def __init__(self, service: Service, viewer: Viewer, t: Texts) -> None:
        self.service, self.t = service, t
        self.exchanges = gr.State([], time_to_live=4 * 3600)
        # The key is in the page: what is kept is not secret from who uses this browser.
        self.kept = gr.BrowserState([], storage_key=BROWSER, secret=BROWSER)
        begun, held = self.empty()
        self.past = live("", "open", "again", elem_id="past")
        self.talk = live(begun, "open", "suggest", "again", elem_id="talk")
        self.announcer()
        self.resting = gr.HTML(self.rests(), elem_id="resting", apply_default_css=False)
        self.narrowing = Narrowing(service, t)
        with gr.Column(elem_id="dock"):
            self.narrowing.chips.render()
            self.box, send, stop, new = self.asking()
            self.narrowing.box()
        self.keeping = live(keeping(t), "erase", "export", elem_id="keeping")
        self.link = gr.HTML("", elem_id="talk-link", apply_default_css=False)
        self.held = gr.HTML(held, elem_id="held", apply_default_css=False)
        self.judging()
        self.arriving = [self.narrowing.chosen, self.narrowing.chips, self.held, self.resting]
        self.outputs = [self.past, self.talk, self.exchanges, self.box, self.resting]
        self.wire(send, stop, new)
        viewer.opens(self.past.open, self.talk.open)

    def asking(self) -> tuple[gr.Textbox, gr.Button, gr.Button, gr.Button]:
        t = self.t
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
        return box, send, stop, new

    def announcer(self) -> None:
        """What page.js fills once with each answer: a region that stays while what it tells of is drawn anew."""
        words = {"cited": "question.announced", "copied": "answer.copied", "thanks": "opinion.thanks"}
        said = "".join(f' data-{name}="{escape(self.t(key))}"' for name, key in words.items())
        region = f'<div id="said" class="unseen" role="status"{said}></div>'
        gr.HTML(region, elem_id="announcer", apply_default_css=False)

    def judging(self) -> None:
        """The dialog for opinions, where they can be kept."""
        if self.service.opinions:
            dialog = live(judging(self.service.opinions.keep_hours, self.t), "rate", elem_id="judging")
            dialog.rate(self.rate, self.exchanges, self.exchanges, **QUIET)

    def wire(self, send: gr.Button, stop: gr.Button, new: gr.Button) -> None:
        """What each button does, and that the browser keeps what came of it."""
        said, outputs = [self.exchanges, self.narrowing.chosen], self.outputs
        asked = [
            gr.on([self.box.submit, send.click], self.ask, [self.box, *said], outputs, **QUIET),
            self.talk.suggest(self.follow, said, outputs, **QUIET),
            self.talk.again(self.again, said, outputs, **QUIET),
            self.past.again(self.again, said, outputs, **QUIET),
        ]
        stopped = stop.click(self.stop, self.exchanges, outputs[:3], cancels=asked, **QUIET)
        for event in (*asked, stopped):
            event.then(kept, self.exchanges, self.kept, **QUIET)
        for event in (new.click, self.keeping.erase):
            event(self.begin, None, [*outputs, self.kept], cancels=asked, **QUIET)
        taken = self.keeping.export(self.export, self.exchanges, self.link, **QUIET)
        taken.then(None, None, None, js=SAVE % "talk-link", **QUIET)
        Context.root_block.load(self.restore, [self.kept, self.exchanges], outputs[:3], **QUIET)

    def ask(self, question: str, exchanges: Sequence[Exchange], chosen: str = "") -> Iterator[tuple]:
        """The conversation as it grows; the box is emptied as soon as the question is taken."""
        asked, before = (question or "").strip()[:LONGEST], list(exchanges[-KEPT:])
        if not asked:
            gr.Info(self.t("question.blank"))
            yield (gr.skip(),) * len(self.outputs)
            return
        past = self.shown([*before, Exchange(asked)])[0]
        for exchange in self.exchange(asked, before, chosen):
            now = [*before, exchange]
            box = "" if exchange.answer is None else gr.skip()
            resting = gr.skip() if exchange.growing else self.rests()
            yield past, self.shown(now)[1], now, box, resting
            past = gr.skip()

    def exchange(self, question: str, before: Sequence[Exchange], chosen: str = "") -> Iterator[Exchange]:
        yield Exchange(question, growing=True)
        answer = None
        try:
            limits = self.narrowing.of(chosen)
            for answer in self.service.assistant.stream(question, self.history(before), self.lang, limits):
                yield Exchange(question, answer, growing=True)
            yield Exchange(question, answer)
        except Exception as error:
            yield Exchange(question, failure=phrase(error, self.t))

    @property
    def lang(self) -> str | None:
        """French readers may ask in English and are answered so; the English page always answers in English."""
        return "en" if self.t.lang == "en" else None

    @property
    def rated(self) -> bool:
        return self.service.opinions is not None

    def history(self, exchanges: Sequence[Exchange]) -> tuple[Turn, ...]:
        said = [(e.question, e.answer.text) for e in exchanges if e.answer]
        return tuple(turn for q, a in said for turn in (Turn("user", q), Turn("assistant", a)))

    def shown(self, exchanges: Sequence[Exchange]) -> tuple[str, str]:
        """The settled part of the conversation, which is drawn once, and its last exchange, which grows."""
        last = max(len(exchanges) - 1, 0)
        parts = (range(last), range(last, len(exchanges)))
        return tuple(conversation(exchanges, self.t, part, self.rated) for part in parts)

    def follow(self, exchanges: Sequence[Exchange], chosen: str, event: gr.EventData) -> Iterator[tuple]:
        yield from self.ask(str(event._data.get("question", "")), exchanges, chosen)

    def again(self, exchanges: Sequence[Exchange], chosen: str, event: gr.EventData) -> Iterator[tuple]:
        """The last question once more, or another in its place; one of those before is asked anew at the end."""
        at = str(event._data.get("at", ""))
        before = exchanges[:-1] if at == str(len(exchanges) - 1) else exchanges
        yield from self.ask(str(event._data.get("question", "")), before, chosen)

    def stop(self, exchanges: Sequence[Exchange]) -> tuple:
        """What there is of the answer stands."""
        settled = [e.settled for e in exchanges]
        return *self.shown(settled), settled

    def begin(self) -> tuple:
        """Nothing of the conversation stays, here or in the browser."""
        return "", self.empty()[0], [], "", self.rests(), []

    def restore(self, held: object, exchanges: Sequence[Exchange]) -> tuple:
        """The conversation that the browser kept, unless another one has begun meanwhile."""
        found = [] if exchanges else restored(held, self.service.library.document)
        return (*self.shown(found), found) if found else (gr.skip(),) * 3

    def rate(self, exchanges: Sequence[Exchange], event: gr.EventData) -> list[Exchange]:
        """Keep an opinion of one answer; the browser has shown already that it is taken."""
        data, rated = event._data, list(exchanges)
        at = str(data.get("at", ""))
        if not at.isdecimal() or int(at) >= len(rated) or not (one := rated[int(at)]).answer:
            return rated
        try:
            verdict = Verdict(str(data.get("verdict", "")))
            told = (str(data.get(name, "")) for name in ("reason", "comment"))
            self.service.opinions.add(one.question, one.answer, verdict, *told)
        except Exception as error:
            gr.Warning(phrase(error, self.t))
            return rated
        rated[int(at)] = replace(one, verdict=verdict.value)
        return rated

    def export(self, exchanges: Sequence[Exchange], event: gr.EventData) -> str:
        """A link that holds the conversation as a file."""
        ending, today = str(event._data.get("ending", "")), self.service.today()
        try:
            pieces = of_conversation(exchanges, today, self.t)
            data = docx(pieces, self.t.lang) if ending == ".docx" else markdown(pieces).encode()
            name = f"{self.t('question.file')}-{today:%Y-%m-%d}{ending}"
            return handed(name, data, self.t("search.taken", name=name))
        except Exception as error:
            return notice(phrase(error, self.t), "error")

    def rests(self) -> str:
        """That the language model is not asked for a while, where it is so."""
        state = getattr(getattr(self.service.assistant, "model", None), "state", None)
        if state is None or not state.resting:
            return ""
        minutes = max(1, round(state.resting / 60))
        return notice(self.t.count("question.resting", minutes, name=self.service.model))

    def arrive(self, request: gr.Request) -> tuple:
        """The certifications that the address names, those in the store, and how the model does."""
        return *self.narrowing.arrive(request), self.empty()[1], self.rests()

    def empty(self) -> tuple[str, str]:
        """The welcome, and the certifications that are in the store."""
        return welcome(self.examples(), self.t), holdings(self.service.cards, self.service.today(), self.t)

    def examples(self) -> list[str]:
        """Questions to begin with, one of each kind, of a certification that answers it; those in force first."""
        day = self.service.today()
        named = sorted((c for c in self.service.cards if c.blocks and c.code), key=lambda c: c.expired(day))
        says = {"level": lambda c: c.level is not None, "vae": lambda c: c.vae is not None}
        turned = (chain(named[n % len(named) :], named) if named else () for n in count())
        found = [
            (kind, next(filter(says.get(kind), cards), None)) for kind, cards in zip(EXAMPLES, turned, strict=False)
        ]
        return [self.t(f"question.example.{kind}", name=card.code) for kind, card in found if card]
