"""Invented fiches in the form of the national export: an old certification, the one that replaces it, a stranger."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from index.library import Library


@dataclass(frozen=True)
class Fiche:
    """One fiche; a block is its title and its competences."""

    file: str
    code: str
    title: str
    blocks: tuple[tuple[str, tuple[str, ...]], ...]
    rome: tuple[tuple[str, str], ...]
    until: str
    active: str = "Oui"
    replaced_by: str = ""
    replaces: str = ""
    prerequisites: str = ""
    level: int = 5

    @property
    def xml(self) -> str:
        rome = "".join(f"<ROME>{_tag('CODE', c)}{_tag('LIBELLE', label)}</ROME>" for c, label in self.rome)
        blocks = "".join(self._block(n, *block) for n, block in enumerate(self.blocks, 1))
        new = _tag("ID_FICHE_NOUVELLE_CERTIFICATION", self.replaced_by)
        old = _tag("ID_FICHE_ANCIENNE_CERTIFICATION", self.replaces)
        parts = [
            _tag("ID_FICHE", "1"),
            _tag("NUMERO_FICHE", self.code),
            _tag("INTITULE", self.title),
            f"<NOMENCLATURE_EUROPE><NIVEAU>NIV{self.level}</NIVEAU><LIBELLE>Niveau {self.level}</LIBELLE>"
            "</NOMENCLATURE_EUROPE>",
            f"<CODES_ROME>{rome}</CODES_ROME>",
            "<CERTIFICATEURS><CERTIFICATEUR><NOM_CERTIFICATEUR>ECOLE DES JARDINS</NOM_CERTIFICATEUR></CERTIFICATEUR>"
            "</CERTIFICATEURS>",
            f"<NOUVELLES_CERTIFICATIONS><NOUVELLE_CERTIFICATION>{new}</NOUVELLE_CERTIFICATION>"
            "</NOUVELLES_CERTIFICATIONS>" if self.replaced_by else "",
            f"<ANCIENNES_CERTIFICATIONS><ANCIENNE_CERTIFICATION>{old}</ANCIENNE_CERTIFICATION>"
            "</ANCIENNES_CERTIFICATIONS>" if self.replaces else "",
            _tag("PREREQUIS_ENTREE_FORMATION", self.prerequisites) if self.prerequisites else "",
            "<SI_JURY_VAE><ACTIF>Oui</ACTIF><COMPOSITION>Trois jardiniers en exercice</COMPOSITION></SI_JURY_VAE>",
            _tag("DATE_FIN_ENREGISTREMENT", self.until),
            f"<BLOCS_COMPETENCES>{blocks}</BLOCS_COMPETENCES>",
            _tag("ACTIF", self.active),
        ]  # fmt: skip
        body = "\n".join(part for part in parts if part)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<FICHES>\n<FICHE>\n{body}\n</FICHE>\n</FICHES>\n'

    def _block(self, number: int, title: str, competences: tuple[str, ...]) -> str:
        listed = "    ".join(f"C{number}.{n} {text}" for n, text in enumerate(competences, 1))
        return (
            f"<BLOC_COMPETENCES>\n{_tag('CODE', f'{self.code}BC{number:02}')}\n{_tag('LIBELLE', title)}\n"
            f"{_tag('LISTE_COMPETENCES', listed)}\n</BLOC_COMPETENCES>\n"
        )


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def store(folder: Path, *fiches: Fiche) -> Library:
    """A library of these fiches, one source each."""
    paths = [folder / fiche.file for fiche in fiches]
    for fiche, path in zip(fiches, paths, strict=True):
        path.write_text(fiche.xml, encoding="utf-8")
    library = Library.open(folder / "home", create=True)
    *_, last = library.add(paths)
    assert not last.report.failed
    return library


OLDER = Fiche(
    "ancienne.xml", "RNCP90011", "Animateur de jardins partagés",
    (
        ("Organiser la vie d'un jardin",
         ("Planifier les cultures d'une saison avec les habitants", "Tenir le carnet d'arrosage de chaque parcelle")),
        ("Entretenir les sols et l'eau",
         ("Composter les déchets verts du quartier", "Mesurer l'humidité du sol avant chaque arrosage")),
        ("Exercer une activité juridique rurale",
         ("Accueillir un public d'âges différents", "Négocier un bail rural avec un notaire")),
    ),
    (("A1203", "Aménagement et entretien des espaces verts"), ("A1204", "Protection du patrimoine naturel")),
    "01/09/2022", "Non", replaced_by="RNCP90012", prerequisites="Avoir jardiné pendant deux saisons au moins",
)  # fmt: skip
NEWER = Fiche(
    "neuve.xml", "RNCP90012", "Gardien de jardins partagés",
    (
        ("Entretenir l'eau et les sols d'un jardin",
         ("Composter les DECHETS verts du quartier.", "Mesurer l'humidité du sol et du paillage avant l'arrosage",
          "Mesurer le bilan carbone d'un chantier")),
        ("Organiser la vie d'un jardin collectif",
         ("Planifier avec les habitants et les écoles les cultures d'une saison",
          "Tenir le carnet d’arrosage de chaque parcelle", "Accueillir un public d'âges différents")),
        ("Végétaliser des toits",
         ("Calculer la charge d'une toiture avant plantation", "Poser une membrane d'étanchéité")),
    ),
    (("A1203", "Aménagement et entretien des espaces verts"),),
    "31/12/2030", replaces="RNCP90011",
)  # fmt: skip
OTHER = Fiche(
    "autre.xml", "RNCP90013", "Réparateur de vélos cargos",
    (("Réparer un vélo", ("Remplacer un câble de frein", "Centrer une roue voilée")),),
    (("I1607", "Réparation de cycles"),), "31/12/2029", level=3,
)  # fmt: skip
