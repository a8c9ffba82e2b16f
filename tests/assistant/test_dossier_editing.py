"""A dossier: what the match proposes, what an advisor makes of it, and back."""

from dataclasses import replace

import pytest
from dossiers import CV, DAY, LIGHTHOUSE, any_dossiers, competence, dossier, matches, referential
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.dossier import editing as edit
from assistant.dossier.dossier import OFFICIAL, Line, Official, Place, places
from assistant.dossier.editing import History
from assistant.dossier.opening import opened
from assistant.dossier.saving import packed, unpacked
from assistant.dossier.wording import wording
from assistant.matching.evidence import BlockMatch, State
from assistant.matching.gaps import question
from assistant.matching.periods import Month
from corpus.errors import UsageError
from corpus.layouts import recognise
from corpus.reading import read

PROVEN, PARTIAL, CLAIMED, ABSENT = Place(0, 0, 0), Place(0, 0, 1), Place(0, 0, 2), Place(0, 1, 1)


def test_a_dossier_holds_the_match_its_sources_and_the_experiences() -> None:
    found = dossier()
    (target,) = found.targets
    assert (target.code, target.level, target.digest) == ("RNCP90009", 4, LIGHTHOUSE.digest)
    assert [b.number for b in target.blocks] == [1, 2]  # in official order, whatever the match's
    assert [b.code for b in target.blocks] == ["RNCP90009BC01", "RNCP90009BC02"]
    assert [c.quote.text for c in target.prerequisites] == ["Prérequis : savoir nager 200 mètres"]  # once
    assert [(j.title, j.lines, j.first, j.last, j.months) for j in found.jobs] == [
        ("Gardienne de phare", (3, 4, 5), Month(2015, 3), Month(2023, 6), 100),
        ("Aide-cuisinière", (6, 7), Month(2012), Month(2014), 24),
    ]
    assert [found[p].proposed for p in places(found)] == [c.state for m in matches()[::-1] for c in m.competences]


def test_lines_and_quotes_come_with_their_pages() -> None:
    found = dossier()
    assert found[CLAIMED].shown[0].line == Line(9, "Météorologie, =SOMME(A1), morse", 2)
    assert found[ABSENT].citation.page == 2
    for place in places(found):
        for proof in found[place].shown:
            assert LIGHTHOUSE.holds(proof.citation.quote)


def test_a_statement_over_several_lines_is_told_whole_with_all_its_lines() -> None:
    light = competence(1, "1.1", 4, State.PARTIAL, 4)
    proof = replace(light.evidence[0], cv_more=("Veille radio de nuit", "pour 40 bateaux"))
    match = replace(matches()[1], competences=(replace(light, evidence=(proof,)),))
    found = opened((match,), CV, [referential()], {"phares.pdf": LIGHTHOUSE}.__getitem__, DAY)
    line = found[PROVEN].shown[0].line
    assert [(q.text, q.first, q.last) for q in line.quotes][1:] == [
        ("Veille radio de nuit", 5, 5), ("pour 40 bateaux", 6, 6)
    ]  # fmt: skip
    told = wording("en").line(line)
    assert told.endswith("3 lanternes Veille radio de nuit pour 40 bateaux” (CV, page 1, lines 4 to 6)")
    asked = question(light.text, State.PARTIAL, (replace(proof, cv_quote="-"),))
    assert "« - Veille radio de nuit pour 40 bateaux »" in asked
    assert unpacked("dossier.acquis.json", packed(found)) == found


def test_where_nobody_chose_only_what_the_cv_speaks_of_is_kept() -> None:
    bare = tuple(replace(m, source="autre.txt", state=State.ABSENT, competences=()) for m in matches())
    documents = {"phares.pdf": LIGHTHOUSE, "autre.txt": LIGHTHOUSE}.__getitem__
    assert opened(bare, CV, [referential()], documents, DAY, chosen=False).targets == ()
    assert len(opened(bare, CV, [referential()], documents, DAY, chosen=True).targets) == 1
    kept = opened(bare + matches(), CV, [referential()], documents, DAY, chosen=False).targets
    assert [t.source for t in kept] == ["phares.pdf"]


def test_each_state_has_an_official_answer_and_only_shown_work_counts() -> None:
    assert set(OFFICIAL) == set(State)
    assert [OFFICIAL[s] for s in State] == [Official.YES, Official.PARTLY, Official.NO, Official.NO]


def test_the_advisor_s_state_stands_beside_the_proposal() -> None:
    found = edit.with_state(dossier(), CLAIMED, State.PROVEN)
    assert (found[CLAIMED].state, found[CLAIMED].proposed, found[CLAIMED].official) == (
        State.PROVEN, State.CLAIMED, "oui",
    )  # fmt: skip
    assert found[CLAIMED].question == ""
    assert found.targets[0].blocks[0].coverage == pytest.approx(2.5 / 3)
    assert edit.with_state(found, CLAIMED, None) == dossier()
    assert edit.with_state(found, CLAIMED, State.CLAIMED) == dossier()


def test_a_competence_taken_back_gets_a_question() -> None:
    found = edit.with_state(dossier(), PROVEN, State.PARTIAL)
    assert dossier()[PROVEN].question == ""
    assert "entretenir la lentille d'un phare" in found[PROVEN].question


def test_an_answer_is_kept_apart_and_settles_the_question_but_no_state() -> None:
    before = dossier()
    found = edit.with_answer(before, ABSENT, "  A tenu le journal de bord pendant huit ans.  ")
    assert found[ABSENT].answer == "A tenu le journal de bord pendant huit ans."
    assert found[ABSENT].shown == ()
    assert found[ABSENT].state is State.ABSENT
    assert before[ABSENT].question
    assert not found[ABSENT].question


def test_another_line_of_the_cv_can_be_picked_and_only_a_real_one() -> None:
    line = edit.line_of(CV, 5)
    assert (line.text, line.page) == ("Veille radio de nuit pour 40 bateaux", 1)
    found = edit.with_lines(dossier(), PROVEN, (line,))
    assert [p.line for p in found[PROVEN].shown] == [line]
    assert found[PROVEN].shown[0].citation == found[PROVEN].citation
    assert edit.with_lines(found, PROVEN, None) == dossier()
    assert edit.with_lines(dossier(), PROVEN, ())[PROVEN].shown == ()
    for number in (0, 10, -1):
        with pytest.raises(UsageError, match=r"line -?\d+ of a CV of 9 lines"):
            edit.line_of(CV, number)


def test_words_are_bounded() -> None:
    with pytest.raises(UsageError, match="expected at most 5000"):
        edit.with_comment(dossier(), PROVEN, "x" * 5001)


def test_a_change_leaves_everything_else_as_it_was() -> None:
    before = dossier()
    after = edit.with_comment(before, PARTIAL, "À revoir")
    assert [p for p in places(before) if before[p] != after[p]] == [PARTIAL]
    assert edit.with_text(before, 0, 1, "Bien vu.").targets[0].blocks[1].text == "Bien vu."
    assert not edit.with_aim(before, 0, 1, False).targets[0].blocks[1].aimed
    assert [j.used for j in edit.with_job(before, 1, False).jobs] == [True, False]


@settings(max_examples=25, deadline=None)
@given(st.lists(any_dossiers, max_size=4), st.integers(0, 8))
def test_steps_can_be_taken_back_and_forth(steps, back) -> None:
    history = History(dossier())
    for step in steps:
        history = history.then(step)
    last = history
    for _ in range(back):
        history = history.undo()
    if back >= len(last.before):
        assert history.now == dossier()
    for _ in range(back):
        history = history.redo()
    assert history == last
    assert history.then(history.now) is history


def test_prerequisites_of_a_genuine_source_are_quoted_verbatim(shared) -> None:
    path = next((shared / "corpus").glob("002_*.txt"))
    source = read(path)
    (found,) = recognise(source)
    first = found.blocks[0]
    nothing = BlockMatch(found.source, found.code, found.title, 1, first.title, State.ABSENT, 0, 0, ())
    (target,) = opened((nothing,), CV, [found], lambda _: source, DAY).targets
    assert len(target.prerequisites) >= 5
    assert all(source.holds(c.quote) for c in target.prerequisites)
    assert (target.digest, target.blocks[0].code) == (source.digest, first.code)
