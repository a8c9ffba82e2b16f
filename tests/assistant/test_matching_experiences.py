"""A CV in parts: dates as people write them, jobs, sections; every item points to its line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.matching.experiences import resume
from assistant.matching.paragraphs import paragraphs
from assistant.matching.periods import Month, periods
from assistant.matching.sections import Section, heading
from assistant.matching.statements import Kind, statements
from corpus.document import Document, Page

TODAY = date(2024, 6, 15)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2017 – 2023", Month(2017), Month(2023)),
        ("2015 à 2022", Month(2015), Month(2022)),
        ("2016-2020", Month(2016), Month(2020)),
        ("2008-11", Month(2008), Month(2011)),
        ("2019/2021", Month(2019), Month(2021)),
        ("depuis 2019", Month(2019), None),
        ("Depuis mars 2019", Month(2019, 3), None),
        ("depuis le 01/02/2020", Month(2020, 2), None),
        ("2019 à ce jour", Month(2019), None),
        ("2019 à aujourd’hui", Month(2019), None),
        ("10/2019 → en cours", Month(2019, 10), None),
        ("sept. 2022 – août 2024", Month(2022, 9), Month(2024, 8)),
        ("03/2015-12/2018", Month(2015, 3), Month(2018, 12)),
        ("01/09/2015 au 31/08/2017", Month(2015, 9), Month(2017, 8)),
        ("1er septembre 2019 – 30 juin 2020", Month(2019, 9), Month(2020, 6)),
        ("de janvier à juin 2016", Month(2016, 1), Month(2016, 6)),
        ("Jan 2018 - Dec 2020", Month(2018, 1), Month(2020, 12)),
        ("from May 2019 to present", Month(2019, 5), None),
        ("since 2020", Month(2020), None),
        ("février 2012 - décembre 2013", Month(2012, 2), Month(2013, 12)),
        ("en 2014", Month(2014), Month(2014)),
        ("d'avril 2016 à février 2018", Month(2016, 4), Month(2018, 2)),
        ("étés 2010 à 2013", Month(2010), Month(2013)),
        ("hiver 2020-2021 et hiver 2021-2022", Month(2020), Month(2022)),
        ("summer 2010 – autumn 2012", Month(2010), Month(2012)),
        ("saison d'été 2021 (juin à septembre)", Month(2021, 6), Month(2021, 9)),
        ("2021 (novembre à mars)", Month(2021, 11), Month(2022, 3)),
        ("de novembre à mars 2022", Month(2021, 11), Month(2022, 3)),
        ("2019 (6 mois)", Month(2019), Month(2019)),
        ("janvier 2021 - Present (3 ans 11 mois)", Month(2021, 1), None),
    ],
)
def test_a_period_is_read_as_it_is_written(text: str, first: Month, last: Month | None) -> None:
    line = f"Serveuse, Brasserie du Port ({text})"
    found = periods(line)
    assert [(p.first, p.last) for p in found] == [(first, last)]
    assert text.lower().lstrip("defrom ")[:4] in line[found[0].start : found[0].end].lower()


@pytest.mark.parametrize("text", ["ISO 27001", "40 appels/jour", "3000 articles", "norme NF C 15-100", "code 201920"])
def test_numbers_that_are_no_dates_are_left(text: str) -> None:
    assert periods(text) == ()


def test_stretches_months_apart_are_not_one_long_one():
    found = periods("Plongeur (01/2018 - 02/2018, 12/2019 - 12/2019)")
    assert [(p.first, p.last) for p in found] == [(Month(2018, 1), Month(2018, 2)), (Month(2019, 12), Month(2019, 12))]
    joined = periods("Plongeur (01/2018 - 06/2018 puis 07/2018 - 12/2019)")
    assert [(p.first, p.last) for p in joined] == [(Month(2018, 1), Month(2019, 12))]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2017 – 2023", 72),
        ("sept. 2022 – août 2024", 24),
        ("depuis mars 2024", 4),
        ("2014", 12),
        ("mai 2020 - mai 2020", 1),
    ],
)
def test_a_period_has_a_length(text: str, months: int) -> None:
    assert periods(text)[0].months(TODAY) == months


CV = """Camille Exemple
12 rue des Essais, 44000 Nantes – camille@example.org – 06 00 00 00 01

EXPÉRIENCES PROFESSIONNELLES
Cheffe de rang – Brasserie du Port, Nantes (avril 2019 – mars 2023)
• Service de 60 couverts
• Formation de deux commis

2015-2019 : Serveuse, Hôtel des Voyageurs, Angers
- Accueil, encaissement

Groupe Restalliance | Employée de restauration | 2012 à 2015
- Préparation des plateaux

FORMATION
2012 CAP Restaurant, lycée hôtelier

Langues : anglais B1
Centres d'intérêt
Voile, photographie"""


def read(text: str) -> Document:
    return Document("cv.txt", tuple(text.split("\n")), "")


def test_jobs_are_found_with_title_employer_period_and_tasks() -> None:
    jobs = resume(read(CV)).experiences
    assert [j.title.text for j in jobs if j.title] == ["Cheffe de rang", "Serveuse", "Employée de restauration"]
    employers = ["Brasserie du Port", "Hôtel des Voyageurs", "Groupe Restalliance"]
    assert [j.employer.text for j in jobs if j.employer] == employers
    assert [j.period and (j.period.first, j.period.last) for j in jobs] == [
        (Month(2019, 4), Month(2023, 3)),
        (Month(2015), Month(2019)),
        (Month(2012), Month(2015)),
    ]
    assert [[t.text for t in j.tasks] for j in jobs] == [
        ["Service de 60 couverts", "Formation de deux commis"],
        ["Accueil, encaissement"],
        ["Préparation des plateaux"],
    ]


def test_the_other_sections_are_told_apart_and_contact_details_are_in_none() -> None:
    found = resume(read(CV))
    assert [i.text for i in found.education] == ["2012 CAP Restaurant, lycée hôtelier"]
    assert [i.text for i in found.languages] == ["anglais B1"]
    assert [i.text for i in found.leisure] == ["Voile, photographie"]
    said = "\n".join(s.text for s in statements(found))
    assert "example.org" not in said
    assert "06 00" not in said


def test_every_item_stands_verbatim_in_its_line() -> None:
    cv = read(CV)
    found = statements(resume(cv))
    assert len(found) > 10
    for statement in found:
        assert statement.text in cv.lines[statement.line - 1]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Stage – développement C++, Grenoble (mars – août 2023)", "développement C++"),
        ("Intérim – cariste – 2014", "cariste"),
        ("Scrum master (PSM) – banque, Lille, 2020-2024", "Scrum master (PSM)"),
        ("Infirmière chez Clinique du Lac, depuis 2018", "Infirmière"),
        ("Driver at Northern Freight, since May 2019", "Driver"),
        ("SARL Martin, maçon, 2010-2012", "maçon"),
    ],
)
def test_the_title_is_what_the_person_was(line: str, title: str) -> None:
    job = resume(read(line)).experiences[0]
    assert job.title
    assert job.title.text == title


def test_a_title_on_its_own_line_above_or_below_its_dates() -> None:
    text = "EXPÉRIENCE\n2018 – 2021\nComptable, Cabinet Durand\n- Saisie\n\nAide-comptable\n2015 - 2018\n- Classement"
    jobs = resume(read(text)).experiences
    assert [j.title.text for j in jobs if j.title] == ["Comptable", "Aide-comptable"]
    assert [j.employer and j.employer.text for j in jobs] == ["Cabinet Durand", None]
    assert [[t.text for t in j.tasks] for j in jobs] == [["Saisie"], ["Classement"]]


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("COMPÉTENCES :", Section.SKILLS),
        ("Work experience", Section.WORK),
        ("— Formations —", Section.EDUCATION),
        ("Centres d’intérêt", Section.LEISURE),
        ("Formation de deux apprentis", None),
        ("Langues vivantes enseignées au collège", None),
    ],
)
def test_headings(line: str, section: Section | None) -> None:
    assert heading(line) is section


@pytest.mark.parametrize(
    ("task", "kind", "context"),
    [
        ("- Sage 100, Excel", Kind.NAMED, False),
        ("- FIMO/FCO, ADR", Kind.NAMED, False),
        ("- Tenue de la comptabilité de 12 clients", Kind.ACTIVITY, True),
        ("- Saisie des factures, rapprochements bancaires", Kind.ACTIVITY, False),
        ("- Délai de livraison divisé par deux", Kind.ACTIVITY, True),
    ],
)
def test_a_bare_list_is_no_activity(task: str, kind: Kind, context: bool) -> None:
    said = statements(resume(read(f"Employé – magasin – 2010-2012\n{task}")))[-1]
    assert (said.kind, said.context) == (kind, context)


def test_a_long_task_is_read_sentence_by_sentence() -> None:
    prose = "J'ai tenu la caisse du magasin et formé les nouveaux. " * 3
    prose += "J'ai aussi passé les commandes de la semaine."
    job = resume(read(f"Vendeuse – librairie, Lens, 2010-2012\n{prose}")).experiences[0]
    assert [t.text for t in job.tasks][-1] == "J'ai aussi passé les commandes de la semaine."
    assert {t.line for t in job.tasks} == {2}
    assert len(job.tasks) == 4


@given(st.text(alphabet="ab é’-–•:,;()/2019 \t\u200b\n@|%…€", max_size=300))
def test_whatever_is_read_every_statement_stands_in_its_line(text: str) -> None:
    cv = read(text)
    for statement in statements(resume(cv)):
        assert statement.text in cv.lines[statement.line - 1]


def test_nothing_at_all_is_no_error() -> None:
    for text in ("", "\n\n", "\u200b", "....", "2012"):
        assert statements(resume(read(text))) == ()


def jobs(text: str, medium: str = "text", pages: tuple[Page, ...] = ()) -> list[tuple[str, str, int]]:
    """Title and employer of each experience, and how many tasks it has."""
    read = resume(Document("cv", tuple(text.split("\n")), "", medium, pages)).experiences
    return [(e.title.whole if e.title else "", e.employer.whole if e.employer else "", len(e.tasks)) for e in read]


def test_posts_under_the_name_of_one_employer_have_it():
    text = """Expérience
Norvalys
6 ans 2 mois
Cheffe d'équipe
mars 2022 - Present (2 ans)
Planning de huit agents
Passage au tri en flux continu
Agente de tri
janvier 2018 - février 2022 (4 ans 2 mois)
Tri du courrier"""
    assert jobs(text) == [("Cheffe d'équipe", "Norvalys", 2), ("Agente de tri", "Norvalys", 1)]


def test_an_employer_is_what_stands_after_a_title_in_capitals_or_after_chez_and_no_place_or_length():
    capitals = "Expérience\n04/2015 – 07/2018 BREST, FRANCE\nVENDEUSE EN LIBRAIRIE Les Deux Rives\n• Conseil"
    assert jobs(capitals) == [("VENDEUSE EN LIBRAIRIE", "Les Deux Rives", 1)]
    margin = "Expérience\nDepuis juin 2021\nLyon\nTechnicien réseau chez Orvalane\n• Câblage"
    assert jobs(margin) == [("Technicien réseau", "Orvalane", 1)]
    assert jobs("Expérience\nStagiaire – Librairie Hune\nJuin 2016 (5 semaines)\n• Réception") == [
        ("Stagiaire", "Librairie Hune", 1)
    ]
    named = "Expérience\n2005 – 2010\nCariste\nFILATURE DURAND – LAVAL\n• Inventaires"
    assert jobs(named) == [("Cariste", "FILATURE DURAND", 1)]


def test_marks_of_markdown_and_contracts_are_no_part_of_a_name():
    text = (
        "## Expérience\n### Cariste – Nordal\n*2016 – 2020*\n* Réception\n### Vendeur – Estal\n*2014 – 2015*\n* Caisse"
    )
    assert jobs(text) == [("Cariste", "Nordal", 1), ("Vendeur", "Estal", 1)]
    season = "Expérience\nDu 05/07/2013 au 31/08/2015\nAnimatrice\nCDD saisonnier – Ville d'Orval\n• Jeux"
    assert jobs(season) == [("Animatrice", "Ville d'Orval", 1)]


def test_where_titles_usually_come_second_a_name_that_sounds_like_a_trade_is_none():
    text = """Expérience
2020 – 2024
Norvalys
Secrétaire
2016 – 2020
Estalor
Vendeuse
2013 – 2016
Opticien Clairon – Vendeuse"""
    assert jobs(text)[2][:2] == ("Vendeuse", "Opticien Clairon")


def test_a_leave_is_no_experience_and_takes_no_tasks():
    text = "Expérience\n2021 – 2024 Serveuse, Bar du Port\n• Service\n2019 – 2021 Congé parental\n"
    text += "2015 – 2019 Commise, Bar du Lac"
    assert jobs(text) == [("Serveuse", "Bar du Port", 1), ("Commise", "Bar du Lac", 0)]


def test_a_text_without_capitals_keeps_its_lines_apart():
    text = """experience
de mars 2019 a aujourd'hui agent de surete chez Vigilor a Evry
rondes de nuit et verification des extincteurs d'un entrepot de taille
appel des secours
de 2012 a 2014 militaire du rang au 17e regiment du train
garde du quartier
service militaire
entretien des vehicules"""
    assert jobs(text) == [
        ("agent de surete", "Vigilor a Evry", 2),
        ("militaire du rang", "17e regiment du train", 2),
    ]


def test_dates_parted_by_a_narrow_column_are_one_period_and_lines_that_pages_repeat_are_no_tasks():
    text = """Odile Exemple – soudeuse
Expérience
mai 2014
à nov. 2019
Soudeuse, Chantiers Moriel
• Soudage
Odile Exemple – soudeuse
• Contrôle des cordons"""
    pages = (Page(1, 1, 6), Page(2, 7, 8))
    assert jobs(text, "pdf", pages) == [("Soudeuse", "Chantiers Moriel", 2)]
    job = resume(Document("cv", tuple(text.split("\n")), "", "pdf", pages)).experiences[0]
    assert (job.period.first, job.period.last) == (Month(2014, 5), Month(2019, 11))


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("Garde de 2 enfants de moins de 3 ans", "Garde de 3 enfants de moins de 3 ans", 2),
        ("• Nettoyage du poste", "• Nettoyage du poste", 2),
        ("Odile Exemple · page 1/2", "Odile Exemple · page 2/2", 1),
    ],
)
def test_only_what_pages_bear_again_is_left_out_of_the_second(first: str, second: str, kept: int) -> None:
    lines = ("Expérience", first, "2012", second)
    found = paragraphs(Document("cv", lines, "", "pdf", (Page(1, 1, 2), Page(2, 3, 4))))
    assert sum(p.text in (first, second) for p in found) == kept


def test_diplomas_that_follow_the_jobs_of_a_cv_without_headings_are_no_job_and_no_task():
    text = "2015-2019 : BERGÈRE, GAEC DU COL\n\nTraite\n\nBPA Productions animales, CFPPA, 2014\nCACES 9, permis B"
    cv = resume(Document("cv", tuple(text.split("\n")), ""))
    assert [len(e.tasks) for e in cv.experiences] == [1]
    assert [i.line for i in cv.education] == [5, 6]


def test_the_trade_of_an_employer_in_a_form_is_no_task():
    text = "Expérience\nDates : 2012 – 2017\nFonction : Comptable\nMissions : Lettrage\n"
    text += "Employeur : Sertal\nSecteur d'activité : Meubles"
    assert jobs(text) == [("Comptable", "Sertal", 1)]


@pytest.mark.parametrize(
    ("lines", "trade"),
    [
        (("Contact", "o.grandval@example.org", "ODILE", "GRANDVAL"), False),
        (("ODILE GRANDVAL – SOUDEUSE", "o.grandval@example.org"), True),
        (("odile grandval", "o.grandval@example.org"), False),
        (("Nom / Prénom  Grandval Odile", "o.grandval@example.org"), False),
    ],
)
def test_a_name_is_known_in_two_lines_beside_a_trade_in_small_letters_and_in_a_form(lines, trade: bool) -> None:
    job = ("Expérience", "2019 – 2021 Soudeuse, Chantiers Moriel", "• Soudage")
    said = [s.read for s in statements(resume(Document("cv", (*lines, *job), "")))]
    assert ("SOUDEUSE" in said) == trade
    assert not any(name in words.lower() for words in said for name in ("grandval", "odile"))


def test_lengths_in_a_row_are_read_at_once() -> None:
    line = "2019 (" + "2 ans " * 160
    assert [e.period.first for e in resume(Document("cv", (line,), "")).experiences] in ([], [Month(2019)])
