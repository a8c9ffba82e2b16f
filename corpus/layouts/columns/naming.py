"""The best name that a referential gives itself: who does what its sentences describe, or what its first block is."""

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
STATED = re.compile(
    r"(?:titre|certification|intitul[eé])\s*(?:professionnel(?:le)?)?\s*(?::|«)\s*«?\s*([^»\n]{6,120}?)\s*»?$", re.I
)


def name_of(document: Document, blocks: Sequence[Block]) -> str:
    """A stated title, else the holder's name that most sentences use, else the first block's title."""
    for text in document.lines[:60]:
        if stated := STATED.match(text.strip()):
            return fold_space(stated[1])
    texts = [part.text for block in blocks for part in (*block.activities, *block.competences)]
    if named := holder(texts):
        return named[0].upper() + named[1:]
    return f"Référentiel de compétences : {blocks[0].title}" if blocks else "Référentiel de compétences"


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
