"""Questions to a store of more certifications than can be gone through: what people look for, and what is not held."""

from __future__ import annotations

from datetime import date

import pytest
from invented_fiches import NEWER, OLDER, OTHER, Fiche

from assistant.answer import Status, Turn
from assistant.assistant import Assistant
from index.library import Library

TRADES = ("Tonnelier", "Souffleur de verre", "Relieur", "Facteur de clavecins", "Vannier", "Lapidaire", "Sellier")


def export(*fiches: Fiche) -> str:
    inside = "".join(f.xml.partition("<FICHES>")[2].rpartition("</FICHES>")[0] for f in fiches)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<FICHES>{inside}</FICHES>\n'


@pytest.fixture(scope="module")
def assistant(tmp_path_factory) -> Assistant:
    folder = tmp_path_factory.mktemp("large")
    others = [
        Fiche(
            "",
            f"RNCP{91000 + n}",
            f"{trade}, lot {n}",
            ((f"Tenir le poste {n}", ("Ranger l'atelier",)),),
            (),
            "31/12/2030",
        )
        for n, trade in enumerate(TRADES * 10)
    ]
    (folder / "export.xml").write_text(export(OLDER, NEWER, OTHER, *others), encoding="utf-8")
    library = Library.open(folder / "home", create=True)
    *_, last = library.add([folder / "export.xml"])
    assert not last.report.failed
    return Assistant(library, today=lambda: date(2026, 1, 15))


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("Je cherche une formation pour devenir réparateur de vélos", "RNCP90013"),
        ("je suis gardienne de jardins partagés, que puis-je viser ?", "RNCP90012"),
        ("I want to work in the repair of cargo bikes, which title?", "RNCP90013"),
    ],
)
def test_who_looks_for_a_certification_is_told_those_in_force(assistant, question, code):
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert answer.certifications[0].startswith(code)
    assert not any("RNCP90011" in told for told in answer.certifications)  # not in force
    assert "{" not in answer.text


def test_such_a_wish_is_not_about_what_was_asked_before(assistant):
    asked = "Quels sont les blocs du titre Réparateur de vélos cargos ?"
    before = (Turn("user", asked), Turn("assistant", assistant.ask(asked).text))
    answer = assistant.ask("je voudrais devenir gardienne de jardins partagés", before)
    assert answer.certifications[0].startswith("RNCP90012")


@pytest.fixture
def before(assistant) -> tuple[Turn, Turn]:
    asked = "Quels sont les blocs du titre Réparateur de vélos cargos ?"
    return Turn("user", asked), Turn("assistant", assistant.ask(asked).text)


@pytest.mark.parametrize(
    "question",
    [
        "Que faut-il pour être membre du jury ?",
        "Quelle expérience faut-il pour être candidat ?",
        "Que peut-on valider avec ce bloc ?",
        "Que peut-on passer après cette certification ?",
        "Que peut-on valider par la VAE ?",
        "Je voudrais travailler avec ce titre, à quel niveau est-il ?",
        "Quelles compétences faut-il pour exercer en autonomie ?",
        "Faut-il une autorisation pour exercer ?",
        "Je voudrais être sûre qu'il est toujours actif.",
        "Je voudrais être vraiment certain de la date de fin.",
        "Je souhaite être informé de la date de fin.",
    ],
)
def test_who_asks_on_about_a_certification_looks_for_no_other(assistant, before, question):
    assert [told[:9] for told in assistant.ask(question, before).certifications] == ["RNCP90013"]


@pytest.mark.parametrize(
    "question",
    [
        "Je voudrais être sûr que le titre Réparateur de vélos cargos est toujours actif.",
        "Je voudrais travailler avec le titre Réparateur de vélos cargos, jusqu'à quand est-il valable ?",
    ],
)
def test_a_title_named_within_a_wish_is_answered(assistant, question):
    answer = assistant.ask(question)
    assert [told[:9] for told in answer.certifications] == ["RNCP90013"]
    assert "trouvées" not in answer.text


@pytest.mark.parametrize(
    ("question", "trade"),
    [
        ("je voudrais être relieur", "Relieur"),
        ("je veux devenir vannier, en alternance", "Vannier"),
        ("Quel titre faut-il pour exercer le métier de vannier ?", "Vannier"),
        ("Quel niveau faut-il pour devenir relieur ?", "Relieur"),
        ("J'aimerais travailler le verre, quel niveau faut-il ?", "verre"),
        ("je cherche un diplôme de niveau 5 pour travailler le verre", "verre"),
        ("je suis tonnelier, que puis-je viser ?", "Tonnelier"),
    ],
)
def test_who_names_another_job_looks_for_another_certification(assistant, before, question, trade):
    answer = assistant.ask(question, before)
    assert answer.text.startswith("Certifications en vigueur trouvées")
    assert trade in answer.certifications[0]


@pytest.mark.parametrize(
    "wish",
    [
        "je veux devenir électricien",
        "je veux devenir professeur d'anglais",
        "je voudrais être aide-soignante",
        "je veux devenir traiteur",
        "je veux travailler dans l'industrie",
    ],
)
def test_a_job_that_no_title_holds_is_looked_for_all_the_same(assistant, before, wish):
    assert assistant.ask(wish, before).text.startswith("Certifications en vigueur trouvées")


def test_a_title_outside_such_a_wish_is_named_as_ever(assistant):
    answer = assistant.ask("Quels sont les blocs du titre Réparateur de vélos cargos ?")
    assert "Réparer un vélo" in answer.text
    assert [told[:9] for told in answer.certifications] == ["RNCP90013"]


def test_what_is_not_held_is_told_with_the_nearest(assistant):
    answer = assistant.ask("Quel est le niveau du BTS conseiller en jardins partagés ?")
    assert answer.status is Status.NOT_FOUND
    assert "BTS conseiller en jardins partagés" in answer.text.splitlines()[0]
    assert "RNCP90012" in answer.text.splitlines()[1]
    assert "Tonnelier" not in answer.text
