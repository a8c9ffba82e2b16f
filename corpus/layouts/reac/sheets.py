"""The pages of a professional title's documents: their imprint, their lists, their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Document, fold_space
from corpus.layouts.infinitives import opens_with_infinitive
from corpus.layouts.lines import Line, bare, numbered, part, unbulleted
from corpus.referential import Facet, Fact, Part

IMPRINT = re.compile(r"sigle(?:\s+type\s+de\s+document.*)?$")
LABEL = re.compile(r"(?:sigle|type\s+de\s+document|code\s+titre|millesime|date\s+(?:de|du|dernier)\s.*|page)$")
PAGE = re.compile(r"(?:.*\s)?\d{1,3}\s*/\s*\d{1,3}$")
LONGEST_IMPRINT = 18  # lines
ENUMERATED = re.compile(r"(?:\d+(?:\.\d+)+\.?|\d+\.|[a-z]\))\s")
FULL = 70  # characters that a text column has at least
MINISTRY = re.compile(
    r"titres?\s+professionnels?\s+(?:délivrés?\s+par\s+le\s+|du\s+)"
    r"(minist[èe]re\s+(?:chargé\s+de\s+l['’]emploi|du\s+travail)(?:[\w\s'’,]*?(?=[.;)]))?)",
    re.IGNORECASE,
)
DOTS = re.compile(r".*\.{4,}\s*\d+$|sommaire$|pages?$")
OPENS = re.compile(
    r"(?:les?|la|des?|du|une?|tous|toutes?|chaque|aucune?|ces?|cette|son|sa|ses|ils?|elles?|connaissances?|savoir|afin|en|a"
    r"|dans|pour|lors|apres|avant|selon|suivant)\s|l'"
)
HANGS = re.compile(
    r".*(?:[,(/'’-]|\b(?:de|des|du|d'un|d'une|le|la|les|un|une|et|ou|en|au|aux|a|par|pour|sur|avec|dans))$"
)
FIELDS = {
    "sigle": (Facet.CODE, "Sigle"),
    "code titre": (Facet.CODE, "Code titre"),
    "millesime": (Facet.HISTORY, "Millésime"),
    "date de validation": (Facet.LEGAL, "Date de validation"),
    "date dernier jo": (Facet.LEGAL, "Date du dernier JO"),
    "date de mise a jour": (Facet.HISTORY, "Date de mise à jour"),
}


@dataclass(frozen=True, slots=True)
class Sheets:
    """A document without what each page repeats.

    Attributes:
        lines: the content, in order.
        imprint: what the page's foot says of the document, each once.
        issuer: the ministry that delivers the title, where the text says so.
        width: of the widest line, in characters.
    """

    document: Document
    lines: tuple[Line, ...]
    imprint: tuple[Fact, ...]
    issuer: tuple[Fact, ...]
    width: int


def sheets(document: Document) -> Sheets:
    lines = numbered(document)
    feet = _feet(lines)
    skipped = {line.number for foot in feet for line in foot}
    kept = tuple(n for n in lines if n.number not in skipped and not DOTS.match(bare(n.text)))
    width = max((len(line.text) for line in kept), default=0)
    return Sheets(document, kept, _imprint(document, feet), _issuer(document, kept), width)


def _issuer(document: Document, lines: Sequence[Line]) -> tuple[Fact, ...]:
    """From the first sentence that names the ministry after the title that it delivers."""
    for line, after in pairwise(lines):
        text = joined([line, after])
        if (found := MINISTRY.search(text)) and found.start() < len(line.text):
            return (Fact(Facet.ISSUER, "", found[1], part(document, [line, after]).quotes[0]),)
    return ()


def _feet(lines: Sequence[Line]) -> list[Sequence[Line]]:
    found: list[Sequence[Line]] = []
    at = 0
    while at < len(lines):
        stretch = lines[at : at + LONGEST_IMPRINT] if IMPRINT.match(bare(lines[at].text)) else ()
        last = next((n for n, line in enumerate(stretch) if PAGE.match(line.text)), None)
        if last is not None:
            found.append(stretch[: last + 1])
            at += last
        at += 1
    return found


def _imprint(document: Document, feet: Sequence[Sequence[Line]]) -> tuple[Fact, ...]:
    """Labels come first, then as many values; a foot torn otherwise tells nothing."""
    for foot in feet:
        labels = [line for line in foot if LABEL.match(bare(line.text))]
        values = [line for line in foot if line not in labels]
        if len(labels) == len(values):
            pairs = [(FIELDS[bare(a.text)], b) for a, b in zip(labels, values, strict=True) if bare(a.text) in FIELDS]
            return tuple(
                Fact(facet, label, line.text, document.quote(line.number, line.number))
                for (facet, label), line in pairs
            )
    return ()


def full_width(lines: Sequence[Line], page: int) -> int:
    """Characters in a full line: of these lines if they are wide enough to tell, else of the page."""
    own = max((len(line.text) for line in lines), default=0)
    return own if own >= FULL and len(lines) >= 4 else page


def listed(lines: Sequence[Line], width: int) -> list[tuple[Line, ...]]:
    """The items of a list whose bullets were not printed: each begins with a word that opens a sentence.

    Args:
        width: characters in a full line.
    """
    found: list[list[Line]] = []
    for line in lines:
        if found and not _opens(found[-1][-1], line, width):
            found[-1].append(line)
        else:
            found.append([line])
    return [tuple(item) for item in found]


def _opens(before: Line, line: Line, width: int) -> bool:
    if unbulleted(line) or ENUMERATED.match(line.text):
        return True
    if not line.text[0].isupper() or _hangs(before.text):
        return False
    if before.text.endswith((".", ";", ":", "!", "?")):
        return True
    plain = bare(line.text)
    short = len(before.text) + 1 + len(line.text.split()[0]) <= width * 0.86
    return short or bool(OPENS.match(plain)) or opens_with_infinitive(line.text)


def _hangs(text: str) -> bool:
    return bool(HANGS.match(bare(text))) or text.rfind("(") > text.rfind(")")


def parts(document: Document, items: Sequence[Sequence[Line]]) -> tuple[Part, ...]:
    """Each item as a part, without its bullet."""
    found = ([unbulleted(item[0]) or item[0], *item[1:]] for item in items)
    return tuple(part(document, item) for item in found)


def joined(lines: Sequence[Line]) -> str:
    return fold_space(" ".join(line.text for line in lines))
