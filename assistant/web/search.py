"""The page where people search: one box, what was understood of it, filters, certifications, facets, files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import gradio as gr

from assistant.searching.address import NAMES, search_in, with_value
from assistant.searching.asked import understood
from assistant.searching.export import exported
from assistant.web.failures import phrase
from assistant.web.link import shown, written
from assistant.web.live import QUIET, live
from assistant.web.markup.handing import SAVE, handed
from assistant.web.markup.hits import results
from assistant.web.markup.text import notice
from assistant.web.service import Service
from assistant.web.texts import Texts
from assistant.web.viewer import Viewer
from index.contract import Filters
from index.kinds import kinds

LEVELS = range(2, 9)
ACTIONS = ("narrow", "free", "turn", "loosen")
FOCUS = "document.querySelector('#found h2')?.focus({ preventScroll: false })"


class SearchTab:
    """The box on top, filters below it, then what was found; the whole search stands in the address."""

    def __init__(self, service: Service, viewer: Viewer, t: Texts) -> None:
        self.service, self.t = service, t
        with gr.Row(elem_classes="ask-row"):
            self.query = gr.Textbox(
                label=t("search.label"),
                placeholder=t("search.placeholder"),
                lines=1,
                max_lines=1,
                max_length=1_000,
                scale=5,
                elem_id="query",
                html_attributes=gr.InputHTMLAttributes(autocomplete="off"),
            )
            send = gr.Button(t("search.send"), variant="primary", scale=0, min_width=150, elem_id="seek")
        self.controls = self.filters()
        self.certifications = self.controls["certifications"]
        self.page = gr.Textbox("", visible=False)
        self.found = live(notice(t("search.empty")), "open", *ACTIONS, "take", elem_id="found")
        self.link = gr.HTML("", elem_id="found-link", apply_default_css=False)
        self.state = [self.query, self.page, *self.controls.values()]
        self.arriving = [*self.state, self.found]
        chosen = [c.change if isinstance(c, gr.Checkbox) else c.input for c in self.controls.values() if not typed(c)]
        typing = [c.submit for c in self.controls.values() if typed(c)]
        for events, call in (([self.query.submit, send.click], self.first), ([*chosen, *typing], self.refine)):
            # A change that comes while the one before is worked on counts too.
            asked = gr.on(events, call, self.state, self.arriving, trigger_mode="always_last", **QUIET)
            asked.then(None, self.state, None, js=self.address(), api_visibility="private")
        for action in ACTIONS:
            moved = getattr(self.found, action)(getattr(self, action), self.state, self.arriving, **QUIET)
            moved.then(None, self.state, None, js=self.address(FOCUS), api_visibility="private")
        taken = self.found.take(self.take, self.state, self.link, **QUIET)
        taken.then(None, None, None, js=SAVE % "found-link", **QUIET)
        viewer.opens(self.found.open)

    def filters(self) -> dict[str, gr.components.Component]:
        """The controls by the field of `Filters` that each of them sets, in the order of the address."""
        t = self.t
        levels = [(t("search.level.value", n=n), str(n)) for n in LEVELS]
        with gr.Accordion(t("search.filters"), open=False, elem_id="filters"):
            with gr.Row():
                level = picker(t("search.level"), t("search.any"), levels)
                types = [(k.name, k.key) for k in kinds().values()]
                kind = picker(t("search.kind"), t("search.any"), types, elem_id="kind")
                register = picker(t("search.register"), t("search.any"), [("RNCP", "RNCP"), ("RS", "RS")])
            with gr.Row():
                active = gr.Checkbox(label=t("search.active"), min_width=180)
                vae = gr.Checkbox(label=t("search.vae"), min_width=180)
            with gr.Row():
                rome = box(t("search.rome"), "M1805")
                nsf = box(t("search.nsf"), "326")
                formacode = box(t("search.formacode"), "31054")
                issuer = box(t("search.issuer"), "")
            with gr.Row():
                ends_from = box(t("search.ends_from"), "01/01/2027")
                ends_to = box(t("search.ends_to"), "31/12/2027")
            certifications = gr.Dropdown(
                [],
                multiselect=True,
                allow_custom_value=True,
                label=t("search.certification"),
                min_width=250,
                elem_id="certifications",
            )
        made = (level, kind, register, active, vae, rome, nsf, formacode, issuer, ends_from, ends_to, certifications)
        return dict(zip(NAMES, made, strict=True))

    def address(self, after: str = "") -> str:
        """JavaScript that writes the search into the page's address, and then does something more."""
        return f"(...values) => {{ ({written('q', 'page', *NAMES.values())})(...values); {after or ''} }}"

    def arrive(self, request: gr.Request) -> list[object]:
        """What the page shows when it is opened: the search of its address.

        Where that says nothing, box and findings are left alone: somebody may be searching already.
        """
        query, filters, page = search_in(shown(request))
        if not query and filters == Filters():
            return [gr.skip(), "", *self.values(filters), gr.skip()]
        return self.state_of(query, filters, page)

    def first(self, query: str, page: str, *values: object) -> list[object]:
        """The first page of what the box and the controls ask for."""
        return self.state_of(query, self.chosen(values), 1)

    def refine(self, query: str, page: str, *values: object) -> list[object]:
        """The same after a control was changed, or only left: that nothing is asked yet is no mistake then.

        Controls that say the same are left alone: another one may have been changed meanwhile.
        """
        _, number, *controls, _, found = self.first(query, page, *values)
        pairs = zip(controls, values[:-1], strict=True)
        kept = [gr.skip() if str(new or "") == str(old or "") else new for new, old in pairs]
        asked = (query or "").strip() or self.chosen(values) != Filters()
        return [gr.skip(), number, *kept, gr.skip(), found if asked else notice(self.t("search.empty"))]

    def narrow(self, event: gr.EventData, query: str, page: str, *values: object) -> list[object]:
        """One filter more."""
        field, value = (str(event._data.get(name, "")) for name in ("field", "value"))
        return self.state_of(query, with_value(self.chosen(values), field, value), 1)

    def free(self, event: gr.EventData, query: str, page: str, *values: object) -> list[object]:
        """One filter less: its words go out of the box, or its control is freed."""
        field, words = (str(event._data.get(name, "")) for name in ("field", "words"))
        if words:
            return self.state_of(" ".join((query or "").replace(words, " ", 1).split()), self.chosen(values), 1)
        filters = self.chosen(values)
        if field == "certifications":
            return self.state_of(query, Filters(**{n: getattr(filters, n) for n in NAMES if n != field}), 1)
        return self.state_of(query, with_value(filters, field, ""), 1)

    def turn(self, event: gr.EventData, query: str, page: str, *values: object) -> list[object]:
        wanted = str(event._data.get("page", ""))
        return self.state_of(query, self.chosen(values), int(wanted) if wanted.isdecimal() and len(wanted) < 5 else 1)

    def loosen(self, event: gr.EventData, query: str, page: str, *values: object) -> list[object]:
        """The same words without any filter."""
        asked = understood(query or "", Filters(), lambda _: False)
        return self.state_of(" ".join((*asked.codes, asked.text)).strip(), Filters(), 1)

    def state_of(self, query: str, filters: Filters, page: int) -> list[object]:
        """What box, page, controls and findings show for a search."""
        query = (query or "").strip()
        values = self.values(filters)
        if not query and filters == Filters():
            return [query, "", *values, notice(self.t("search.blank"))]
        try:
            found = self.service.finder.find(query, filters, page)
            document = cache(self.service.library.document)
            page_of = lambda source, line: document(source).page_of(line)  # noqa: E731
            html = results(found, filters, page_of, self.service.finder.holds, self.service.today(), self.t)
            return [query, str(found.number) if found.number > 1 else "", *values, html]
        except Exception as error:
            return [query, "", *values, notice(phrase(error, self.t), "error")]

    def take(self, event: gr.EventData, query: str, page: str, *values: object) -> str:
        """A link that holds everything found as a file, of which nothing stays on the server."""
        ending = str(event._data.get("ending", ""))
        try:
            cards = self.service.finder.every((query or "").strip(), self.chosen(values))
            data = exported(ending, cards, self.service.today(), self.t.lang)
        except Exception as error:
            return notice(phrase(error, self.t), "error")
        name = self.t("search.file") + ending
        return handed(name, data, self.t("search.taken", name=name))

    def chosen(self, values: tuple[object, ...]) -> Filters:
        """The filters that the controls' values set; a browser may send anything."""
        filters = Filters()
        for field, value in zip(NAMES, values, strict=True):
            if field != "certifications":
                filters = with_value(filters, field, "1" if value is True else str(value or ""))
        named = values[-1] if isinstance(values[-1], list) else []
        return replace(filters, certifications=tuple(str(v) for v in named if str(v).strip()))

    def values(self, filters: Filters) -> list[object]:
        """What the controls show for some filters; the certifications to choose from as they are now."""
        plain = [getattr(filters, field) for field in NAMES if field != "certifications"]
        told = [v if isinstance(v, bool) else "" if v is None else self.day(v) for v in plain]
        return [*told, gr.update(choices=self.service.choices(), value=list(filters.certifications))]

    @staticmethod
    def day(value: object) -> str:
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def picker(label: str, free: str, choices: list[tuple[str, str]], **more: str) -> gr.Dropdown:
    """One of some values, or any."""
    every = [(free, ""), *choices]
    return gr.Dropdown(every, value="", label=label, min_width=150, filterable=len(choices) > 10, **more)


def box(label: str, example: str) -> gr.Textbox:
    return gr.Textbox(label=label, placeholder=example, max_lines=1, min_width=130, max_length=100)


def typed(control: gr.components.Component) -> bool:
    return isinstance(control, gr.Textbox)
