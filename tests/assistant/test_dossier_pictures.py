"""Pictures: their figures, and that the drawing is sound, described, and says without colour what it says."""

from xml.etree import ElementTree

import pytest
from dossiers import any_dossiers, dossier
from hypothesis import given, settings

from assistant.dossier import editing as edit
from assistant.dossier.dossier import Place
from assistant.dossier.pictures.coverage import bars, coverage_svg
from assistant.dossier.pictures.heat import Heat, heat, heat_svg
from assistant.dossier.pictures.timeline import spans, timeline_svg
from assistant.matching.evidence import State

NAMES = {State.PROVEN: "montrée", State.PARTIAL: "en partie", State.CLAIMED: "citée", State.ABSENT: "absente"}
WORDS = ("image-1", "Titre <1>", "Description & suite", "Bloc {n}")
SVG = "{http://www.w3.org/2000/svg}"


def pictures(found) -> dict[str, str]:
    target = found.targets[0]
    return {
        "coverage": coverage_svg(bars(target), *WORDS, lambda state, count: NAMES[state] + "s" * (count > 1)),
        "heat": heat_svg(heat(found, target), *WORDS, "Hors <expériences>"),
        "timeline": timeline_svg(spans(found, target), *WORDS),
    }


def words(svg: str) -> list[str]:
    return [t.text or "" for t in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_bars_count_the_states_as_they_stand() -> None:
    found = edit.with_state(dossier(), Place(0, 1, 1), State.PARTIAL)
    first, second = bars(found.targets[0])
    assert (first.number, first.counts) == (1, ((State.PROVEN, 1), (State.PARTIAL, 1), (State.CLAIMED, 1)))
    assert (second.total, second.counts) == (2, ((State.PROVEN, 1), (State.PARTIAL, 1)))
    assert [b.number for b in bars(edit.with_aim(found, 0, 0, False).targets[0])] == [2]


def test_heat_counts_each_line_once_a_block() -> None:
    found = dossier()
    assert heat(found, found.targets[0]) == Heat(
        (1, 2),
        (
            ("Gardienne de phare, phare du Cap Sombre", (2, 1)),
            ("Aide-cuisinière, cantine des Embruns", (0, 0)),
            ("", (1, 0)),
        ),
    )


def test_the_time_line_has_dates_in_years_and_the_blocks_of_each_experience() -> None:
    found = dossier()
    cook, keeper = spans(found, found.targets[0])
    assert (cook.first, cook.last, cook.blocks) == (2012, 2015, ())
    assert (keeper.first, keeper.last) == (pytest.approx(2015 + 2 / 12), pytest.approx(2023.5))
    assert keeper.blocks == (1, 2)
    assert not keeper.current


@pytest.mark.parametrize("kind", ["coverage", "heat", "timeline"])
def test_a_picture_names_and_describes_itself(kind) -> None:
    root = ElementTree.fromstring(pictures(dossier())[kind])
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "image-1-title image-1-desc"
    assert root.find(f"{SVG}title").text == "Titre <1>"
    assert root.find(f"{SVG}desc").text == "Description & suite"


def test_figures_and_blocks_are_written_out_and_not_only_coloured() -> None:
    drawn = pictures(dossier())
    assert words(drawn["coverage"]) == [
        "Bloc 1", "1 montrée", "1 en partie", "1 citée", "Bloc 2", "1 montrée", "1 absente",
    ]  # fmt: skip
    assert {"2", "1", "–", "Bloc 1", "Hors <expériences>"} <= set(words(drawn["heat"]))
    assert "1+2" in words(drawn["timeline"])
    patterns = ElementTree.fromstring(drawn["coverage"]).iter(f"{SVG}pattern")
    inner = {"".join(child.tag for child in p) for p in patterns}
    assert len(inner) == 4  # solid, stripes, dots, nothing: told apart without colour


@settings(max_examples=40, deadline=None)
@given(any_dossiers.filter(lambda d: d.targets))
def test_any_dossier_can_be_drawn(made) -> None:
    for svg in pictures(made).values():
        allowed = "".join(c for c in svg if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
        assert not svg or ElementTree.fromstring(allowed) is not None
