"""What an advisor is told of a CV beyond its text: what was hidden in it, what was recognised in a picture."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer import Lang
from assistant.matching.orders import is_order
from corpus.document import Document, Hidden, Unseen

WHY = {
    Unseen.PALE: ("de la couleur du fond", "of the colour of its ground"),
    Unseen.TINY: ("en lettres minuscules", "in tiny letters"),
    Unseen.OUTSIDE: ("hors de la page", "off the page"),
    Unseen.TRANSPARENT: ("sans encre", "without ink"),
    Unseen.COVERED: ("sous une image ou un aplat", "under a picture or a filled box"),
    Unseen.MASKED: ("masqué par le fichier", "marked as hidden by the file"),
}


def told(cv: Document, lang: Lang) -> tuple[str, ...]:
    """Sentences for the advisor, none where there is nothing to tell; they hold no word of the CV."""
    return tuple(_sentences(cv, lang == "fr"))


def _sentences(cv: Document, french: bool) -> Iterator[str]:
    for hidden in cv.unseen:
        yield _hidden(hidden, bool(cv.pages), french)
    if orders := [n for n, line in enumerate(cv.lines, 1) if is_order(line)]:
        where = ", ".join(map(str, orders))
        yield (
            f"Consigne au lecteur ou au logiciel, ligne(s) {where} : elle ne compte pour rien."
            if french
            else f"An order to the reader or the program, line(s) {where}: it counts for nothing."
        )
    if cv.recognised:
        where = ", ".join(map(str, cv.recognised))
        yield (
            f"Texte reconnu dans l'image, page(s) {where} : relisez-le, il peut contenir des erreurs."
            if french
            else f"Text recognised in the picture, page(s) {where}: read it over, it may hold errors."
        )


def _hidden(hidden: Hidden, paged: bool, french: bool) -> str:
    count, place = hidden.characters, hidden.place
    if hidden.reason is Unseen.WIDTHLESS:
        return (
            f"Caractères sans largeur, invisibles, ligne {place} ({count}) : le texte est comparé sans eux."
            if french
            else f"Invisible characters of no width, line {place} ({count}): the text is compared without them."
        )
    if french:
        where = f"page {place}" if paged else f"après la ligne {place}" if place else "en tête"
        return f"Texte caché, {where} : {count} caractères {WHY[hidden.reason][0]}, laissés de côté."
    where = f"page {place}" if paged else f"after line {place}" if place else "at the top"
    return f"Hidden text, {where}: {count} characters {WHY[hidden.reason][1]}, left out."
