"""How people really write: typing errors, missing accents, SMS spelling, first person, filler words.

All rules are general knowledge of French spelling and of how people ask; none was taken from an evaluation set.
"""

from __future__ import annotations

import random
import re
import unicodedata

SMS = {
    "pour": ("pr",), "dans": ("ds",), "quoi": ("koi",), "quel": ("kel",), "quelle": ("kel", "kelle"),
    "que": ("ke", "k"),
    "qui": ("ki",), "avec": ("avc",), "tout": ("tt",), "tous": ("ts",), "toujours": ("tjs", "tjrs"),
    "comment": ("cmt",),
    "beaucoup": ("bcp",), "quand": ("qd", "kan"), "faut": ("fo",), "est": ("é", "e"), "sont": ("st",), "plus": ("+",),
    "c'est": ("c", "cé"), "rendez-vous": ("rdv",), "problème": ("pb",), "problèmes": ("pbs",), "même": ("mm",),
    "vous": ("vs",), "nous": ("ns",), "par": ("pr",), "sur": ("sr",), "aussi": ("ossi",), "eau": ("o",),
    "combien": ("cb",), "niveau": ("niv",), "travail": ("taf", "boulot"), "formation": ("form", "formassion"),
    "développement": ("dev",), "développer": ("dev",), "développeur": ("dev",), "développeuse": ("dev",),
    "application": ("appli", "app"), "applications": ("applis",), "informatique": ("info",),
    "ordinateur": ("ordi", "pc"),
    "ordinateurs": ("ordis", "pc"), "entreprise": ("boite", "boîte"), "entreprises": ("boites",),
    "diplôme": ("diplome",),
    "professionnel": ("pro",), "professionnelle": ("pro",), "professionnels": ("pros",), "information": ("info",),
    "informations": ("infos",), "restaurant": ("resto",), "administration": ("admin",), "administrateur": ("admin",),
    "technicien": ("tech",), "configuration": ("config",), "document": ("doc",), "documents": ("docs",),
    "responsable": ("resp",), "chef": ("boss",), "école": ("ecole", "bahut"), "certification": ("certif",),
    "publicité": ("pub",), "mathématiques": ("maths",), "international": ("inter",), "temporaire": ("interim",),
}  # fmt: skip
SOUNDS = (
    ("qu", "k"), ("ph", "f"), ("tion", "ssion"), ("tion", "cion"), ("eau", "o"), ("au", "o"), ("ss", "s"),
    ("ç", "ss"),
    ("c", "ss"), ("ent", "en"), ("er", "é"), ("er", "ait"), ("é", "er"), ("an", "en"), ("en", "an"), ("in", "ain"),
    ("y", "i"), ("i", "y"), ("ai", "é"), ("ei", "ai"), ("h", ""), ("ge", "je"), ("s", "z"), ("gu", "g"), ("th", "t"),
    ("ch", "sh"), ("sc", "ch"), ("x", "ks"), ("mm", "m"), ("nn", "n"), ("ll", "l"), ("pp", "p"), ("tt", "t"),
    ("ff", "f"),
)  # fmt: skip
NEAR = {a: b for row in ("azertyuiop", "qsdfghjklm", "wxcvbn") for a, b in zip(row, row[1:] + row[-2], strict=True)}
ASKING = (
    "comment {}", "c'est quoi {} ?", "je cherche {}", "je voudrais {}", "où trouver {} ?", "{} svp", "{}, merci",
    "est-ce que je peux {} ?", "il faut savoir {} ?", "on me demande de {}", "au bureau, {}", "dans mon métier : {}",
    "parlez-moi de {}", "qu'est-ce qu'on apprend sur {} ?", "quelle formation pour {} ?", "quelle compétence : {} ?",
    "bonjour, {}", "j'ai de l'expérience : {}", "je fais surtout ça : {}", "chargé de {}", "expérience en {}",
    "{} pendant trois ans", "chaque semaine, {}", "savoir {}", "être capable de {}", "le candidat sait {}",
    "est-ce demandé de {} ?", "{}, c'est prévu ?", "aidez-moi à {}", "j'aime bien {}", "mon chef me demande de {}",
    "how to {}", "does it cover {}?", "I know how to {}", "I am looking for {}", "what about {}?",
)  # fmt: skip
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d+|[^\w\s]", re.UNICODE)
INFINITIVE = re.compile(r"^(\w{3,}(?=er|ir)|\w+(?:nd|rd|tt)(?=re))(er|ir|re)\b", re.UNICODE)
PERSONS = {
    "er": ("je {}e", "j'ai {}é", "on {}e", "nous {}ons", "{}é", "je sais {}er"),
    "ir": ("je {}is", "j'ai {}i", "je sais {}ir"),
    "re": ("je {}s", "j'ai {}u", "je sais {}re"),
}


def without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def mistype(word: str, draw: random.Random) -> str:
    """A word with one slip of the keyboard: a letter lost, doubled, swapped with its neighbour or hit beside."""
    at = draw.randrange(1, len(word))
    slip = draw.random()
    if slip < 0.35:
        return word[:at] + word[at + 1 :]
    if slip < 0.5:
        return word[:at] + word[at] + word[at:]
    if slip < 0.75 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + NEAR.get(word[at], word[at]) + word[at + 1 :]


def by_ear(word: str, draw: random.Random) -> str:
    """A word spelled as it sounds: one sound written otherwise, or its mute ending lost."""
    choices = [(a, b) for a, b in SOUNDS if a in word]
    if choices and draw.random() < 0.75:
        return word.replace(*draw.choice(choices), 1)
    return re.sub(r"(?<=\w{3})(?:ent|es|s|e|t|x|d)$", "", word)


def misspell(text: str, draw: random.Random, share: float = 0.35) -> str:
    """A text in which about that share of the words is written otherwise, most often without its accents."""
    text = text.lower()
    if draw.random() < 0.3:
        text = text.replace("'", draw.choice((" ", ""))).replace("’", " ")
    return WORD.sub(lambda found: _word(found.group(), draw, share), text)


def _word(word: str, draw: random.Random, share: float) -> str:
    if draw.random() >= share:
        return word
    if word in SMS:
        return draw.choice(SMS[word])
    if len(word) < 4 or not word[0].isalpha():
        return word
    return mistype(word, draw) if draw.random() < 0.5 else by_ear(word, draw)


def first_person(text: str, draw: random.Random) -> str:
    """ "Gérer un budget" as somebody says it of himself: "je gère", "j'ai géré", "je sais gérer"."""
    found = INFINITIVE.match(text)
    if not found:
        return text
    form = draw.choice(PERSONS[found[2]]).format(found[1].lower())
    return form + text[found.end() :]


def ask(text: str, draw: random.Random) -> str:
    """A text wrapped into the words that people put around what they look for."""
    return draw.choice(ASKING).format(text[:1].lower() + text[1:])


def shorten(text: str, draw: random.Random) -> str:
    """Some of the words of a text, as typed into a search box: those of four letters and more, some left out."""
    words = [w for w in text.split() if len(w) > 3]
    return " ".join(w for w in words if draw.random() < 0.75) or text


def reword(text: str, draw: random.Random) -> str:
    """One way in which a candidate may have written a text; about half the time the text itself."""
    if len(text) < 120:
        chance = draw.random()
        if chance < 0.12:
            text = first_person(text, draw)
        elif chance < 0.22:
            text = shorten(text, draw)
        if draw.random() < 0.15:
            text = ask(text, draw)
    return misspell(text, draw, draw.choice((0.15, 0.3, 0.5))) if draw.random() < 0.3 else text
