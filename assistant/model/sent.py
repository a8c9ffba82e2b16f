"""For the person whose CV it is: what goes to a language model, what is masked, what never leaves."""

from __future__ import annotations

from assistant.answer import Lang
from assistant.model.masking import Private
from assistant.model.pairs import Request

WORDS = {
    "fr": {
        Private.NAME: ("nom", "noms"),
        Private.MAIL: ("adresse électronique", "adresses électroniques"),
        Private.PHONE: ("téléphone", "téléphones"),
        Private.ADDRESS: ("adresse", "adresses"),
        Private.BIRTH: ("date de naissance ou âge", "dates de naissance ou âges"),
        Private.LINK: ("lien ou profil", "liens ou profils"),
        Private.NUMBER: ("numéro de sécurité sociale", "numéros de sécurité sociale"),
    },
    "en": {
        Private.NAME: ("name", "names"),
        Private.MAIL: ("mail address", "mail addresses"),
        Private.PHONE: ("phone number", "phone numbers"),
        Private.ADDRESS: ("address", "addresses"),
        Private.BIRTH: ("date of birth or age", "dates of birth or ages"),
        Private.LINK: ("link or profile", "links or profiles"),
        Private.NUMBER: ("social security number", "social security numbers"),
    },
}
PHRASES = {
    "fr": (
        "Envoyé au modèle {model} : {lines} lignes du CV (intitulés de poste, tâches, compétences) et {asked} "
        "compétences de « {title} ».",
        "Masqué avant l'envoi : {masked}.",
        "Rien à masquer n'a été trouvé dans ces lignes.",
        "Ne sont pas envoyés : les rubriques coordonnées, employeurs, formation et loisirs, ni le fichier.",
        "Le modèle propose seulement des paires de lignes ; les règles d'Acquis les vérifient, aucun état ne change "
        "sur sa parole.",
    ),
    "en": (
        "Sent to the model {model}: {lines} lines of the CV (job titles, tasks, skills) and {asked} competences of "
        "“{title}”.",
        "Masked before sending: {masked}.",
        "Nothing to mask was found in these lines.",
        "Not sent: contact details, employers, education and leisure, nor the file.",
        "The model only proposes pairs of lines; the rules of Acquis verify them, no state changes on its word.",
    ),
}


def told(request: Request, model: str, lang: Lang = "fr") -> tuple[str, ...]:
    """Sentences to show before the request is sent."""
    what, masked, nothing, never, only = PHRASES[lang]
    counts = {kind: n for kind, n in request.mask.counts.items() if n}
    listed = ", ".join(f"{n} {WORDS[lang][kind][n > 1]}" for kind, n in counts.items())
    sizes = {"lines": len(request.statements), "asked": len(request.places)}
    return (
        what.format(model=model, title=request.title, **sizes),
        masked.format(masked=listed) if listed else nothing,
        never,
        only,
    )
