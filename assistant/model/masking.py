"""Who a CV is about is taken out of it before any of its words go to a language model, and put back into the reply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import islice

from index.words import fold


class Private(StrEnum):
    """What is taken out, by the word that takes its place."""

    NAME = "NOM"
    MAIL = "E-MAIL"
    PHONE = "TÉLÉPHONE"
    ADDRESS = "ADRESSE"
    BIRTH = "NAISSANCE"
    LINK = "LIEN"
    NUMBER = "NUMÉRO"  # social security


CAPITAL = r"[A-ZÀ-ÖØ-ÞŒ]"
PARTICLE = r"(?:d[eu]|des|la|le|van|von|der|den|el|al|ben|bin|da|di|dos|del|d['’]|l['’]|O['’])"
WORD = rf"{CAPITAL}[\w'’.]*(?:-{CAPITAL}?[\w'’]+)*"
PERSON = rf"{WORD}(?:[ \xa0](?:{PARTICLE}[ \xa0]?){{0,2}}{WORD}){{0,3}}"
MONTH = (
    r"(?i:janv|f[ée]vr|mars|avr|mai|juin|juil|ao[ûu]t|sept|oct|nov|d[ée]c|jan|feb|mar|apr|may|jun|jul|aug|sep|dec)\w*\.?"
)
DATE = (
    rf"(?:\d{{1,2}}(?:er)?[\s./-]+(?:\d{{1,2}}|{MONTH})[\s./-]+\d{{2,4}}|{MONTH}\s+\d{{1,2}},?\s+\d{{4}}|"
    r"\d{4}-\d\d-\d\d|\d{4})"
)
BORN = (
    r"(?i:n[ée](?:\(?e\)?|·e)?\s+(?:le|en)\s+|"
    r"(?:date|lieu|ann[ée]e)(?:\s+et\s+lieu)?\s+de\s+naissance\s*:?\s*(?:le\s+)?|"
    r"born(?:\s+(?:on|in))?\s*:?\s*|(?:date\s+of\s+birth|d\.?o\.?b\.?)\s*:?\s*)"
)
STREET = (
    r"(?i:rue|avenue|av\.?|boulevard|bd\.?|bld\.?|place|all[ée]es?|chemin|ch\.|impasse|route|rte|quai|cours|square|"
    r"passage|r[ée]sidence|lotissement|lieu-dit|faubourg|fbg|voie|sentier|hameau|mont[ée]e|esplanade|promenade|villa|"
    r"cit[ée]|venelle)"
)
LINKS = r"(?:(?:de|du|des|la|le|les|d['’]|l['’])\s*)*"
SITE = r"(?:linkedin|github|gitlab|malt|viadeo|facebook|twitter|x|instagram|xing|behance|dribbble|doyoubuzz|medium)"
PATTERNS = (  # in this order: a mail holds a site's name, a number holds a phone's
    (Private.MAIL, r"[\w.+'-]+\s?(?:@|\(at\)|\[at\]|\s(?:at|arobase)\s)\s?[\w-]+"
                   r"(?:\s?(?:\.|\(dot\)|\s(?:dot|point)\s)\s?[\w-]+)+"),
    (Private.LINK, r"(?:https?://|www\.)[^\s<>|]+"),
    (Private.LINK, rf"\b(?:[\w-]+\.)*{SITE}\.(?:com|fr|io|me|net)(?:/[^\s<>|]*)?"),
    (Private.LINK, r"\b[\w-]+(?:\.[\w-]+)*\.(?:fr|com|net|org|io|me|eu|dev)/[^\s<>|]+"),
    (Private.LINK, r"(?<!\w)@[A-Za-z_][\w.]{2,}"),
    (Private.NUMBER, r"(?<![\d.,])[1-478]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?(?:\d{2}|2[AB])\s?\d{3}\s?\d{3}"
                     r"(?:\s?[-/]?\s?\d{2})?(?!\d)"),
    (Private.PHONE, r"(?<![\w+])(?:\+|00)\s?\d{1,3}(?:[\s.()/\u2011-]*\d){7,12}(?!\d)"),
    (Private.PHONE, r"(?<![\w.,])0\s?[1-9](?:[\s./\u2011-]{0,3}\d{2}){4}(?!\d)"),
    (Private.BIRTH, rf"{BORN}{DATE}(?:\s+[àa]\s+{PERSON})?"),
    (Private.BIRTH, r"(?i:\bâge\s*:\s*\d{2}(?:\s+ans)?)|\b(?:1[89]|[2-7]\d)\s+ans\b(?=\s*(?:$|[,;|•·–—-]))"),
    (Private.ADDRESS, rf"(?<![\w/])\d{{1,4}}(?:\s?(?:bis|ter|quater|[A-D]\b))?\s*,?\s+{STREET}\s+{LINKS}"
                      rf"(?:{CAPITAL}|\d)[^|•;\n]{{0,60}}?(?=\s*(?:[|•;,]|\s[–—-]\s|$|\b\d{{5}}\b))"),
    (Private.ADDRESS, r"\b\d{1,5}\s+(?:[A-Z][\w'’-]+\s+){1,3}"
                      r"(?:Street|St\.|Road|Rd\.?|Avenue|Ave\.?|Lane|Drive|Close|Court|Way)\b"),
    (Private.ADDRESS, rf"(?<![\w.,])(?:F-?\s?)?\d{{5}}(?:\s+|,\s*){WORD}(?:[ -](?:{PARTICLE}[ -]?)?{WORD}){{0,3}}"
                      r"(?:\s+(?i:cedex)(?:\s+\d+)?)?"),
    (Private.ADDRESS, r"\b(?:B\.?P\.?|C\.?S\.?)\s?\d{2,5}\b"),
)  # fmt: skip
COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)
CALLED = re.compile(  # what comes before a person's name
    r"\b(?:(?:M\.|MM\.|Mr\.?|Mrs\.?|Ms\.?|Mme|Mlle|Melle|Monsieur|Madame|Mademoiselle|Dr\.?|Docteur|Pr\.?|Professeur|"
    r"Me|Ma[îi]tre)\s|"
    r"(?i:nom(?:\s+de\s+(?:famille|naissance|jeune\s+fille))?|pr[ée]noms?|name|(?:first|last|family)\s+name|surname|"
    r"r[ée]f[ée]ren(?:ts?|tes?|ces?)|contacts?|tut(?:eur|rice)|ma[îi]tre\s+de\s+stage|manager|n\+1|sup[ée]rieure?|"
    r"reports\s+to)\s*:|(?i:curriculum\s+vit(?:ae|æ)|cv)\s+(?:de\s+|d['’]|of\s+|[:–—-]\s*)?)"
    rf"\s*(?P<name>{PERSON})"
)
MOST_LINES, LONGEST = 1000, 1000  # lines, and characters of a line, that are looked at: the patterns stay quick
HEADER = 5  # lines at the top among which the person's name stands
TITLE = re.compile(rf"\s*{PERSON}\s*(?:[,|•–—-].*)?$")
FIRST = re.compile(PERSON)
TOKENS = re.compile(r"[^\W\d_]{3,}")
PLAIN = frozenset(
    """curriculum vitae cv profil contact experience experiences formation competences langues loisirs coordonnees
    professionnel professionnelle professionnelles parcours gmail orange free wanadoo hotmail outlook yahoo
    laposte live sfr contacts nom prenom mail email tel com net www http https linkedin github the and les des pro
    job""".split()  # noqa: SIM905
)
PLACEHOLDER = re.compile(r"\[(NOM|E-MAIL|TÉLÉPHONE|ADRESSE|NAISSANCE|LIEN|NUMÉRO)(?: (\d+))?\]")


class Mask:
    """What of one CV must not leave this machine, and what stands in its place: the same for the same words.

    A name is found where CVs put names: in the first lines, after a title or a label. Each of its words is then masked
    wherever the CV writes it. Masking rather takes too much than too little.

    Args:
        lines: all lines of the CV, as they are read.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        lines = [line[:LONGEST] for line in lines[:MOST_LINES]]
        self._of: dict[str, str] = {}
        self._back: dict[str, str] = {}
        self._counts = dict.fromkeys(Private, 0)
        names = sorted({w for line in _names(lines) for w in _words(line)}, key=len, reverse=True)
        self._names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)") if names else None

    @property
    def counts(self) -> dict[Private, int]:
        """How many different things of each kind have been masked until now."""
        return dict(self._counts)

    def masked(self, text: str) -> str:
        """The text, no longer than LONGEST, with a word in brackets for everything private."""
        text = PLACEHOLDER.sub(lambda m: f"({m[0][1:-1]})", text[:LONGEST])  # a CV's own brackets are no placeholders
        for kind, pattern in COMPILED:
            text = pattern.sub(lambda m, kind=kind: self._put(kind, m[0]), text)
        text = CALLED.sub(lambda m: m[0].replace(m["name"], self._put(Private.NAME, m["name"])), text)
        return self._names.sub(lambda m: self._put(Private.NAME, m[0]), text) if self._names else text

    def unmasked(self, text: str) -> str:
        """The text with the CV's own words again; brackets that stand for nothing stay."""
        return PLACEHOLDER.sub(lambda m: self._back.get(m[0], m[0]), text)

    def _put(self, kind: Private, words: str) -> str:
        if PLACEHOLDER.fullmatch(words):
            return words
        key = f"{kind}:{words}"
        if key not in self._of:
            self._counts[kind] += 1
            number = self._counts[kind]
            self._of[key] = f"[{kind}]" if number == 1 else f"[{kind} {number}]"
            self._back[self._of[key]] = words
        return self._of[key]


def _names(lines: Sequence[str]) -> Iterator[str]:
    """Stretches in which a person's name stands, or may stand."""
    for line in islice((x for x in lines if x.strip()), HEADER):
        if TITLE.match(line) and not any(c.isdigit() for c in line):
            name = FIRST.search(line)[0]
            if len([w for w in TOKENS.findall(name) if fold(w) not in PLAIN]) > 1:
                yield name
    for line in lines:
        yield from (m["name"] for m in CALLED.finditer(line))


def _words(name: str) -> Iterator[str]:
    """A name's words, each as names are written: Durand, DURAND."""
    for word in TOKENS.findall(name):
        if fold(word) not in PLAIN:
            yield from {word, word.upper(), word.capitalize()}
