"""From a draft to an answer: quotes checked against their documents, numbered, written out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from assistant.answer import Answer, Citation, Lang
from assistant.answering.draft import Cited, Draft, Line
from assistant.answering.phrases import say
from corpus.document import Document, Quote, squeeze
from corpus.referential import Referential
from index.cards import Card

Documents = Callable[[str], Document]


class Citations:
    """The citations of one answer, each quote once, numbered in the order of their first mention."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._numbers: dict[tuple[str, str, int, int | None], int] = {}
        self.all: list[Citation] = []

    def cite(self, cited: Cited, again: bool) -> str | None:
        """The quote between guillemets with its number, None where the document does not hold it.

        Args:
            again: whether a quote that was given before is to be given again, or only its number.
        """
        key = (cited.referential.source, squeeze(cited.quote.text), cited.quote.first, cited.block)
        if key not in self._numbers:
            citation = self._checked(cited)
            if citation is None:
                return None
            self.all.append(citation)
            self._numbers[key] = len(self.all)
        elif not again:
            return f"[{self._numbers[key]}]"
        number = self._numbers[key]
        return f"« {self.all[number - 1].quote.text} » [{number}]"

    def _checked(self, cited: Cited) -> Citation | None:
        document = self._documents(cited.referential.source)
        if not document.holds(cited.quote):
            return None
        quote = document.widened(_without_lone_guillemets(document.narrowed(cited.quote)))
        referential = cited.referential
        page = document.page_of(quote.first)
        return Citation(referential.source, referential.code, referential.title, cited.block, quote, page)


def _without_lone_guillemets(quote: Quote) -> Quote:
    """The quote without an opening guillemet that it never closes, or a closing one that it never opened."""
    text = quote.text
    if text.startswith("«") and "»" not in text:
        text = text[1:].lstrip()
    elif text.endswith("»") and "«" not in text:
        text = text[:-1].rstrip()
    return Quote(text, quote.first, quote.last) if text else quote


def write(draft: Draft, documents: Documents, lang: Lang, today: date) -> Answer:
    """Write out a draft; a line whose quote does not stand in its source is dropped."""
    citations = Citations(documents)
    text = _text(draft.lines, citations)
    more = _text(draft.more, citations)
    certifications = tuple(standing(r, lang, today) for r in draft.about)
    return Answer(
        status=draft.status,
        text=text,
        citations=tuple(citations.all),
        more=more,
        certifications=certifications,
        lang=lang,
        titles=_titles(draft, "\n".join((text, more, *certifications))),
    )


def _titles(draft: Draft, said: str) -> tuple[str, ...]:
    """Those of the certifications and blocks of a draft that stand in what is said."""
    cited = (c.referential for line in (*draft.lines, *draft.more) for c in line.cited)
    known = {id(r): r for r in (*draft.about, *cited)}.values()
    every = dict.fromkeys(title for r in known for title in (r.title, *(b.title for b in r.blocks)))
    return tuple(title for title in every if title and re.search(rf"(?<!\w){re.escape(title)}(?!\w)", said))


def _text(lines: Iterable[Line], citations: Citations) -> str:
    """The lines, each once: facts that share their quote would say it again."""
    written = dict.fromkeys(_line(line, citations) for line in lines)
    return "\n".join(t for t in written if t)


def _line(line: Line, citations: Citations) -> str:
    if not line.cited:
        return line.phrase
    quotes = [citations.cite(c, again=not line.phrase.startswith("- ")) for c in line.cited]
    if None in quotes:
        return ""
    bullet = [] if line.phrase and not line.phrase.endswith(":") else ["-"]
    return " ".join([*bullet, *([line.phrase] if line.phrase else []), *quotes])


def standing(referential: Referential, lang: Lang, today: date) -> str:
    """A certification's name, with its validity where it has expired or been replaced."""
    said = [referential.name]
    if referential.expired(today) and referential.until:
        said = [say("expired", lang, name=referential.name, date=referential.until.strftime("%d/%m/%Y"))]
    if referential.replaced_by:
        said.append(say("replaced", lang, name=referential.name, other=", ".join(referential.replaced_by)))
    return " ".join(said)


def names(referentials: Sequence[Referential | Card], lang: Lang, most: int = 8) -> str:
    """The names of the first certifications, in one line."""
    listed = ("; " if lang == "en" else " ; ").join(r.name for r in referentials[:most])
    return listed + (" …" if len(referentials) > most else "")
