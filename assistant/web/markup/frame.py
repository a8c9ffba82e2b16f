"""What stands around every page, as plain HTML: it is there before any script runs, and without one."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.web.markup.text import escape
from assistant.web.texts import Texts


def masthead(pages: Sequence[tuple[str, str]], here: str, t: Texts) -> str:
    """The name, the pages, and this page in the other language.

    Args:
        pages: name and address of each page that may be opened.
        here: the address of this one.
    """
    name = next(name for name, address in pages if address == here)
    links = "".join(link(t(f"tab.{name}"), address or ".", address == here) for name, address in pages)
    away = f"{'./en/' if t.lang == 'fr' else '../'}{here}"
    return (
        f'<header id="masthead"><a class="skip" href="#work">{escape(t("page.skip"))}</a>'
        f'<p class="brand"><a href="." title="{escape(t("page.home"))}">Acquis</a>'
        f"<span>{escape(t('page.tagline'))}</span></p>"
        f'<nav class="pages" aria-label="{escape(t("page.pages"))}"><ul>{links}</ul></nav>'
        f'<div class="languages"><span aria-hidden="true">{t.lang.upper()}</span>'
        f'<a href="{away}" lang="{t.other}" hreflang="{t.other}" title="{escape(t("lang.other.title"))}" '
        f"data-keeps-state>{escape(t('lang.other'))}</a></div></header>"
        f'<h1 class="unseen">{escape(t(f"tab.{name}"))}</h1>'
    )


def link(word: str, address: str, current: bool) -> str:
    mark = ' aria-current="page"' if current else ""
    return f'<li><a href="{escape(address)}"{mark}>{escape(word)}</a></li>'


def colophon(model: str | None, t: Texts) -> str:
    """Where what people write goes to."""
    away = t("page.footer.model", name=model) if model else t("page.footer.local")
    return f'<footer id="colophon">{escape(away)} {escape(t("page.footer"))}</footer>'
