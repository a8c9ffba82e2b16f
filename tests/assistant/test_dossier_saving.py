"""A dossier saved and reopened: equal, or refused without a word of it."""

import json

import pytest
from dossiers import CANARY, any_dossiers, dossier
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.dossier import saving
from assistant.dossier.editing import with_candidate
from corpus.errors import TooLarge, UnreadableFile


@given(any_dossiers)
def test_any_dossier_comes_back_equal(made) -> None:
    assert saving.unpacked("d.acquis.json", saving.packed(made)) == made


def test_the_file_holds_the_lines_that_serve_as_evidence_and_no_other() -> None:
    text = saving.packed(dossier()).decode()
    assert "Veille radio de nuit pour 40 bateaux" in text
    assert CANARY not in text
    assert "200 repas" not in text


def changed(**body) -> bytes:
    return json.dumps({**json.loads(saving.packed(dossier())), **body}).encode()


def within(change) -> bytes:
    body = json.loads(saving.packed(dossier()))
    change(body["dossier"])
    return json.dumps(body).encode()


def first(body) -> dict:
    return body["targets"][0]["blocks"][0]["competences"][0]


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"", "n’est pas un dossier Acquis"),
        (b"%PDF-1.4", "n’est pas un dossier Acquis"),
        (b"[]", "n’est pas un dossier Acquis"),
        (b'{"format": "autre"}', "n’est pas un dossier Acquis"),
        (b"[" * 100_000, "n’est pas un dossier Acquis"),
        (saving.packed(dossier())[:-40], "est endommagé"),
        (changed(version="1"), "est endommagé"),
        (changed(version=True), "est endommagé"),
        (changed(version=2), "version plus récente"),
        (changed(dossier=None), "est endommagé"),
        (within(lambda d: d.pop("day")), "« day »"),
        (within(lambda d: d.update(day="hier")), "« day »"),
        (within(lambda d: d.update(candidate=7)), "« candidate »"),
        (within(lambda d: first(d).update(own="maybe")), "competences.0.own"),
        (within(lambda d: first(d)["citation"]["quote"].update(first=0)), "« citation »"),
        (within(lambda d: first(d)["proofs"][0]["line"].update(number=0)), "« line »"),
        (within(lambda d: d["jobs"][0]["first"].update(month=13)), "« period »"),
    ],
)
def test_what_is_no_dossier_is_refused(data, hint) -> None:
    with pytest.raises(UnreadableFile) as refused:
        saving.unpacked("mien.acquis.json", data)
    assert hint in refused.value.hint
    assert "mien.acquis.json" in refused.value.hint


def test_a_refusal_quotes_nothing() -> None:
    body = json.loads(saving.packed(with_candidate(dossier(), CANARY)))
    body["dossier"]["candidate"] = [CANARY]
    with pytest.raises(UnreadableFile) as refused:
        saving.unpacked("d", json.dumps(body).encode())
    error = refused.value
    assert CANARY not in f"{error} {error.hint} {error.hint_en}"
    assert error.__cause__ is None
    assert error.__suppress_context__


@settings(max_examples=50)
@given(st.integers(0, 5000), st.binary(max_size=4))
def test_a_damaged_file_is_refused_or_read_but_never_an_accident(at, junk) -> None:
    data = saving.packed(dossier())
    with_junk = data[:at] + junk + data[at + len(junk) :]
    try:
        saving.unpacked("d", with_junk)
    except UnreadableFile as error:
        assert error.hint  # noqa: PT017


def test_what_is_too_large_is_not_read() -> None:
    with pytest.raises(TooLarge, match="expected at most"):
        saving.unpacked("d", b" " * (saving.LARGEST + 1))
