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
