"""What becomes HTML: everything said by others is escaped, every citation opens the right lines."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from web_double import DoubleAssistant, DoubleLibrary

from assistant.answer import Answer, Citation, Status
from assistant.matching.evidence import State
from assistant.searching.finding import Finder
from assistant.web.exchange import Exchange
from assistant.web.markup.conversation import conversation, holdings, judging, welcome
from assistant.web.markup.hits import results
from assistant.web.markup.match import matches
from assistant.web.markup.opinions import gathered
from assistant.web.markup.source import panel
from assistant.web.markup.sources import listing, progress, report
from assistant.web.markup.text import notice, packed, paragraphs, place, unpacked
from assistant.web.texts import texts
from corpus.document import Document, Page, Quote, squeeze
from corpus.reading import PageImage
from index.contract import Filters

HOSTILE = "<img src=x onerror=alert(1)>\" ' & </q><script>alert(2)</script> [link](http://evil.example) ![x](http://e)"
TODAY = date(2026, 1, 15)
FR, EN = texts("fr"), texts("en")
ALLOWED = {
    *("article", "aside", "blockquote", "button", "caption", "details", "div", "figcaption", "figure", "h1", "h2"),
    *("h3", "h4", "header", "img", "li", "mark", "ol", "p", "progress", "q", "section", "span", "strong", "summary"),
    *("table", "tbody", "td", "textarea", "th", "thead", "tr", "ul", "label"),
}


class Outline(HTMLParser):
    """The elements, attributes and text of a piece of HTML; balanced or an error."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("img", "input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)

    def having(self, **wanted: str) -> list[dict[str, str | None]]:
        return [a for _, a in self.tags if all(a.get(k.replace("_", "-")) == v for k, v in wanted.items())]


def safe(html: str) -> Outline:
    """The outline of HTML that holds nothing but our elements, without handlers of events and without addresses."""
    found = Outline(html)
    assert {tag for tag, _ in found.tags} <= ALLOWED
    for tag, attributes in found.tags:
        assert not [name for name in attributes if name.startswith("on") or name in ("href", "action")]
        assert tag != "img" or attributes["src"].startswith("data:image/png;base64,")
    return found


def hostile_citation(block: int | None = 1) -> Citation:
    return Citation(HOSTILE, HOSTILE, HOSTILE, block, Quote(HOSTILE, 2, 3), 4)


def hostile_answer() -> Answer:
    return Answer(
        Status.ANSWERED,
        f"{HOSTILE}\n- « {HOSTILE} » [1]\n- sans preuve [2] [0]",
        (hostile_citation(),),
        more=HOSTILE,
        certifications=(HOSTILE,),
        suggestions=(HOSTILE,),
        notices=(HOSTILE,),
        author=HOSTILE,
    )


def test_an_answer_is_escaped_and_its_numbers_open_its_citations():
    html = conversation([Exchange(HOSTILE, hostile_answer()), Exchange(HOSTILE, failure=HOSTILE), Exchange("?")], FR)
    found = safe(html)
    opened = [a for a in found.having(data_act="open") if a["class"] == "cite"]
    assert len(opened) == 1
    assert opened[0]["data-source"] == HOSTILE
    assert unpacked(opened[0]["data-quotes"]) == (Quote(HOSTILE, 2, 3),)
    assert "[2] [0]" in found.text
    assert HOSTILE in found.text


def test_what_only_more_cites_is_listed_behind_more():
    citations = tuple(Citation("s.txt", None, "Titre", n, Quote("x", n, n)) for n in (1, 2, 3))
    answer = Answer(Status.ANSWERED, "Un [2].", citations, more="Deux [1], trois [3].")
    html = conversation([Exchange("?", answer)], FR)
    html = html[: html.index('class="doings"')]
    behind = html[html.index("<details>") : html.index("</details>")]
    assert re.findall('class="count">(\\d)', behind) == ["1", "3"]
    assert re.findall('class="count">(\\d)', html.replace(behind, "")) == ["2"]


def test_only_the_latest_answer_suggests():
    two = conversation([Exchange("a", hostile_answer()), Exchange("b", hostile_answer())], FR)
    assert [a["data-question"] for a in Outline(two).having(data_act="suggest")] == [HOSTILE]


@pytest.mark.parametrize(
    ("status", "words"),
    [("answered", "Réponse trouvée"), ("not_found", "ne le disent pas"), ("false_premise", "La question suppose")],
)
def test_a_status_is_told_in_words(status, words):
    html = conversation([Exchange("?", Answer(Status(status), "Rien."))], FR)
    assert words in Outline(html).text


def test_who_wrote_is_told_once():
    extract, model = Answer(Status.ANSWERED, "a"), Answer(Status.ANSWERED, "a", author="un-modele")
    shown = [Outline(conversation([Exchange("?", answer)], FR)).text for answer in (extract, model)]
    assert [told.count("modèle de langue") for told in shown] == [1, 0]
    assert [told.casefold().count("extraits") for told in shown] == [1, 0]
    assert [told.count("un-modele") for told in shown] == [0, 1]


@pytest.mark.parametrize(("hours", "told"), [(1, "1 heure"), (30, "30 heures"), (24, "1 jour"), (720, "30 jours")])
def test_how_long_opinions_are_kept_is_told_as_it_is(hours, told):
    for shown in (judging(hours, FR), gathered([], hours, FR)):
        assert f"{told} au plus" in shown


def test_welcome_and_holdings_are_escaped():
    double = DoubleLibrary()
    double.put("<b>.txt", HOSTILE + "\nBloc 1 <i>un</i>\n" + HOSTILE)
    safe(welcome([HOSTILE], FR))
    found = safe(holdings(double.referentials(), TODAY, FR))
    assert "expirée depuis le 01/09/2022" in found.text
    assert "jusqu’au 31/12/2030" in found.text


def test_titles_are_marked_as_whole_words_only():
    answer = Answer(Status.ANSWERED, "Article 3 & Art, amp.", lang="en", titles=("Art", "amp"))
    found = conversation([Exchange("?", answer)], texts("en"))
    assert 'Article 3 &amp; <span lang="fr">Art</span>, <span lang="fr">amp</span>.' in found


def test_what_is_replaced_leads_to_the_comparison():
    said = "RNCP1, Vol : enregistrement échu. RNCP1 est remplacée par RNCP2."
    told = conversation([Exchange("?", Answer(Status.ANSWERED, "a", certifications=(said, "RNCP3, Plongée")))], FR)
    assert re.findall(r'href="([^"]*comparer[^"]*)"', told) == ["comparer?a=RNCP1"]
    double = DoubleLibrary()
    (old,) = [r for r in double.referentials() if r.replaced_by]
    answer = Finder(double, lambda: TODAY).find(old.code, Filters(today=TODAY))
    for held in (True, False):
        found = results(answer, Filters(), lambda source, line: None, lambda code, held=held: held, TODAY, FR)
        assert (f'href="comparer?a={old.code}"' in found) == held


def test_hits_are_grouped_in_the_order_of_their_best_passage():
    double = DoubleLibrary()
    words = "réparatrice de vélos cargos frein parcelles arrosage"
    answer = Finder(double, lambda: TODAY).find(words, Filters(today=TODAY))
    found = safe(results(answer, Filters(level=5), lambda source, line: None, lambda code: False, TODAY, FR))
    assert found.text.index("Réparateur de vélos cargos") < found.text.index("Animateur de jardins partagés")
    assert "2 certifications" in found.text
    quotes = [unpacked(a["data-quotes"])[0] for a in found.having(data_act="open")]
    shown = [h.passage.quotes[0] for c in answer.cards for b in c.blocks for h in b.hits]
    assert quotes == shown
    assert [a["data-value"] for a in found.having(data_field="level", data_act="narrow")] == ["3", "5"]
    assert [a["data-field"] for a in found.having(data_act="free")] == ["level"]
    assert found.text.count("Bloc 1 · Organiser la vie d'un jardin") == 1
    assert "<b>le partager</b>" in found.text


def test_a_match_shows_both_quotes_states_in_words_and_figures():
    double = DoubleLibrary()
    double.put("x.txt", "Titre <b>\nCode : RNCP90003\nBloc 1 <i>\n" + HOSTILE)
    cv = Document("cv.txt", (HOSTILE,), "0")
    found = safe(matches(DoubleAssistant(double).match(cv), double.referentials(), cv, TODAY, FR))
    assert HOSTILE in found.text
    assert {FR(f"state.{s}") for s in State} <= set(found.words)
    assert "1 démontrée, 1 en partie, 1 déclarée" in found.text
    assert "Couverture\u00a0: 50\u00a0%" in found.text
    assert sum(tag == "table" for tag, _ in found.tags) == 3
    assert found.text.count("Planifier les cultures d'une saison avec les habitants") == 2
    assert FR("cv.decision") in found.text


def test_sources_are_listed_filtered_and_escaped():
    double = DoubleLibrary()
    double.put('"><b>.txt', HOSTILE)
    found = safe(listing(double.referentials(), "", TODAY, FR))
    assert len(found.having(data_act="remove")) == 3
    assert '"><b>.txt' in [a["data-source"] for a in found.having(data_act="remove")]
    assert len(Outline(listing(double.referentials(), "vélos 90002", TODAY, FR)).having(data_act="remove")) == 1
    told = safe(
        report(["a"], ["b"], [("nomme.txt", HOSTILE), ("cite.txt", "« cite.txt » est vide.")], FR)
        + progress(1, 2, HOSTILE, FR)
        + notice(HOSTILE, "error")
    )
    assert squeeze(told.text).count(squeeze(HOSTILE)) == 3
    assert (told.text.count("nomme.txt"), told.text.count("cite.txt")) == (1, 1)
    assert "1 source ajoutée" in told.text


def test_a_source_is_shown_around_its_citation():
    document = Document("s.txt", tuple(f"ligne {n} <b>" for n in range(1, 101)), "0")
    found = safe(panel(document, [Quote("50 <b> ligne 51", 50, 51)], None, 3, "1", FR))
    numbers = [int(a["value"]) for _, a in found.tags if "value" in a and a["value"].isdigit()]
    assert numbers == list(range(47, 55))
    assert [a["value"] for a in found.having(**{"class": "cited"})] == ["50", "51"]
    assert FR("viewer.whole") in found.text


def test_the_very_words_are_marked_and_no_others():
    lines = ("Colonne un | Colonne deux", "suite  un | suite deux", "autre")
    document = Document("s.txt", lines, "0")
    html = panel(document, [Quote("Colonne un suite un", 1, 2)], None, 3, "1", FR)
    assert re.findall("<mark>(.*?)</mark>", html) == []
    html = panel(document, [Quote("deux suite un", 1, 2)], None, 3, "1", FR)
    assert squeeze("".join(re.findall("<mark>(.*?)</mark>", html))) == "deuxsuiteun"
    html = panel(document, [Quote("Colonne un", 1, 1), Quote("autre", 3, 3)], None, 3, "1", FR)
    assert re.findall("<mark>(.*?)</mark>", html) == ["Colonne un", "autre"]


def test_a_page_is_shown_as_its_image_with_the_text_behind():
    document = Document("s.pdf", ("un", "deux"), "0", "pdf", pages=(Page(1, 1, 1), Page(2, 2, 2)))
    shown = PageImage(b"\x89PNG", 100, 200, (0.25, 0.5))
    found = safe(panel(document, [Quote("deux", 2, 2)], shown, 3, "1", FR, page=2))
    (image,) = [a for tag, a in found.tags if tag == "img"]
    assert image["alt"] == "Page 2 de s.pdf, passage marqué"
    assert (image["data-left"], image["data-top"], image["height"]) == ("0.2500", "0.5000", "200")
    assert "page 2, ligne 2" in found.text
    assert "Page 2 sur 2" in found.text
    (back,) = found.having(data_act="more")
    assert (back["data-page"], unpacked(back["data-quotes"])) == ("1", (Quote("deux", 2, 2),))


def test_the_page_before_shows_its_own_text_and_marks_nothing():
    document = Document("s.pdf", ("un", "deux"), "0", "pdf", pages=(Page(1, 1, 1), Page(2, 2, 2)))
    found = safe(panel(document, [Quote("deux", 2, 2)], PageImage(b"", 1, 1), 3, "1", FR, (1, 2), page=1))
    assert [a["value"] for tag, a in found.tags if tag == "li"] == ["1"]
    assert [a["alt"] for tag, a in found.tags if tag == "img"] == ["Page 1 de s.pdf"]
    (on,) = found.having(data_act="more")
    assert (on["data-page"], on["data-n"], on["data-of"]) == ("2", "1", "2")


def test_a_page_that_cannot_be_drawn_shows_its_text_and_can_be_turned():
    pages = tuple(Page(n, n, n) for n in (1, 2, 3))
    document = Document("s.pdf", ("un", "deux", "trois"), "0", "pdf", pages=pages)
    found = safe(panel(document, [Quote("deux", 2, 2)], None, 3, "1", FR, page=3))
    assert [a["value"] for tag, a in found.tags if tag == "li" and "value" in a] == ["3"]
    assert "Page 3 sur 3" in found.text
    (back,) = found.having(data_act="more")
    assert (back["data-page"], back["data-do"]) == ("2", "turn")
    assert not found.having(data_do="enlarge")
    assert "details" not in [tag for tag, _ in found.tags]


@pytest.mark.parametrize(
    "sent",
    ["", "3", "{}", "[[1]]", '[["a", 2, "x"]]', '[[0, 1, "x"]]', '[[3, 2, "x"]]', json.dumps([[1, 1, "x"]] * 300)],
)
def test_what_no_button_carries_is_refused(sent):
    with pytest.raises((ValueError, TypeError)):
        unpacked(sent)


def test_quotes_travel_unharmed():
    quotes = (Quote(HOSTILE, 1, 2), Quote("é « à »", 7, 7))
    assert unpacked(packed(quotes)) == quotes


def test_lists_and_paragraphs():
    assert (
        paragraphs("Un :\n- deux\n• trois\n\nquatre") == "<p>Un :</p><ul><li>deux</li><li>trois</li></ul><p>quatre</p>"
    )


@pytest.mark.parametrize(
    ("spans", "page", "words"),
    [
        ([(7, 7)], None, "ligne 7"),
        ([(7, 9)], 2, "page 2, lignes 7 à 9"),
        ([(7, 9), (12, 12)], None, "lignes 7 à 12"),
        ([(90, 91), (7, 9)], None, "lignes 7, 90"),
        ([(n, n) for n in range(0, 500, 100)], None, "lignes 0, 100, 200, 300…"),
    ],
)
def test_a_place_in_words(spans, page, words):
    assert place([Quote("x", first, last) for first, last in spans], page, FR) == words
