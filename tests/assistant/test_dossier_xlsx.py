"""The matrix as a workbook: complete, and nothing in it runs."""

import io
import zipfile

import pytest
from dossiers import CANARY, any_dossiers, dossier
from hypothesis import given, settings
from openpyxl import load_workbook

from assistant.cells import harmless
from assistant.dossier import editing as edit
from assistant.dossier.dossier import Place, places
from assistant.dossier.xlsx import xlsx
from assistant.matching.evidence import State


def read(data: bytes):
    return load_workbook(io.BytesIO(data))


def cells(data: bytes) -> list:
    return [cell for sheet in read(data) for row in sheet.iter_rows() for cell in row]


def rows(book, name: str) -> list[dict]:
    head, *others = book[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in others]


def test_the_matrix_has_a_row_a_competence_with_proposal_correction_and_proofs() -> None:
    found = edit.with_state(dossier(), Place(0, 0, 2), State.PROVEN)
    found = edit.with_answer(found, Place(0, 1, 1), "Journal tenu huit ans")
    table = rows(read(xlsx(found)), "Compétences")
    assert len(table) == len(places(found)) == 5
    third = table[2]
    assert (third["Bloc"], third["N°"], third["Proposé"], third["Retenu"], third["Réponse"]) == (
        1, "1.3", "déclarée seulement", "démontrée", "oui",
    )  # fmt: skip
    assert third["Lignes du CV"] == "9"
    assert "=SOMME(A1)" in third["Preuves"]
    assert table[1]["Lignes du CV"] == "4, 5"
    assert table[4]["Entretien"] == "Journal tenu huit ans"
    assert table[4]["Type"] == "transversale"


def test_blocks_experiences_their_crossing_and_sources_have_a_sheet_each() -> None:
    book = read(xlsx(dossier()))
    assert [
        (r["Bloc"], r["Oui"], r["Partiellement"], r["Non"], r["Couverture, techniques"]) for r in rows(book, "Blocs")
    ] == [
        (1, 1, 1, 1, 0.5),
        (2, 1, 0, 1, 1),
    ]
    assert [r["Mois"] for r in rows(book, "Expériences")] == [100, 24]
    crossed = rows(book, "Expériences × blocs 1")
    assert [tuple(r.values())[1:] for r in crossed] == [(2, 1), (0, 0), (1, 0)]
    facts = [tuple(r.values()) for r in rows(book, "Sources")]
    assert ("Référentiel, empreinte SHA-256", "a" * 64) in facts
    assert book["Compétences"].freeze_panes == "A2"


@pytest.mark.parametrize("typed", ["=1+1", "+33 6", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|' /C calc'!A0", "\n+1"])
def test_no_text_starts_a_formula(typed) -> None:
    assert harmless(typed).startswith("'")
    found = edit.with_candidate(dossier(), typed)
    written = cells(xlsx(found))
    assert not [c.coordinate for c in written if c.data_type == "f"]
    texts = [c.value.lstrip() for c in written if isinstance(c.value, str)]
    assert not [t for t in texts if t.startswith(("=", "+", "-", "@"))]


def test_other_texts_are_left_alone() -> None:
    assert harmless("Zabbix = supervision") == "Zabbix = supervision"


@settings(max_examples=15, deadline=None)
@given(any_dossiers)
def test_any_dossier_makes_a_workbook_without_a_formula(made) -> None:
    data = xlsx(made)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert all(b"<f>" not in parts.read(name) for name in parts.namelist())
    assert all(c.data_type != "f" for c in cells(data))


def test_lines_that_are_no_evidence_are_not_in_it() -> None:
    assert not [c for c in cells(xlsx(dossier())) if CANARY in str(c.value)]
