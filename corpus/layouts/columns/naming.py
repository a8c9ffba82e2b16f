"""The best name that a referential gives itself: a stated one, its holder's, or what its blocks are about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.document import Document, fold_space
from corpus.layouts.lines import bare
from corpus.referential import Block

SUBJECT = re.compile(r"(?:^|[\s(«])(?:[Ll]['’]|[Ll]e |[Ll]a |[Ll]e/la )([^\W\d_]{4,}(?:[ '’/-][^\W\d_()]+){1,9})")
VERBS = re.compile(
    r"(?:est|peut|doit|a|sera|aura|assure|anime|prepare|pilote|realise|gere|organise|met|prend|intervient|exerce|conduit"
    r"|participe|contribue|concoit|developpe|travaille|veille|garantit|encadre|coordonne|accompagne|elabore|effectue"
    r"|definit|analyse|propose|maitrise|dispose|occupe|evolue|supervise|conseille|se?|n|qui|dans|au)(?:'.*)?$"
)
TRADES = re.compile(
    r"(?:expert|charge|chef|cheffe|manager|manageur|responsable|technicien|developpeu|administrat|concept|ingenieur|consult"
    r"|assist|gestionnaire|comptable|aide|auxiliaire|conseill|direct|anima|coordinat|coordonn|soign|infirmi|vendeu|agent"
    r"|operat|ouvri|cuisini|educat|format|architecte|analyste|controleu|secretaire|moniteu|accompagnant|employe|juriste"
    r"|specialiste|designer|redact|traduct|electric|mecanic|plombi|menuisi|macon|paysagiste|libraire|opticien)"
)
UNNAMED = "Référentiel de compétences"
SMALL = r"(?:de|des|du|la|le|les|l|un|une|et|ou|en|au|aux|a|sur|pour|par|dans|avec|d'un|d'une|mise|oeuvre)"
EMPTY = re.compile(rf"{SMALL}(?:\s|$)|[dl]'(?:un|une)\s")
EMPTY_END = re.compile(rf"(?:^|\s){SMALL}$")
STATED = re.compile(
    r"(?:titre|certification|intitul[eé])\s*(?:professionnel(?:le)?)?\s*(?::|«)\s*«?\s*([^»\n]{6,120}?)\s*»?$", re.I
)


def name_of(document: Document, blocks: Sequence[Block]) -> str:
    """A stated title, else the holder's name that most sentences use, else what the blocks' titles share.

    Never one block's title: the name stands above every passage, and would call all blocks by that one.
    """
    for text in document.lines[:60]:
        if stated := STATED.match(text.strip()):
            return fold_space(stated[1])
    texts = [part.text for block in blocks for part in (*block.activities, *block.competences)]
    if named := holder(texts):
        return named[0].upper() + named[1:]
    subject = shared_words([block.title for block in blocks])
    return f"{UNNAMED} : {subject}" if subject else UNNAMED


def shared_words(titles: Sequence[str]) -> str | None:
    """The longest phrase that most titles share, at least two: "système d'information"; None where none do."""
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for title in titles:
        words = re.findall(r"[^\W_]+(?:[-’'][^\W_]+)*", title)
        runs = {" ".join(words[a:b]) for a in range(len(words)) for b in range(a + 2, min(a + 5, len(words)) + 1)}
        phrases = {bare(run): run for run in runs if not (EMPTY.match(bare(run)) or EMPTY_END.search(bare(run)))}
        counts.update(phrases.keys())
        spelled.update(phrases)
    best = max(counts, key=lambda phrase: (counts[phrase], len(phrase)), default=None)
    return spelled[best] if best and counts[best] > 1 else None


def holder(texts: Iterable[str]) -> str | None:
    """ "expert en ingénierie informatique" from sentences such as "L'expert en ingénierie informatique est …"."""
    names: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for text in texts:
        for found in SUBJECT.finditer(text):
            name = _until_verb(found[1])
            if name and len(name.split()) > 1 and TRADES.match(bare(name)):
                names[bare(name)] += 1
                spelled.setdefault(bare(name), name)
    best = max(names, key=lambda name: (names[name], -len(name)), default=None)
    return spelled[best] if best else None


def _until_verb(words: str) -> str | None:
    """The words before the first verb, or None where no known verb follows."""
    kept: list[str] = []
    for word in words.split():
        if VERBS.match(bare(word)):
            return " ".join(kept)
        kept.append(word)
    return None
