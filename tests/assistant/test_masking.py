"""What of a CV never reaches a language model: invented people, every detail a canary."""

import time

import pytest

from assistant.model.masking import LONGEST, Mask, Private

CV = """CURRICULUM VITAE
Aurélie-Maud QUIMBOISEUX
Technicienne supérieure
7 ter, impasse des Fauvettes - 22310 Plestin-les-Grèves
Tél. : 06.98.76.54.32 / +33 2 96 11 22 33 – a.quimboiseux@courriel-exemple.fr
https://www.linkedin.com/in/aurelie-quimboiseux | github.com/amquimb
Née le 14 février 1987 à Lannion, 38 ans
N° de sécurité sociale : 2 87 02 22 113 045 66
EXPÉRIENCES
Technicienne – Mairie de Trégastel (2015 – 2023)
- Supervision de 90 serveurs avec M. Gwendal TROADEC
- Référent : Nolwenn Le Bihan
- Aurélie a formé 12 collègues, budget de 45 000 euros"""
SECRETS = """Aurélie Maud QUIMBOISEUX Quimboiseux quimboiseux Fauvettes 22310 Plestin 06.98 54.32 96 11 22 linkedin
amquimb 1987 février Lannion 38 ans 113 045 Gwendal TROADEC Nolwenn Bihan""".split()  # noqa: SIM905
SHORT = {"ans", "11", "22", "96", "38"}  # looked for with their neighbours only


@pytest.fixture
def mask() -> Mask:
    return Mask(CV.split("\n"))


def test_nothing_private_is_left_and_the_work_is(mask):
    masked = "\n".join(map(mask.masked, CV.split("\n")))
    for secret in set(SECRETS) - SHORT:
        assert secret not in masked, secret
    assert "38 ans" not in masked
    for kept in ("Supervision de 90 serveurs", "2015 – 2023", "budget de 45 000 euros", "12 collègues"):
        assert kept in masked
    assert all(mask.counts.values())


def test_the_same_words_have_the_same_place_holder_and_come_back(mask):
    for line in CV.split("\n"):
        assert mask.unmasked(mask.masked(line)) == line
    assert mask.masked("Aurélie et Aurélie") == mask.masked("Aurélie et Aurélie")
    assert mask.masked("Aurélie") != mask.masked("Maud")
    assert mask.unmasked("[NOM 99] [TOUT]") == "[NOM 99] [TOUT]"


def test_brackets_of_the_cv_itself_stand_for_nothing(mask):
    mask.masked("Aurélie")
    assert mask.masked("[NOM] et [E-MAIL 2]") == "(NOM) et (E-MAIL 2)"


@pytest.mark.parametrize(
    "plain",
    [
        "Windows Server 2019, version 10.0.19041",
        "Titulaire du RNCP38822, ISO 27001 depuis 2020",
        "3 places de marché, 2 routes nationales, 12 quais de chargement",
        "Réseau 192.168.10.0/24, 45000 utilisateurs",
        "Gestion de 1 200 000 euros de budget sur 5 ans d'exercice",
        "Poste de directeur : encadrement de dix personnes",
        "Ouverture de la cité administrative, rue par rue",
    ],
)
def test_work_is_not_taken_for_private_details(plain):
    assert Mask(["Quelqu'un d'autre", plain]).masked(plain) == plain


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Private.PHONE, "0698765432"),
        (Private.PHONE, "+32 475 12 34 56"),
        (Private.PHONE, "00 33 6 98 76 54 32"),
        (Private.MAIL, "prenom.nom@exemple.org"),
        (Private.MAIL, "prenom.nom (at) exemple.org"),
        (Private.LINK, "www.exemple.org/portfolio"),
        (Private.LINK, "linkedin.com/in/quelquun"),
        (Private.BIRTH, "né le 01/02/1990"),
        (Private.BIRTH, "Date de naissance : 1er mars 1990"),
        (Private.BIRTH, "Born on March 3, 1990"),
        (Private.ADDRESS, "12 bis avenue du Général Leclerc"),
        (Private.ADDRESS, "4, Place d'Armes"),
        (Private.ADDRESS, "75011 Paris"),
        (Private.ADDRESS, "10 Downing Street"),
        (Private.NUMBER, "1 85 12 75 108 123 45"),
    ],
)
def test_each_kind_in_its_forms(kind, text):
    mask = Mask([])
    assert mask.masked(f"- {text}") == f"- [{kind}]"
    assert mask.unmasked(f"[{kind}]") == text


@pytest.mark.parametrize("unit", ["Aa'", "a.", "A-", "0 ", "a@", "12 rue A", "M. Ab ", "né le 1 "])
def test_hostile_lines_take_no_time(unit):
    line = unit * 20_000
    start = time.process_time()
    assert len(Mask([line]).masked(line)) <= 20 * LONGEST
    assert time.process_time() - start < 2
