"""The certifications that a question is limited to."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.web.markup.text import button, escape, in_french, joined
from assistant.web.texts import Texts


def limited(named: Sequence[tuple[str, str]], t: Texts) -> str:
    """A chip for each (code, name), which removes it."""
    if not named:
        return ""
    chips = joined(f"<li>{_chip(code, name, t)}</li>" for code, name in named)
    return f'<p class="caption">{escape(t("narrow.to"))}</p><ul class="chips">{chips}</ul>'


def _chip(code: str, name: str, t: Texts) -> str:
    label = f'{in_french(name)} <span aria-hidden="true">✕</span>'
    return button("free", label, css="chip", title=t("narrow.free", name=name), name=code)
