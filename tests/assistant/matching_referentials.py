"""Small invented referentials, each line of which stands in an invented source."""

from corpus.document import Document, Quote
from corpus.referential import Block, Coded, Competence, Part, Referential

NURSING = """Soignant polyvalent
Soigner les patients
Réaliser des soins infirmiers, des pansements et des injections prescrits
Surveiller l'état de santé du patient et alerter le médecin
Accompagner une équipe de soins
Former et encadrer les stagiaires dans le service de soins
Organiser le planning des soignants"""

HOSTING = """Exploitant de systèmes informatiques
Exploiter les serveurs
Surveiller les serveurs et le réseau, traiter les alertes de supervision
Sauvegarder et restaurer les données du système d'information
Automatiser les tâches d'administration par des scripts
Développer des applications
Développer une application web connectée à une base de données
Écrire des tests automatisés du logiciel
Conduire un projet informatique
Planifier le projet, estimer les charges et suivre le budget"""

BAKERY = """Boulanger
Fabriquer le pain
Pétrir, façonner et cuire des pains de tradition
Respecter l'hygiène et nettoyer le fournil
Vendre la production
Accueillir les clients et encaisser"""


def document(text: str, name: str = "invente.txt") -> Document:
    return Document(name, tuple(text.split("\n")), "")


def referential(text: str, heads: tuple[int, ...], name: str, rome: str, code: str | None = None) -> Referential:
    """Blocks open at the lines `heads`; each further line is a competence."""
    lines = text.split("\n")
    ends = (*heads[1:], len(lines) + 1)
    blocks = tuple(
        Block(
            n,
            lines[head - 1],
            Part((Quote(lines[head - 1], head, head),)),
            competences=tuple(
                Competence((Quote(lines[i - 1], i, i),), number=f"{n}.{i - head}") for i in range(head + 1, end)
            ),
        )
        for n, (head, end) in enumerate(zip(heads, ends, strict=True), 1)
    )
    return Referential(name, "plain", lines[0], rome=(Coded(rome, ""),), blocks=blocks, code=code)


def nursing() -> Referential:
    return referential(NURSING, (2, 5), "soins.txt", "J1506", code="RNCP90001")


def hosting() -> Referential:
    return referential(HOSTING, (2, 6, 9), "serveurs.txt", "M1801", code="RNCP90002")


def bakery() -> Referential:
    return referential(BAKERY, (2, 5), "pain.txt", "D1102")
