"""Which lines of a CV only say whose it is: a name is no evidence of anything, and no business of an index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from assistant.matching.paragraphs import Paragraph
from assistant.matching.sections import CONTACT, bulleted, heading
from assistant.matching.titles import is_employer, is_title
from index.words import fold

ADDRESS = re.compile(r"([\w.+-]+)@[\w-]|(?:linkedin\.com/in|github\.com|gitlab\.com)/([\w-]+)", re.IGNORECASE)
NAME_WORD = re.compile(r"[A-ZÀ-Ý]\.|(?:[dl]['’])?[A-ZÀ-Ý][\w'’-]*|(?:de|du|la|le|van|von|ben|el|d')")
TELLING = 3  # letters of a word by which a name is known in an address
MOST = 4  # words of a name
TITLED = re.compile(r"(?:m|mme|mlle|mr|mrs|ms|monsieur|madame|nom|prenom|name)\b\.?\s*:?\s*", re.IGNORECASE)
PARTED = re.compile(r"\s+[–—|•-]\s+|\s{2,}|,\s+")


def names(lines: Sequence[Paragraph]) -> frozenset[int]:
    """The places, from 0, of the lines that are a person's name: the page's first, and those an address repeats."""
    known = set(_addressed(line.text for line in lines))
    found = {i for i, line in enumerate(lines) if _looks(line.text) and _shares(line.text, known)}
    found |= {i for i in (i + step for i in found for step in (-1, 1)) if _halves(lines, i, found)}
    if _is_page(lines) and (top := _top(lines)) is not None:
        found.add(top)
    above = takewhile(lambda i: heading(lines[i].text) is None, range(len(lines)))
    return frozenset(found | {i for i in above if _headline(lines[i].text, i == 0, known)})


def unnamed(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """The lines without those of a name; of « Ada Exemple – Soudeuse » the trade."""
    whose = names(lines)
    kept = (_trade(line) if i in whose else line for i, line in enumerate(lines))
    return [line for line in kept if line]


def _trade(line: Paragraph) -> Paragraph | None:
    parted = PARTED.search(line.text)
    if not parted or line.starts or not is_title(line.text[parted.end() :]):
        return None
    return replace(line, text=line.text[parted.end() :])


def _headline(text: str, first: bool, known: set[str]) -> bool:
    """True for a line above any heading that has a name among its parts; the page's first one whatever its capitals."""
    parts = PARTED.split(text.strip())
    if first and _shares(parts[0], known) and len(parts[0].split()) <= MOST:
        return True
    return any(_looks(part) and _shares(part, known) for part in parts)


def _halves(lines: Sequence[Paragraph], place: int, found: set[int]) -> bool:
    """True for the line of one word beside another of one that is a name: the given name beside the surname."""
    text = lines[place].text if 0 <= place < len(lines) else ""
    if len(text.split()) != 1 or not _looks(text):
        return False
    single = any(len(lines[i].text.split()) == 1 for i in (place - 1, place + 1) if i in found)
    return single and heading(text) is None and not is_title(text) and not is_employer(text)


def _addressed(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        for match in ADDRESS.finditer(text):
            yield from (part for part in re.findall(r"[a-z]+", fold(match[1] or match[2])) if len(part) >= TELLING)


def _looks(text: str) -> bool:
    words = TITLED.sub("", text.strip(" #*")).split()
    return 1 <= len(words) <= MOST and not bulleted(text) and all(NAME_WORD.fullmatch(word) for word in words)


def _shares(text: str, known: set[str]) -> bool:
    words = [w for w in re.findall(r"[a-z]+", fold(text)) if len(w) >= TELLING]
    return any(word in part for word in words for part in known) and not is_title(text)


def _is_page(lines: Sequence[Paragraph]) -> bool:
    """True for a whole CV, which begins with a name; false for an experience pasted alone."""
    return any(CONTACT.search(line.text) or heading(line.text) for line in lines[1:])


def _top(lines: Sequence[Paragraph]) -> int | None:
    """The first line before any heading that has nothing but words with capitals, none of them a job or a firm."""
    above = takewhile(lambda x: heading(x[1].text) is None, enumerate(lines))
    for place, line in list(above)[:2]:
        named = PARTED.split(line.text.strip())[0]
        if _looks(line.text) or (place == 0 and _looks(named) and len(named.split()) > 1):
            return None if is_title(named) or is_employer(named) else place
    return None
