"""Whether a text opens with an infinitive, as a competence does in French."""

from __future__ import annotations

import re

from corpus.layouts.lines import bare

FIRST_WORD = re.compile(
    r"\W*(?:(?:s'|se\s+|ne\s+pas\s+|savoir\s+|pouvoir\s+|etre\s+capable\s+(?:de\s+|d'))\s*)?([^\W\d_]+(?:-[^\W\d_]+)*)"
)
IN_RE = re.compile(
    r".*(?:[aeo](?:i?n)dre|pondre|rdre|soudre|duire|struire|crire|uire|dire|lire|mettre|battre|aitre|oitre|etre|suivre"
    r"|vivre|rompre|vaincre|clure|faire|traire|plaire|courre|coudre|rire|croire|boire)$"
)
NOT_VERBS = """
affaire amer atelier avenir banquier cadre cahier calendrier carter center centre chantier charter cher clavier
cluster commentaire conseiller contraire couloir courrier courtier cuisinier dernier designer diametre dossier
e-commerce entier espoir etre-humain fenetre fer fevrier fichier financier flyer foncier formulaire gendre
gestionnaire glossaire hier hiver horaire hors-chantier hotelier immobilier infirmier inventaire itineraire
janvier laboratoire layer leader lettre loisir maitre manager-adjoint master membre menuisier mer metier miroir
mobilier numero ordre ouvrier palier papier parametre partenaire particulier pilier plaisir plombier poitrier
poster power premier premier-plan primaire quartier questionnaire regulier reservoir routier saisonnier salaire
sanitaire secondaire sentier server singulier soir sommaire souvenir super tiroir trottoir
"""  # words that end like an infinitive and open a title or an assessment
NOUNS = frozenset(NOT_VERBS.split())


def opens_with_infinitive(text: str) -> bool:
    """True for "Réaliser une étude", "S'approprier …", "Ne pas …"; False for "Dossier écrit", "Mise en situation"."""
    match = FIRST_WORD.match(bare(text))
    return bool(match) and is_infinitive(match[1])


def is_infinitive(word: str) -> bool:
    word = bare(word)
    if word in NOUNS or len(word) < 3:
        return False
    return word.endswith(("er", "ir")) or bool(IN_RE.match(word))
