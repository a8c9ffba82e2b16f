"""The CNCP fiche: the two genuine ones, and an invented one of another trade."""

from datetime import date

import pytest
from layout_documents import false_quotes, text_document

from corpus.layouts import cncp, recognise
from corpus.reading import read
from corpus.referential import Coded, Facet

FICHE = """
Répertoire National des Certifications (RNCP)
Résumé descriptif de la certification Code RNCP : 99017
Intitulé
Responsable de fromagerie artisanale

AUTORITÉ RESPONSABLE DE LA CERTIFICATION QUALITÉ DU(ES) SIGNATAIRE(S) DE LA
CERTIFICATION

Association Lait et Terroirs (ALT)Directrice générale
Niveau et/ou domaine d'activité
III (Nomenclature de 1969)
5 (Nomenclature Europe)
Convention(s) : 
Code(s) NSF : 
221r Agroalimentaire, contrôle des fabrications
Formacode(s) : 
21528 : fromagerie
Résumé du référentiel d'emploi ou éléments de compétence acquis

La responsable de fromagerie transforme le lait de la ferme et veille sur l'affinage de chaque pièce, jusqu'à
la mise en vente au marché.
     Activité 1 : Transformer le lait
Elle reçoit le lait et le travaille.
Les capacités attestées :
-          Fabriquer des fromages fermiers
-          Vendre sa production
Secteurs d'activité ou types d'emplois accessibles par le détenteur de ce diplôme, ce titre ou ce certificat
Fermes et petites entreprises laitières.
- Fromager fermier,
- Chef de cave
Codes des fiches ROME les plus proches : 
H2102 : Conduite d'équipement de production alimentaire
Modalités d'accès à cette certification
Descriptif des composantes de la certification : 

La certification comprend deux blocs, évalués en fromagerie.
Bloc de compétence : 

INTITULÉ DESCRIPTIF ET MODALITÉS D'ÉVALUATION
Bloc de compétence n°2 de
la fiche n° 99017 - Vendre sa
production

Descriptif :
- Fixer le prix de chaque fromage selon la durée de son affinage
- Tenir un étal sur un marché de plein air et savoir y conseiller
http://www.lait-terroirs.example

INTITULÉ DESCRIPTIF ET MODALITÉS D'ÉVALUATION
chaque acheteur
Modalités d'évaluation :
Vente observée, puis entretien
Ce bloc est certifié.

Bloc de compétence n°1 de
la fiche n° 99017 -
Fabriquer des fromages

Descriptif :
Projet de fabrication :
Modalité d'évaluation :
Fabrication suivie sur deux mois dans la cave de la fromagerie.
Le/la candidat/te doit
-       cailler et mouler cinquante
litres de lait
-       affiner six fromages

Validité des composantes acquises :  3 an(s)

CONDITIONS D'INSCRIPTION À LA
CERTIFICATION OUINON COMPOSITION DES JURYS

En contrat d'apprentissage X
Après un parcours de formation sous
statut d'élève ou d'étudiant

X 2 fromagers et 1 formateur

Par candidature individuelle X
Par expérience dispositif VAE prévu en
2012

X 2 fromagers et 1 formateur

OUI NON
Accessible en Nouvelle Calédonie X

LIENS AVEC D'AUTRES CERTIFICATIONS ACCORDS EUROPÉENS OU INTERNATIONAUX
Aucun accord à ce jour

Base légale
Référence du décret général : 
Référence arrêté création (ou date 1er arrêté enregistrement) : 

Arrêté du 1er avril 2011 publié au Journal Officiel du 8 avril 2011 portant enregistrement au répertoire.
Enregistrement pour trois ans, au niveau III, sous l'intitulé "Fromager fermier"
avec effet au 2 mai 2010, jusqu'au 8 avril 2014.
Références autres : 

Arrêté du 3 mars 2014 publié au Journal Officiel du 9 mars 2014. Enregistrement pour quatre ans, jusqu'au 9 mars 2018.
Pour plus d'informations
Statistiques : 
12 titulaires en 2013
Autres sources d'information : 

contact@lait-terroirs.example 01 23 45 67 89
Lieu(x) de certification : 

 Ferme-école des Prés
 3, chemin du Lac
 39000 Lons-le-Saunier
Lieu(x) de préparation à la certification déclarés par l'organisme certificateur : 

Antenne d'Aurillac : 5 rue du Cantal - 15000 Aurillac
Antenne de La Roche : 8 place Haute - Bâtiment B -
74800 La Roche-sur-Foron
Historique de la certification : 

* 2005 : Aide fromager
Certification précédente :  Fromager fermier
Certification suivante :  Chef fromager
"""


@pytest.fixture(scope="module")
def fiche():
    document = text_document(FICHE)
    (referential,) = recognise(document)
    assert not false_quotes(document, referential)
    return referential


def values(referential, facet, label=None):
    return [f.value for f in referential.facts_of(facet) if label is None or f.label == label]


def test_the_head_of_a_fiche(fiche):
    assert fiche.layout == "cncp"
    assert fiche.name == "RNCP99017, Responsable de fromagerie artisanale"
    assert fiche.level == 5
    assert fiche.issuers == ("Association Lait et Terroirs (ALT)",)
    assert fiche.nsf == (Coded("221r", "Agroalimentaire, contrôle des fabrications"),)
    assert fiche.formacodes == (Coded("21528", "fromagerie"),)
    assert fiche.rome == (Coded("H2102", "Conduite d'équipement de production alimentaire"),)
    assert values(fiche, Facet.ISSUER, "Qualité du signataire") == ["Directrice générale"]


def test_blocks_have_the_numbers_of_the_fiche(fiche):
    assert [(b.number, b.title, b.code) for b in fiche.blocks] == [
        (1, "Fabriquer des fromages", "RNCP99017BC01"),
        (2, "Vendre sa production", "RNCP99017BC02"),
    ]
    assert [c.text for c in fiche.blocks[0].competences] == [
        "cailler et mouler cinquante litres de lait",
        "affiner six fromages",
    ]
    (assessment,) = fiche.blocks[0].assessments
    assert assessment.text == "Fabrication suivie sur deux mois dans la cave de la fromagerie."
    assert [a.text for a in fiche.blocks[0].activities] == ["Projet de fabrication :"]


def test_a_competence_torn_by_a_page_break_is_whole_and_its_quotes_leave_the_page_furniture_out(fiche):
    torn = fiche.blocks[1].competences[1]
    assert torn.text == "Tenir un étal sur un marché de plein air et savoir y conseiller chaque acheteur"
    assert len(torn.quotes) == 2
    assert [a.text for a in fiche.blocks[1].assessments] == [
        "Vente observée, puis entretien",
        "Ce bloc est certifié.",
    ]


def test_a_route_is_open_where_a_jury_is_given(fiche):
    assert fiche.vae is True
    routes = {f.label: f.value for f in fiche.facts_of(Facet.ACCESS)}
    assert routes["Après un parcours de formation sous statut d'élève ou d'étudiant"] == "oui"
    assert routes["En contrat d'apprentissage"] == "non"
    assert routes["Par expérience dispositif VAE prévu en 2012"] == "oui"
    assert routes["Par expérience dispositif VAE prévu en"] == "2012"
    juries = [s for s in fiche.sections if s.facet is Facet.JURY]
    assert [p.text for s in juries for p in s.parts] == ["2 fromagers et 1 formateur"]


def test_decrees_say_what_they_settle_and_the_last_one_until_when(fiche):
    order = "Arrêté du 1er avril 2011"
    said = {f.label: f.value for f in fiche.facts_of(Facet.LEGAL) if f.label.startswith(order)}
    assert said[f"{order} · publié au Journal Officiel"] == "8 avril 2011"
    assert said[f"{order} · Enregistrement pour"] == "trois ans"
    assert said[f"{order} · au niveau"] == "III"
    assert said[f"{order} · sous l'intitulé"] == "Fromager fermier"
    assert said[f"{order} · avec effet au"] == "2 mai 2010"
    assert said[f"{order} · jusqu'au"] == "8 avril 2014"
    assert fiche.until == date(2018, 3, 9)
    assert values(fiche, Facet.VALIDITY) == ["9 mars 2018"]


def test_addresses_are_labelled_with_their_town(fiche):
    addresses = {f.label: f.value for f in fiche.facts_of(Facet.ADDRESS)}
    assert addresses == {
        "Lieu(x) de certification": "Ferme-école des Prés 3, chemin du Lac 39000 Lons-le-Saunier",
        "Aurillac": "5 rue du Cantal - 15000 Aurillac",
        "La Roche": "8 place Haute - Bâtiment B - 74800 La Roche-sur-Foron",
    }


def test_everything_else_that_can_be_asked_for(fiche):
    assert values(fiche, Facet.CONTACT) == ["contact@lait-terroirs.example", "01 23 45 67 89"]
    assert values(fiche, Facet.WEBSITE) == ["http://www.lait-terroirs.example"]
    assert values(fiche, Facet.STATISTICS) == ["12 titulaires en 2013"]
    assert values(fiche, Facet.COMPONENTS, "Validité des composantes acquises") == ["3 an(s)"]
    assert values(fiche, Facet.HISTORY, "2005") == ["Aide fromager"]
    assert values(fiche, Facet.BLOCKS) == ["2"]
    assert (fiche.replaces, fiche.replaced_by) == (("Fromager fermier",), ("Chef fromager",))


def test_sections_of_the_summary(fiche):
    titles = {s.title: [p.text for p in s.parts] for s in fiche.sections}
    assert titles["Activité 1 : Transformer le lait"][-1] == "Elle reçoit le lait et le travaille."
    assert titles["Les capacités attestées"] == ["Fabriquer des fromages fermiers", "Vendre sa production"]
    sectors = next(s for s in fiche.sections if s.facet is Facet.SECTORS)
    jobs = next(s for s in fiche.sections if s.facet is Facet.JOBS)
    assert [p.text for p in sectors.parts] == ["Fermes et petites entreprises laitières."]
    assert [p.text for p in jobs.parts] == ["Fromager fermier,", "Chef de cave"]


def test_the_nomenclature_of_1969_tells_the_level_where_no_other_does():
    document = text_document(FICHE.replace("5 (Nomenclature Europe)\n", ""))
    assert cncp.parse(document)[0].level == 5


@pytest.mark.parametrize(
    ("described", "competences"),
    [
        ("• Peser le lait\n• Mouler", [(None, "Peser le lait"), (None, "Mouler")]),
        ("C1.1 Peser le lait\nC1.2 Mouler", [("C1.1", "Peser le lait"), ("C1.2", "Mouler")]),
        ("- C1 : Peser le lait\n- C2 : Mouler", [("C1", "Peser le lait"), ("C2", "Mouler")]),
        ("1. Peser le lait\n2. Mouler", [("1", "Peser le lait"), ("2", "Mouler")]),
        ("Le lait est cru.\n\nPeser le lait\n\nMouler", [(None, "Peser le lait"), (None, "Mouler")]),
        ("Le lait est cru.", []),
    ],
)
def test_competences_in_other_house_styles(described, competences):
    start, end = FICHE.index("- Fixer le prix"), FICHE.index("Modalités d'évaluation :\nVente")
    document = text_document(FICHE[:start] + described + "\n" + FICHE[end:])
    (referential,) = recognise(document)
    assert [(c.number, c.text) for c in referential.block(2).competences] == competences
    assert not false_quotes(document, referential)


def test_a_fiche_cut_off_after_its_title_is_still_read():
    document = text_document(FICHE[: FICHE.index("AUTORITÉ")])
    (referential,) = recognise(document)
    assert (referential.layout, referential.code, referential.blocks) == ("cncp", "RNCP99017", ())


GENUINE = {
    "000": ("RNCP26228", 6, date(2020, 1, 4), [2, 2, 2, 2, 4]),
    "003": ("RNCP14506", 6, date(2022, 7, 19), [5, 4, 2, 4, 4]),
}


@pytest.mark.parametrize("start", GENUINE)
def test_genuine_fiches(shared, start):
    (path,) = (shared / "corpus").glob(f"{start}_*.txt")
    document = read(path)
    (referential,) = recognise(document)
    code, level, until, counts = GENUINE[start]
    assert (referential.layout, referential.code, referential.level, referential.until) == ("cncp", code, level, until)
    assert [b.number for b in referential.blocks] == [1, 2, 3, 4, 5]
    assert [len(b.competences) for b in referential.blocks] == counts
    assert all(b.assessments for b in referential.blocks)
    assert referential.vae is True
    assert not false_quotes(document, referential)


def test_the_first_genuine_fiche_in_detail(shared):
    (path,) = (shared / "corpus").glob("000_*.txt")
    (referential,) = recognise(read(path))
    assert [c.code for c in referential.nsf] == ["326n"]
    assert [c.code for c in referential.rome] == ["M1801", "M1805"]
    orders = {f.label for f in referential.facts_of(Facet.LEGAL) if " · " not in f.label}
    assert orders == {"Arrêté du 11 janvier 2012", "Arrêté du 26 mai 2016", "Arrêté du 27 décembre 2018"}
    routes = [f.value for f in referential.facts_of(Facet.ACCESS)]
    assert (routes.count("oui"), routes.count("non")) == (5, 1)
    assert len(referential.facts_of(Facet.JURY)) == 5
    assert len(referential.block(5).activities) == 2, "the lead-in of the last block is kept"
    assert referential.replaces


def test_the_second_genuine_fiche_in_detail(shared):
    (path,) = (shared / "corpus").glob("003_*.txt")
    (referential,) = recognise(read(path))
    assert sum(s.facet is Facet.ACTIVITIES for s in referential.sections) == 5
    towns = {f.label for f in referential.facts_of(Facet.ADDRESS)}
    assert len(referential.facts_of(Facet.ADDRESS)) == 25
    assert {"Lyon", "La Rochelle", "Nice Sophia Antipolis", "Toulouse"} <= towns
    assert [f.label for f in referential.facts_of(Facet.HISTORY)][:3] == ["1998", "2002", "2007"]
    assert len({f.label for f in referential.facts_of(Facet.LEGAL) if " · " not in f.label}) == 9
    assert "90" in referential.facts_of(Facet.STATISTICS)[0].value
