"""A page of a PDF as its picture, and the ways to the pages before and after it."""

from __future__ import annotations

import base64

from assistant.web.markup.text import button, escape
from assistant.web.texts import Texts
from corpus.reading import PageImage


def leaf(image: PageImage, page: int, name: str, t: Texts) -> str:
    """The picture; the page's script brings what is marked into view, told in parts of its width and height."""
    data = base64.b64encode(image.png).decode("ascii")
    alt = t("viewer.page.marked", page=page, name=name) if image.mark else t("viewer.page", page=page, name=name)
    at = f' data-left="{image.mark[0]:.4f}" data-top="{image.mark[1]:.4f}"' if image.mark else ""
    size = f'width="{image.width}" height="{image.height}"'
    return f'<img class="page cited" src="data:image/png;base64,{data}" alt="{escape(alt)}" {size}{at}>'


def turns(page: int, last: int, wish: dict[str, str], t: Texts, drawn: bool = True) -> str:
    """Buttons to the page before and the one after, with the same passage marked, and one that enlarges a picture.

    Args:
        wish: what opens the source as it is, but for the page.
        drawn: whether there is a picture of the page.
    """
    back, on = (
        _turn(to, told, sign, wish if 1 <= to <= last else None)
        for to, told, sign in ((page - 1, t("viewer.page.before"), "‹"), (page + 1, t("viewer.page.after"), "›"))
    )
    larger = f'<button type="button" class="see" data-do="enlarge" aria-pressed="false">{escape(t("viewer.larger"))}'
    larger = f"{larger}</button>" if drawn else ""
    return f'<p class="steps">{back}<span>{escape(t("viewer.turn", n=page, of=last))}</span>{on}{larger}</p>'


def _turn(to: int, told: str, sign: str, wish: dict[str, str] | None) -> str:
    label = f'<span aria-hidden="true">{sign}</span>'
    if wish is not None:
        return button("more", label, css="see", title=told, page=str(to), do="turn", **wish)
    return f'<button type="button" class="see" data-do="turn" aria-label="{escape(told)}" disabled>{label}</button>'
