"""The question page without a browser: it grows, stops, is asked again, kept, judged, taken away."""

from __future__ import annotations

import base64
import csv
import io
import json
import logging
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import gradio as gr
import pytest
from docx import Document as read_docx
from web_double import DoubleAssistant, DoubleLibrary

from assistant.answer import Answer, Citation, Status, Turn
from assistant.cli import main
from assistant.feedback.export import exported
from assistant.feedback.opinions import FILE, REASONS, Opinions, Verdict
from assistant.model.breaker import State
from assistant.web.exchange import KEPT, Exchange, kept, restored
from assistant.web.markup.conversation import conversation, keeping
from assistant.web.question import QuestionTab
from assistant.web.service import Service
from assistant.web.texts import texts
from assistant.web.transcript.pieces import of_answer
from assistant.web.transcript.written import markdown, plain
from assistant.web.viewer import Viewer
from corpus.document import Quote
from corpus.errors import StoreError

FR = texts("fr")
PAST, TALK, EXCHANGES, BOX = range(4)
DAY = date(2026, 1, 15)


@pytest.fixture
def service() -> Service:
    library = DoubleLibrary()
    return Service(DoubleAssistant(library), library, today=lambda: DAY, opinions=Opinions(None, 24))


def made(service: Service, lang: str = "fr") -> QuestionTab:
    with gr.Blocks():
        return QuestionTab(service, Viewer(service, texts(lang)), texts(lang))


def sent(**data: object) -> gr.EventData:
    return gr.EventData(None, data)


def asked(tab: QuestionTab, *questions: str) -> list[Exchange]:
    exchanges: list[Exchange] = []
    for question in questions:
        exchanges = list(tab.ask(question, exchanges))[-1][EXCHANGES]
    return exchanges


def test_an_answer_grows_and_the_history_is_passed_on(service):
    tab = made(service)
    shown = list(tab.ask("Quelles compétences ?", []))
    assert tab.t("question.working") in shown[0][TALK]
    assert [len(step[TALK]) for step in shown[1:]] == sorted(len(step[TALK]) for step in shown[1:])
    assert shown[0][BOX] == ""
    exchanges = shown[-1][EXCHANGES]
    assert tab.history(exchanges)[0] == Turn("user", "Quelles compétences ?")
    assert tab.history(exchanges)[1].content.startswith("Le bloc 1 demande")


def test_what_is_settled_is_drawn_once_while_the_next_answer_grows(service):
    tab = made(service)
    before = asked(tab, "Quelles compétences ?")
    steps = list(tab.ask("Et le salaire ?", before))
    assert "Quelles compétences" in steps[0][PAST]
    assert all("Quelles compétences" not in step[TALK] for step in steps)
    assert all(step[PAST] == gr.skip() for step in steps[1:])


def test_an_answer_that_is_stopped_stands_as_far_as_it_came(service):
    tab = made(service)
    exchanges = list(tab.ask("Quelles compétences ?", []))[1][EXCHANGES]
    assert exchanges[-1].growing
    _, html, settled = tab.stop(exchanges)
    assert 'class="working"' not in html
    assert settled[-1].answer == exchanges[-1].answer
    html = tab.stop(next(iter(tab.ask("Quelles compétences ?", [])))[EXCHANGES])[TALK]
    assert tab.t("question.stopped") in html
    assert 'data-act="again"' in html


def test_the_last_question_is_asked_again_or_another_in_its_place(service):
    tab = made(service)
    exchanges = asked(tab, "Et le salaire ?", "Quelles compétences ?")
    once_more = list(tab.again(exchanges, "", sent(question="Quelles compétences ?", at="1")))[-1][EXCHANGES]
    assert [e.question for e in once_more] == ["Et le salaire ?", "Quelles compétences ?"]
    other = list(tab.again(exchanges, "", sent(question="Quels blocs ?", at="1")))[-1][EXCHANGES]
    assert [e.question for e in other] == ["Et le salaire ?", "Quels blocs ?"]
    for at in ("0", "", "x", None):
        later = list(tab.again(exchanges, "", sent(question="Quels blocs ?", at=at)))[-1][EXCHANGES]
        assert len(later) == 3


def test_an_unexpected_error_is_told_politely_and_logged_without_its_words(service, caplog):
    tab = made(service)
    with caplog.at_level(logging.ERROR):
        last = list(tab.ask("panne secrète", []))[-1]
    assert tab.t("failure.unexpected") in last[TALK]
    assert "secrète" not in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert tab.history(last[EXCHANGES]) == ()
    assert 'data-act="again"' in last[TALK]


def test_a_question_is_limited_to_the_certifications_that_the_store_holds(service):
    seen = []
    stream = service.assistant.stream
    service.assistant.stream = lambda q, h, lang, certifications: (seen.append(certifications), stream(q))[1]
    tab = made(service)
    list(tab.ask("Quelles compétences ?", [], "RNCP90002\nRNCP1\nRNCP90002"))
    assert seen == [["RNCP90002"]]
    chosen, chips, *_ = tab.narrowing.pick("RNCP90002", sent(name="RNCP90001"))
    assert chosen == "RNCP90002\nRNCP90001"
    assert re.findall('data-name="(.*?)"', chips) == ["RNCP90002", "RNCP90001"]
    assert tab.narrowing.free(chosen, sent(name="RNCP90002"))[0] == "RNCP90001"
    assert "RNCP90001" not in tab.narrowing.suggest("jardins", "RNCP90001")
    assert "RNCP90001" in tab.narrowing.suggest("jardins", "")


def test_a_browser_keeps_questions_and_answers_and_gives_them_back(service):
    tab = made(service)
    exchanges = asked(tab, "Quelles compétences ?", "panne", "Et le salaire ?")
    held = json.loads(json.dumps(kept(exchanges)))
    found = restored(held, service.library.document)
    assert [(e.question, e.answer) for e in found] == [(e.question, e.answer) for e in exchanges if e.answer]
    assert len(kept(exchanges * KEPT)) == KEPT
    past, talk, back = tab.restore(held, [])
    assert "Quelles compétences" in past
    assert "Et le salaire" in talk
    assert back == found
    assert tab.restore(held, exchanges) == (gr.skip(),) * 3


@pytest.mark.parametrize("held", [None, "x", {}, [None], [{"question": "x"}], [{"question": "", "answer": {}}], [[]]])
def test_what_is_no_conversation_is_not_restored(service, held):
    assert restored(held, service.library.document) == []


def test_an_answer_whose_source_has_changed_is_not_shown_again(service):
    tab = made(service)
    held = kept(asked(tab, "Quelles compétences ?"))
    service.library.put("jardins.txt", "Tout autre chose")
    (one,) = restored(held, service.library.document)
    assert (one.answer, one.changed) == (None, True)
    service.library.remove(["jardins.txt"])
    html = conversation(restored(held, service.library.document), FR)
    assert FR("question.changed") in html
    assert 'data-act="again"' in html


def test_an_opinion_is_kept_without_who_gave_it(service, tmp_path):
    service.opinions = Opinions(tmp_path, 24)
    tab = made(service)
    exchanges = asked(tab, "Quelles compétences ?")
    rated = tab.rate(exchanges, sent(at="0", verdict="down", reason="wrong", comment=" =1+1 "))
    assert rated[0].verdict == "down"
    assert 'data-verdict="down" aria-pressed="true"' in conversation(rated, FR, rated=True)
    (one,) = service.opinions.all()
    assert (one.verdict, one.reason, one.comment, one.question) == ("down", "wrong", "=1+1", "Quelles compétences ?")
    assert one.citations == ("jardins.txt:7-7", "jardins.txt:8-8", "jardins.txt:9-9")
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    rows = list(csv.DictReader(io.StringIO(exported([one]).decode("utf-8-sig")), delimiter=";"))
    assert rows[0]["comment"] == "'=1+1"
    assert rows[0]["day"] == f"{datetime.now(UTC):%Y-%m-%d}"


def test_opinions_are_exported_on_the_command_line(tmp_path, capsys):
    out = tmp_path / "avis.csv"
    assert main(["feedback", "export", str(out), "--home", str(tmp_path)]) == 3
    Opinions(tmp_path, 24).add("Ça marche ?", Answer(Status.NOT_FOUND, "a"), Verdict.UP, "clear")
    assert main(["feedback", "export", str(out), "--home", str(tmp_path)]) == 0
    assert "1 avis" in capsys.readouterr().out
    (row,) = csv.DictReader(io.StringIO(out.read_text("utf-8-sig")), delimiter=";")
    told = [row[name] for name in ("question", "verdict", "reason", "status")]
    assert told == ["Ça marche ?", "up", "clear", "not_found"]
    assert out.stat().st_mode & 0o077 == 0
    assert main(["feedback", "export", str(tmp_path / "avis.json"), "--home", str(tmp_path)]) == 0
    (record,) = json.loads((tmp_path / "avis.json").read_text("utf-8"))
    assert (record["question"], record["citations"]) == ("Ça marche ?", [])


@pytest.mark.parametrize("data", [{}, {"at": "7", "verdict": "up"}, {"at": "-1", "verdict": "up"}, {"at": "x"}])
def test_a_forged_opinion_is_not_kept(service, data):
    tab = made(service)
    tab.rate(asked(tab, "Quelles compétences ?"), sent(**data))
    assert service.opinions.all() == []


def test_opinions_are_forgotten_in_time():
    now = [1_000 * 3600.0]
    opinions = Opinions(None, 2, lambda: now[0])
    opinions.add("q", Answer(Status.NOT_FOUND, "a"), Verdict.UP, "wrong")
    assert opinions.all()[0].reason == ""  # a reason of the other verdict
    now[0] += 2 * 3600
    assert len(opinions.all()) == 1
    now[0] += 3600
    assert opinions.all() == []
    opinions.add("q", Answer(Status.NOT_FOUND, "a"), Verdict.DOWN)
    assert opinions.purge(datetime.fromtimestamp(now[0] - 1, UTC)) == 0
    assert opinions.purge(datetime.fromtimestamp(now[0] + 3600, UTC)) == 1


def test_opinions_of_another_version_are_refused(tmp_path):
    opinions = Opinions(tmp_path, 1)
    opinions.connection.execute("PRAGMA user_version = 99")
    opinions.close()
    with pytest.raises(StoreError, match="of version 99, expected 1"):
        Opinions(tmp_path, 1)


def test_no_thumbs_where_opinions_cannot_be_kept(service):
    service.opinions = None
    tab = made(service)
    assert "thumb" not in list(tab.ask("Quelles compétences ?", []))[-1][TALK]


def test_an_answer_is_copied_with_its_quotes_certifications_and_lines(service):
    answer = asked(made(service), "Quelles compétences ?")[0].answer
    text, marked = (write(of_answer(answer, FR)) for write in (plain, markdown))
    for n, cited in enumerate(answer.citations, 1):
        assert f"[{n}] « {cited.quote.text} »" in text
        assert f"RNCP90001, Animateur de jardins partagés, bloc 1, jardins.txt, ligne {cited.quote.first}" in text
    assert "\\<b\\>le partager\\</b\\>" in marked
    assert "> [1] « Planifier" in marked
    assert FR("answer.mode.extract") in text


def test_no_source_writes_markup_into_markdown():
    hostile = Quote("[x](http://e) <b> # * `c` ![i](y) | &amp;", 1, 1)
    answer = Answer(Status.ANSWERED, "1. un [1]\n- deux", (Citation("s_.txt", None, "T", None, hostile),))
    marked = markdown(of_answer(answer, FR))
    assert "1\\. un [1]" in marked
    assert "\\[x](http" in marked
    assert "!\\[i]" in marked
    assert not re.search(r"(?<!\\)[<`|&]", marked)


def test_the_conversation_is_taken_away(service):
    tab = made(service)
    exchanges = asked(tab, "Quelles compétences ?", "Et le salaire ?")
    link = tab.export(exchanges, sent(ending=".docx"))
    data = base64.b64decode(re.search("base64,([^\"]*)", link)[1])
    written = read_docx(io.BytesIO(data))
    quotes = [p for p in written.paragraphs if p.style.name == "Quote"]
    assert quotes
    assert all('w:lang w:val="fr-FR"' in run._r.xml for p in quotes for run in p.runs)
    assert (round(written.sections[0].page_width.cm, 1), round(written.sections[0].page_height.cm, 1)) == (21.0, 29.7)
    styles = [(p.style.name, p.text) for p in written.paragraphs]
    assert styles[0] == ("Title", FR("transcript.title"))
    assert [text for style, text in styles if style == "Heading 1"] == ["Quelles compétences ?", "Et le salaire ?"]
    quotes = [text for style, text in styles if style == "Quote"]
    assert len(quotes) == 4
    assert 'download="conversation-acquis-2026-01-15.md"' in tab.export(exchanges, sent(ending=".md"))
    assert 'class="notice error"' in tab.export(exchanges, sent(ending=".exe"))


def test_beginning_anew_leaves_nothing_in_the_browser(service):
    tab = made(service)
    assert tab.begin()[0] == ""
    assert tab.begin()[2] == []
    assert tab.begin()[-1] == []
    assert "30" in keeping(FR)


def test_extracts_and_what_a_model_arranged_are_told_apart():
    extract = Answer(Status.ANSWERED, "a")
    assert FR("answer.mode.extract") in conversation([Exchange("?", extract)], FR)
    shown = conversation([Exchange("?", replace(extract, author="un-modele"))], FR)
    assert FR("answer.mode.model", author="un-modele") in shown
    assert FR("answer.mode.extract") not in shown


def test_a_model_that_rests_is_told(service):
    tab = made(service)
    assert tab.rests() == ""
    service.model = "un-modele"

    class Resting:
        state = State(3, 130.0, None)

    service.assistant.model = Resting()
    assert "2 minutes" in tab.rests()
    assert "un-modele" in tab.rests()


@pytest.mark.parametrize(("n", "of", "disabled"), [("1", "3", [0]), ("3", "3", [2]), ("2", "3", [])])
def test_the_panel_leads_to_the_citations_before_and_after(service, n, of, disabled):
    with gr.Blocks():
        viewer = Viewer(service, FR)
    html = viewer.show(sent(source="jardins.txt", quotes='[[7, 7, "Planifier"]]', n=n, of=of))
    steps = re.findall(r'data-do="step" data-to="(\d)"[^>]*?( disabled)?>', html)
    assert [int(to) for to, _ in steps] == [int(n) - 1, int(n) + 1]
    assert [int(to) - int(n) + 1 for to, off in steps if off] == disabled
    assert FR("viewer.step", n=n, of=of) in html
    assert 'data-of="3"' in html  # more text keeps the place among the citations


def test_citations_are_listed_below_their_source():
    cited = [Citation(s, None, s.upper(), 1, Quote("x", n, n)) for n, s in enumerate(("b", "a", "b"), 1)]
    html = conversation([Exchange("?", Answer(Status.ANSWERED, "Un [1] deux [2] trois [3].", tuple(cited)))], FR)
    listed = html[html.index("cited-list") : html.index('class="doings"')]
    assert re.findall('class="named"><span lang="fr">(.)|class="count">(.)', listed) == [
        ("B", ""), ("", "1"), ("", "3"), ("A", ""), ("", "2"),
    ]  # fmt: skip


def test_every_reason_belongs_to_one_verdict():
    assert not set(REASONS[Verdict.UP]) & set(REASONS[Verdict.DOWN])
