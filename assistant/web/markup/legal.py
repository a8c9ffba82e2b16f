"""The pages on privacy and accessibility, and the links that lead to them from every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.web.markup.text import escape
from assistant.web.texts import Texts

ADDRESSES = {
    "fr": {"privacy": "confidentialite", "accessibility": "accessibilite"},
    "en": {"privacy": "privacy", "accessibility": "accessibility"},
}
LINKS = {
    "fr": {"privacy": "Confidentialité", "accessibility": "Accessibilité : partiellement conforme"},
    "en": {"privacy": "Privacy", "accessibility": "Accessibility: partially conformant"},
}
HOLE = "{contact}"


def links(t: Texts) -> str:
    """The way to both pages."""
    places = ADDRESSES[t.lang]
    return " ".join(f'<a href="{places[s]}">{escape(t.spaced(word))}</a>' for s, word in LINKS[t.lang].items())


def statement(told: Mapping[str, Any], holes: Mapping[str, str], contact: str, t: Texts) -> str:
    """A page's HTML.

    Args:
        told: its title, introduction and sections.
        holes: what to put in them.
        contact: HTML that stands where {contact} is said.
    """

    def said(text: str) -> str:
        parts = (escape(t.spaced(part.format(**holes))) for part in text.split(HOLE))
        return t.spaced(contact).join(parts)

    parts = [f"<h1>{said(told['title'])}</h1><p>{said(told['intro'])}</p>"]
    for section in told["sections"]:
        parts.append(f"<h2>{said(section['title'])}</h2>")
        parts += [f"<p>{said(text)}</p>" for text in section.get("text", ())]
        if points := section.get("points"):
            parts.append("<ul>" + "".join(f"<li>{said(point)}</li>" for point in points) + "</ul>")
        if rows := section.get("rows"):
            parts.append(table([said(cell) for cell in section["head"]], [[said(c) for c in row] for row in rows]))
    return f'<div class="legal">{"".join(parts)}</div>'


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose first column heads its rows; on a telephone it scrolls within itself."""
    heads = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>' + "".join(f"<td>{cell}</td>" for cell in row[1:]) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def reached(contact: str, word: str) -> str:
    """HTML of a mail or web address as a link; anything else as it is."""
    shown = escape(contact)
    if contact.startswith(("https://", "http://")):
        shown = f'<a href="{shown}">{shown}</a>'
    elif "@" in contact and " " not in contact:
        shown = f'<a href="mailto:{shown}">{shown}</a>'
    return f"{escape(word)} {shown}"
