"""The certifications that a question is limited to: searched by code or words, shown as chips that can be removed."""

from __future__ import annotations

from collections.abc import Sequence

import gradio as gr

from assistant.comparison.suggesting import suggested
from assistant.web.link import shown, written
from assistant.web.live import QUIET, live
from assistant.web.markup.compare import suggestions
from assistant.web.markup.narrowing import limited
from assistant.web.service import Service
from assistant.web.texts import Texts

NAME = "certification"  # in the address
MOST = 8
FOCUS = "document.querySelector('#narrow textarea, #narrow input')?.focus()"


class Narrowing:
    """A box with suggestions, folded until it is wanted.

    Attributes:
        chosen: codes, or sources that have none, one a line, as a browser may have changed them: `of` knows them.
        chips: to be placed by the caller, before the box is.
    """

    def __init__(self, service: Service, t: Texts) -> None:
        self.service, self.t = service, t
        self.chosen = gr.Textbox("", visible=False)
        self.chips = live("", "free", elem_id="narrowed", render=False)

    def box(self) -> None:
        """Place the box."""
        with gr.Accordion(self.t("narrow.open"), open=False, elem_id="narrowing"):
            box = gr.Textbox(
                label=self.t("narrow.label"),
                placeholder=self.t("compare.before.placeholder"),
                max_lines=1,
                max_length=300,
                elem_id="narrow",
                html_attributes=gr.InputHTMLAttributes(autocomplete="off"),
            )
            meant = live("", "pick", elem_id="narrow-meant")
        outputs = [self.chosen, self.chips]
        box.input(self.suggest, [box, self.chosen], meant, trigger_mode="always_last", **QUIET)
        picked = meant.pick(self.pick, self.chosen, [*outputs, box, meant], **QUIET)
        freed = self.chips.free(self.free, self.chosen, outputs, **QUIET)
        address = f"(chosen) => {{ ({written(NAME)})(chosen.split('\\n')); {FOCUS}; }}"
        for changed in (picked, freed):
            changed.then(None, self.chosen, None, js=address, api_visibility="private")

    @property
    def held(self) -> dict[str, str]:
        """What each certification of the store is called, by its code, or its source where it has none."""
        return {c.code or c.source: c.name for c in self.service.cards}

    def suggest(self, begun: str, chosen: str) -> str:
        today, taken = self.service.today(), chosen.splitlines()
        found = [c for c in suggested(self.service.cards, begun or "", today) if (c.code or c.source) not in taken]
        return suggestions(found, today, self.t)

    def pick(self, chosen: str, event: gr.EventData) -> tuple[str, str, str, str]:
        return *self.shown([*chosen.splitlines(), str(event._data.get("name", ""))]), "", ""

    def free(self, chosen: str, event: gr.EventData) -> tuple[str, str]:
        return self.shown([c for c in chosen.splitlines() if c != str(event._data.get("name", ""))])

    def arrive(self, request: gr.Request) -> tuple[str, str]:
        """What the page's address says."""
        return self.shown(shown(request).get(NAME, []))

    def shown(self, wanted: Sequence[str]) -> tuple[str, str]:
        """What the two components hold for the wanted certifications."""
        chosen, held = self.of("\n".join(wanted)), self.held
        return "\n".join(chosen), limited([(name, held[name]) for name in chosen], self.t)

    def of(self, chosen: str) -> list[str]:
        """Those that the store holds, MOST at most."""
        return [name for name in dict.fromkeys((chosen or "").splitlines()) if name in self.held][:MOST]
