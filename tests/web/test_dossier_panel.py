"""The dossier in the page without a browser: corrected, taken back, saved, reopened; forged changes are refused."""

from __future__ import annotations

import base64
import io
import logging
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import gradio as gr
import pytest
from docx import Document as open_docx
from test_markup import ALLOWED, HOSTILE, Outline
from web_double import DoubleAssistant, DoubleLibrary

from assistant.dossier import editing as edit
from assistant.dossier.dossier import Place
from assistant.dossier.opening import opened
from assistant.dossier.saving import packed, unpacked
from assistant.matching.evidence import State
from assistant.web import UPLOADS
from assistant.web.cv import CvTab
from assistant.web.dossier import DossierPanel
from assistant.web.markup.dossier import editor
from assistant.web.markup.pictures import pictures
from assistant.web.service import Service
from assistant.web.texts import texts
from assistant.web.viewer import Viewer
from corpus.document import Document

CV = "Jardinière – ville d'Albi (2015 – 2023)\n- Planifier <b>40</b> parcelles\n- Arrosage"
SECRET = "Camille Exemple"
FIRST = Place(0, 0, 0)


@pytest.fixture
def panel() -> DossierPanel:
    library = DoubleLibrary()
    service = Service(DoubleAssistant(library), library)
    with gr.Blocks():
        return CvTab(service, Viewer(service, texts("fr")), texts("fr")).panel


@pytest.fixture
def history(panel):
    return panel.open(CV, ["RNCP90001"])[0]


def change(panel, history, field: str, at: str, value: str, text: str = CV):
    return panel.edit(history, text, None, gr.EventData(None, {"field": field, "at": at, "value": value}))


def test_a_dossier_opens_with_a_form_and_pictures(panel) -> None:
    history, waiting, shown, form, drawn, link, told = panel.open(CV, [])
    assert waiting is None
    assert shown["visible"]
    assert (link, told) == ("", "")
    assert len(history.now.targets) == 2
    assert "Planifier &lt;b&gt;40&lt;/b&gt; parcelles" in form
    assert form.count("<select") == sum(len(b.competences) for t in history.now.targets for b in t.blocks)
    assert drawn.count("<svg") == 6
    assert drawn.count("<table") == 6


def test_each_field_of_the_form_changes_the_dossier(panel, history) -> None:
    for field, at, value in (
        ("state", "0.0.0", "absent"), ("comment", "0.0.0", "Vu"), ("answer", "0.0.0", "Dit"),
        ("lines", "0.0.0", "3; 2"), ("add", "0.0.0", "1 Jardinière – ville d'Albi"),
        ("text", "0.1", "Bloc clair"), ("aimed", "0.2", "false"), ("used", "0", "false"), ("candidate", "", SECRET),
    ):  # fmt: skip
        history, form, drawn, _, told = change(panel, history, field, at, value)
        assert told == ""
        assert (form == gr.skip()) == (field not in ("lines", "add"))  # it shows other changes already
        assert "<svg" in drawn
    now = history.now
    assert (now[FIRST].state, now[FIRST].comment, now[FIRST].answer) == (State.ABSENT, "Vu", "Dit")
    assert [p.line.number for p in now[FIRST].shown] == [3, 2, 1]
    assert now.targets[0].blocks[1].text == "Bloc clair"
    assert not now.targets[0].blocks[2].aimed
    assert not now.jobs[0].used
    assert now.candidate == SECRET
    assert len(history.before) == 9


def test_a_dossier_opened_again_from_the_same_cv_can_be_taken_back(panel, history) -> None:
    edited = change(panel, history, "candidate", "", "N° 12")[0]
    again = panel.replaced(panel.open(CV, [], None, edited)[1])[0]
    assert again.now.candidate == ""
    assert again.undo().now == edited.now
    back, *_ = panel.stepper(type(again).undo)(again, CV)
    assert len(back.now.targets) != len(again.now.targets)
    assert panel.open(CV + " de ville", [], None, edited)[1].history.before == ()  # another person's stays apart


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_words_of_others_are_escaped_and_the_form_is_balanced(lang) -> None:
    found = DoubleLibrary()
    cv = Document("cv.txt", (f"{HOSTILE} – ville, 2015 – 2023", HOSTILE), "d" * 64)
    blocks = DoubleAssistant(found).match(cv)
    made = edit.with_candidate(opened(blocks, cv, found.referentials(), found.document, date(2026, 1, 15)), HOSTILE)
    made = edit.with_text(edit.with_comment(made, FIRST, HOSTILE), 0, 0, HOSTILE)
    outline = Outline(editor(made, texts(lang), [(0, 0)], cv))
    assert {tag for tag, _ in outline.tags} <= ALLOWED | {"input", "select", "option", "textarea", "label", "fieldset",
                                                         "legend", "datalist"}  # fmt: skip
    assert not [a for _, attributes in outline.tags for a in attributes if a.startswith("on")]
    assert [a["value"] for tag, a in outline.tags if tag == "input" and a.get("data-field") == "candidate"] == [HOSTILE]
    for svg in re.findall(r"<svg.*?</svg>", pictures(made, texts(lang)), re.DOTALL):
        assert "script" not in {e.tag.rpartition("}")[2] for e in ElementTree.fromstring(svg).iter()}


def test_unsaved_changes_are_asked_about_before_they_are_lost(panel, history) -> None:
    assert not history.unsaved
    edited = change(panel, history, "comment", "0.0.0", "À revoir")[0]
    for waiting, told in (
        panel.open(CV, [], None, edited)[1::5],
        panel.reopen(str(uploaded("m.json", packed(history.now))), "", None, edited)[1::5],
    ):
        assert "changements qui ne sont pas enregistrés" in told
        assert 'data-act="replace"' in told
        assert 'data-act="keep"' in told
        assert panel.replaced(waiting)[0] == waiting.history
    kept = panel.maker(".acquis.json")(edited)[1]
    assert panel.open(CV, [], None, kept)[0].now == panel.open(CV, [])[0].now  # nothing to lose


def test_erasing_the_cv_asks_first_where_work_would_go_with_it(panel, history) -> None:
    library = DoubleLibrary()
    service = Service(DoubleAssistant(library), library)
    with gr.Blocks():
        tab = CvTab(service, Viewer(service, texts("fr")), texts("fr"))
    edited = change(panel, history, "comment", "0.0.0", "À revoir")[0]
    assert tab.cleared(history) == tab.cleared(None) == tab.erased()
    *others, told = tab.cleared(edited)
    assert others == [gr.skip()] * len(tab.erased()[:-1])
    assert 'data-act="erase"' in told


def test_documents_can_be_had_in_the_other_language(panel, history) -> None:
    written = open_docx(io.BytesIO(carried(panel.maker(".docx")(history, "en")[0])))
    assert any("Draft, to be checked and signed" in p.text for p in written.paragraphs)
    strange = open_docx(io.BytesIO(carried(panel.maker(".docx")(history, "xx")[0])))
    assert any("Brouillon" in p.text for p in strange.paragraphs)


def test_steps_go_back_and_forth_and_the_form_unfolds_where_something_changed(panel, history) -> None:
    after = change(panel, history, "comment", "0.1.0", "Observation à retenir")[0]
    back, form, _, link = panel.stepper(type(after).undo)(after, CV)
    assert back.now == history.now
    assert "Observation à retenir" not in form
    assert link == ""
    assert re.findall(r'<details class="matched"( open)?>', form)[:3] == ["", " open", ""]
    again, form, *_ = panel.stepper(type(after).redo)(back, CV)
    assert again.now == after.now
    assert "Observation à retenir" in form


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"field": "state", "at": "0.0.0"},
        {"field": "state", "at": "0.0.0", "value": "great"},
        {"field": "state", "at": "0.0.99", "value": "proven"},
        {"field": "state", "at": "-1.0.0", "value": "proven"},
        {"field": "state", "at": "0.0", "value": "proven"},
        {"field": "text", "at": "9.0", "value": "x"},
        {"field": "used", "at": "٣", "value": "true"},
        {"field": "used", "at": "7", "value": "true"},
        {"field": "__class__", "at": "0.0.0", "value": "x"},
        {"field": "comment", "at": "0.0.0", "value": "x" * 5001},
        {"field": "lines", "at": "0.0.0", "value": "99"},
        {"field": "lines", "at": "0.0.0", "value": "un"},
    ],
)
def test_a_forged_or_wrong_change_changes_nothing(panel, history, sent) -> None:
    after, form, _, _, told = panel.edit(history, CV, None, gr.EventData(None, sent))
    assert after == gr.skip()
    assert form.count("<select") == 8  # as it was
    assert 'class="notice error"' in told


def test_lines_can_only_be_picked_from_the_dossier_s_own_cv(panel, history) -> None:
    told = change(panel, history, "lines", "0.0.0", "2", text=CV + "\n- Autre chose")[-1]
    assert "n’est plus celui du dossier" in told


def test_a_dossier_that_the_service_forgot_is_told(panel) -> None:
    assert "n’est plus en mémoire" in change(panel, None, "comment", "0.0.0", "x")[-1]


def carried(html: str) -> bytes:
    return base64.b64decode(re.search(r'base64,([^"]+)"', html)[1])


def test_files_are_made_without_a_trace_on_the_disk(panel, history) -> None:
    before = set(Path(UPLOADS.name).rglob("*"))
    history = change(panel, history, "candidate", "", "N° 12")[0]
    written = open_docx(io.BytesIO(carried(panel.maker(".docx")(history)[0])))
    assert any("N° 12" in p.text for p in written.paragraphs)
    assert carried(panel.maker(".pdf")(history)[0]).startswith(b"%PDF")
    assert carried(panel.maker(".xlsx")(history)[0]).startswith(b"PK")
    assert history.unsaved
    assert panel.maker(".docx")(history)[1] == gr.skip()
    saved, kept = panel.maker(".acquis.json")(history)
    assert not kept.unsaved
    assert 'download="dossier-acquis.acquis.json"' in saved
    assert unpacked("d", carried(saved)) == history.now
    assert set(Path(UPLOADS.name).rglob("*")) == before
    assert panel.maker(".pdf")(None)[0] == ""


def uploaded(name: str, data: bytes) -> Path:
    folder = Path(UPLOADS.name) / "of-a-dossier"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def test_a_saved_dossier_comes_back_and_its_file_is_erased(panel, history) -> None:
    path = uploaded("mien.acquis.json", packed(history.now))
    back, _, _, form, *_ = panel.reopen(str(path), "")
    assert back.now == history.now
    assert not path.parent.exists()
    assert 'data-field="lines"' not in form  # there is no CV to choose lines from
    assert 'data-field="lines"' in panel.reopen(str(uploaded("m.json", packed(history.now))), CV)[3]


def test_sources_that_changed_since_are_told(panel, history) -> None:
    told = panel.reopen(str(uploaded("m.json", packed(history.now))), "")[-1]
    assert told == ""
    aged = replace(history.now, targets=(replace(history.now.targets[0], digest="0" * 64),))
    assert "jardins.txt" in panel.reopen(str(uploaded("m.json", packed(aged))), "")[-1]
    gone = replace(history.now, targets=(replace(history.now.targets[0], source="partie.txt"),))
    assert "partie.txt" in panel.reopen(str(uploaded("m.json", packed(gone))), "")[-1]


def test_a_foreign_file_is_refused_erased_and_leaves_no_trace(panel, caplog) -> None:
    path = uploaded("autre.json", f'{{"format": "x", "nom": "{SECRET}"}}'.encode())
    with caplog.at_level(logging.DEBUG):
        *_, told = panel.reopen(str(path), "")
    assert "n’est pas un dossier Acquis" in told
    assert not path.parent.exists()
    assert SECRET not in caplog.text + told


def test_nothing_of_a_dossier_is_logged(panel, history, caplog) -> None:
    with caplog.at_level(logging.DEBUG):
        after = change(panel, history, "candidate", "", SECRET)[0]
        change(panel, after, "state", "0.0.0", SECRET)
        panel.maker(".pdf")(after)
        panel.open(SECRET, [])
    assert SECRET not in caplog.text
