"""What stands around every page, as plain HTML: it is there before any script runs, and without one."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.access.sessions import Visitor
from assistant.web.markup.legal import links
from assistant.web.markup.text import escape
from assistant.web.texts import Texts

DARK = (
    'const asked = matchMedia("(prefers-color-scheme: dark)");'
    '(asked.onchange = () => document.documentElement.classList.toggle("dark", asked.matches))()'
)


def masthead(
    pages: Sequence[tuple[str, str]], here: str, visitor: Visitor, closed: bool, t: Texts, elsewhere: str | None = None
) -> str:
    """The name, the pages, who is signed in, and this page in the other language.

    Args:
        pages: name and address of each page that the visitor may open.
        here: the address of this one.
        closed: whether some pages are only for those who sign in.
        elsewhere: the address of this one in the other language; None where it is the same.
    """
    links = "".join(link(t(f"tab.{name}"), address or ".", address == here) for name, address in pages)
    away = f"{'./en/' if t.lang == 'fr' else '../'}{here if elsewhere is None else elsewhere}"
    return (
        f'<header id="masthead"><a class="skip" href="#work">{escape(t("page.skip"))}</a>'
        f'<p class="brand"><a href="." title="{escape(t("page.home"))}">Acquis</a>'
        f"<span>{escape(t('page.tagline'))}</span></p>"
        f'<nav class="pages" aria-label="{escape(t("page.pages"))}"><ul>{links}</ul></nav>'
        f"{person(here, visitor, t) if closed else ''}"
        f'<div class="languages"><span aria-hidden="true">{t.lang.upper()}</span>'
        f'<a href="{away}" lang="{t.other}" hreflang="{t.other}" title="{escape(t("lang.other.title"))}" '
        f"data-keeps-state>{escape(t('lang.other'))}</a></div></header>"
    )


def link(word: str, address: str, current: bool) -> str:
    mark = ' aria-current="page"' if current else ""
    return f'<li><a href="{escape(address)}"{mark}>{escape(word)}</a></li>'


def person(here: str, visitor: Visitor, t: Texts) -> str:
    """Who is signed in, with the way out; or the way in."""
    if not visitor.name:
        current = ' aria-current="page"' if here == "connexion" else ""
        return f'<p class="person"><a href="connexion"{current}>{escape(t("access.sign_in"))}</a></p>'
    return (
        f'<form class="person" method="post" action="deconnexion"><span>{escape(visitor.name)}</span>'
        f"<button>{escape(t('access.sign_out'))}</button></form>"
    )


def heading(words: str) -> str:
    """The first heading of a page, for those who hear it: its navigation says the same to those who see it."""
    return f"<h1>{escape(words)}</h1>"


def colophon(model: str | None, t: Texts) -> str:
    """Where what people write goes to, and the pages that say more of it."""
    away = t("page.footer.model", name=model) if model else t("page.footer.local")
    return f'<footer id="colophon">{escape(away)} {escape(t("page.footer"))} {links(t)}</footer>'


def plain(title: str, above: str, body: str, below: str, style: str, t: Texts) -> str:
    """A whole page without Gradio, which works without a script."""
    return (
        f'<!doctype html><html lang="{t.lang}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"<script>{DARK}</script><style>{style}</style></head>"
        f'<body class="plain">{above}<main id="work">{body}</main>{below}</body></html>'
    )
