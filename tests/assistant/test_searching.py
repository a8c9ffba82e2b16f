"""One box: codes, filters in words, names of diplomas and jobs; pages, facets, files and addresses."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from assistant.searching.address import parameters, search_in
from assistant.searching.asked import understood
from assistant.searching.directory import directory, job_titles
from assistant.searching.export import COLUMNS, as_csv, as_xlsx, exported
from assistant.searching.facets import facets
from assistant.searching.finding import PAGE, Finder
from assistant.searching.names import acronyms, as_titled
from assistant.searching.overlap import Overlap
from assistant.searching.restrictions import set_by_controls
from corpus.document import Quote
from corpus.errors import UsageError
from corpus.passages import Passage
from corpus.referential import Facet
from index.cards import Card
from index.contract import Filters, Hit
from index.filters import admitted
from index.jobs import Job, forms, jobs
from index.words import content, stem

TODAY = date(2026, 1, 1)
KNOWN = {"RNCP38822", "RS5695", "RNCP5695"}.__contains__


def card(number: int, title: str, **more: object) -> Card:
    made = {"code": f"RNCP{number}", "active": True, "until": date(2030, 1, 1), "blocks": ("Un", "Deux")}
    return Card(f"{number}.xml", "export", title, **(made | more))


CARDS = (
    card(1, "Management d'un rucher", kind="BTS", level=5, rome=("A1409",), vae=True),
    card(2, "Maçonnerie d'ornement", kind="BTS", level=5, active=False, replaced_by=("RNCP1",)),
    card(3, "Réparateur de cycles", kind="TP", level=3, rome=("I1609",), issuers=("École du Vélo (EDV)",), vae=True),
    card(4, "Réparateur de cycles", kind="TP", level=3, rome=("I1609",), until=date(2020, 1, 1)),
    card(5, "Mécanicien, option cycles", kind="CAP", level=3, nsf=("252r",)),
    card(6, "=Conseiller en mobilité douce", level=6, rome=("I1609",), vae=False),
    *(card(100 + n, f"Jardinier de toits {n}", level=4) for n in range(25)),
)


class Shelf:
    """A library whose passages are the titles of its cards."""

    generation = 1

    def __init__(self, cards: tuple[Card, ...] = CARDS) -> None:
        self.held = cards

    def cards(self) -> tuple[Card, ...]:
        return self.held

    def search(self, query: str, filters: Filters = Filters(), top: int = 20) -> list[Hit]:  # noqa: B008
        words = set(content(query))
        named = [c for c in self.held if filters.certifications or words & set(content(c.title))]
        found = [c for c, admits in zip(named, admitted(named, filters), strict=True) if admits]
        return [self.hit(c, n) for c in found for n in range(1, len(c.blocks) + 1)][:top]

    @staticmethod
    def hit(c: Card, n: int) -> Hit:
        above = (c.title, f"Bloc {n} : {c.blocks[n - 1]}")
        return Hit(Passage(c.source, c.code, n, Facet.BLOCKS, above, (Quote(c.title, 1, 1),)), 1.0, 1.0, 1.0)


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(Shelf(), lambda: TODAY)


def codes(finder: Finder, query: str, filters: Filters = Filters()) -> list[str | None]:  # noqa: B008
    return [found.card.code for found in finder.find(query, filters).cards]


@pytest.mark.parametrize(
    ("query", "code", "block"),
    [
        ("RNCP38822", "RNCP38822", None),
        ("rncp n°38822 ?", "RNCP38822", None),
        ("38822", "RNCP38822", None),
        ("la fiche 38822 bc2", "RNCP38822", 2),
        ("RS 5695", "RS5695", None),
        ("RNCP38822BC02", "RNCP38822", 2),
        ("rncp38822 bloc 3", "RNCP38822", 3),
        ("https://www.francecompetences.fr/recherche/rncp/38822/", "RNCP38822", None),
        ("99999", "RNCP99999", None),
    ],
)
def test_a_code_in_any_spelling(query, code, block):
    asked = understood(query, Filters(), KNOWN)
    assert (asked.codes, asked.block) == ((code,), block)


def test_a_number_of_both_registers_names_both():
    assert understood("5695", Filters(), KNOWN).codes == ("RNCP5695", "RS5695")


@pytest.mark.parametrize("query", ["plan comptable 2014", "ISO 27001", "atelier de 38 heures", "3,5 tonnes"])
def test_a_number_among_words_is_no_code(query):
    asked = understood(query, Filters(), KNOWN)
    assert (asked.text, asked.codes, asked.stated) == (query, (), ())


@pytest.mark.parametrize(
    ("query", "text", "filters"),
    [
        ("apiculteur niveau 6", "apiculteur", Filters(level=6)),
        ("bac + 3 abeilles", "abeilles", Filters(level=6)),
        ("bac+5", "", Filters(level=7)),
        ("niveau III gestion", "gestion", Filters(level=5)),
        ("ruches par la VAE", "ruches", Filters(vae=True)),
        ("accessible par la validation des acquis de l'expérience", "", Filters(vae=True)),
        ("titres encore en vigueur miel", "titres miel", Filters(active=True)),
        ("miel ROME a1409", "miel", Filters(rome="A1409")),
        ("NSF 326 formacode 31054", "", Filters(nsf="326", formacode="31054")),
        ("miel délivré par l'École du Miel, niveau 4", "miel", Filters(issuer="École du Miel", level=4)),
        ("miel avant 2027", "miel", Filters(ends_to=date(2026, 12, 31))),
        ("miel expire en 2026", "miel", Filters(ends_from=date(2026, 1, 1), ends_to=date(2026, 12, 31))),
        ("valable jusqu'en 2028", "", Filters(ends_from=date(2028, 1, 1))),
        ("valable après le 01/06/2027", "", Filters(ends_from=date(2027, 6, 2))),
        ("miel au répertoire spécifique", "miel", Filters(register="RS")),
    ],
)
def test_filters_among_the_words_are_not_searched(query, text, filters):
    asked = understood(query, Filters(), KNOWN)
    assert (asked.text, asked.filters) == (text, filters)
    assert all(r.words in query for r in asked.stated)


@pytest.mark.parametrize("query", ["écoute active", "bac pro commerce", "accompagnateur VAE", "avant-projet"])
def test_other_words_stay(query):
    asked = understood(query, Filters(), KNOWN)
    assert (asked.text, asked.stated) == (query, ())


def test_words_add_to_the_controls():
    asked = understood("miel niveau 4", Filters(vae=True, level=6), KNOWN)
    assert asked.filters == Filters(vae=True, level=4)
    assert {r.field for r in set_by_controls(asked.filters)} == {"level", "vae"}


@pytest.mark.parametrize(
    ("title", "kind", "expected"),
    [
        ("Management d'un rucher de montagne", "BTS", {"mrm", "btsmrm"}),
        ("Gestion de la PME", "BTS", {"gpme", "btsgpme"}),
        ("Technico-floral des ruches, option miel", None, {"tfr", "tfrm"}),
        ("Gardien de ruches (GARU)", None, {"gr", "garu"}),
    ],
)
def test_acronyms(title, kind, expected):
    assert expected <= acronyms(title, kind)


def test_names_of_jobs_as_titles_have_them():
    assert as_titled("réparatrice et jardinière, B.T.S. M.C.O.") == "réparateur et jardinier, BTS MCO".replace("é", "e")


def test_overlap_counts_both_ways():
    names = Overlap([["a", "b"], ["a"], ["c"]])
    scores = names.scores({"a": 1.0, "b": 1.0}, names.weight("a") + names.weight("b"), 1.0, 0.5)
    assert scores[0] == pytest.approx(1.0)
    assert 0 < scores[1] < 1
    assert scores[2] == 0


def test_jobs_have_both_forms():
    assert list(forms("Chef / Cheffe de rucher")) == ["Chef de rucher", "Cheffe de rucher"]
    assert all(job.parent and job.titles for job in jobs().values())
    assert len(jobs()) > 1_000


def test_an_acronym_finds_its_title_among_those_of_its_type(finder):
    assert codes(finder, "BTS MR")[0] == "RNCP1"
    assert codes(finder, "tp RC")[:2] == ["RNCP3", "RNCP4"]


def test_the_exact_title_first_and_what_is_in_force_before_what_is_not(finder):
    assert codes(finder, "réparatrice de cycles")[:2] == ["RNCP3", "RNCP4"]


def test_a_job_finds_what_lists_its_code():
    known = job_titles((Job("I1609", "I1609", "Vélociste", ("Vélociste",)),))
    held = directory(CARDS, known)
    assert [CARDS[r].code for r in held.job_rows[0]] == ["RNCP3", "RNCP4", "RNCP6"]
    assert held.knows(stem("velociste"))


def test_a_code_shows_its_block_only(finder):
    found = finder.find("RNCP3BC02")
    assert [(c.card.code, [b.number for b in c.blocks]) for c in found.cards] == [("RNCP3", [2])]
    assert finder.find("RNCP77").missing == ("RNCP77",)


def test_nothing_under_filters_says_what_there_is_without_them(finder):
    found = finder.find("réparateur de cycles niveau 7")
    assert (found.total, found.cards, found.spared > 1) == (0, (), True)


def test_pages_hold_each_certification_once_in_a_stable_order(finder):
    pages = [finder.find("jardinier de toits", number=n) for n in (1, 2, 3)]
    shown = [c.card.code for p in pages for c in p.cards]
    assert len(shown) == len(set(shown)) == pages[0].total == 25
    assert [len(p.cards) for p in pages] == [PAGE, PAGE, 5]
    assert finder.find("jardinier de toits", number=99).number == 3
    assert [c.code for c in finder.every("jardinier de toits")] == shown


def test_filters_alone_list_what_they_admit(finder):
    assert codes(finder, "niveau 3") == ["RNCP5", "RNCP3", "RNCP4"]
    assert finder.find("").total == 0
    assert codes(finder, "délivré par EDV") == ["RNCP3"]


def test_facets_count_what_was_found():
    made = {f.field: {v.value: v.count for v in f.values} for f in facets(CARDS[:6], TODAY)}
    assert made["level"] == {3: 3, 5: 2, 6: 1}
    assert made["kind"] == {"BTS": 2, "TP": 2, "CAP": 1}
    assert made["active"] == {True: 4}
    assert made["vae"] == {True: 2}
    assert made["rome"] == {"I1609": 3, "A1409": 1}
    assert made["nsf"] == {"252": 1}


def test_a_table_for_spreadsheets_holds_no_formula():
    rows = list(csv.reader(io.StringIO(as_csv(CARDS, TODAY).decode("utf-8-sig")), delimiter=";"))
    assert as_csv(CARDS, TODAY).startswith(b"\xef\xbb\xbf")
    assert len(rows) == len(CARDS) + 1
    assert rows[6][1] == "'=Conseiller en mobilité douce"
    assert rows[2][4:7] == ["non", "2030-01-01", "RNCP1"]
    sheet = load_workbook(io.BytesIO(as_xlsx(CARDS, TODAY, "en"))).active
    assert [c.value for c in sheet[1]][:4] == ["Certification", "Title", "Type", "Level"]
    assert sheet.max_column == len(COLUMNS)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_another_ending_is_refused():
    with pytest.raises(UsageError, match=r"cannot export to 'x\.pdf'") as refused:
        exported("x.pdf", CARDS, TODAY)
    assert ".csv" in refused.value.hint


def test_an_address_gives_back_its_search():
    filters = Filters(
        level=6, rome="M1805", active=True, vae=True, kind="BTS", register="RS", issuer="é & à", nsf="326",
        ends_from=date(2027, 1, 1), ends_to=date(2027, 12, 31), certifications=("RNCP1", "a b.txt"),
    )  # fmt: skip
    given: dict[str, list[str]] = {}
    for name, value in parameters("a?&=b", filters, 3):
        given.setdefault(name, []).append(value)
    assert search_in(given) == ("a?&=b", filters, 3)
    assert search_in({"fin_apres": ["2027"], "fin_avant": ["31/03/2027"]})[1] == replace(
        Filters(), ends_from=date(2027, 1, 1), ends_to=date(2027, 3, 31)
    )


def test_an_address_that_makes_no_sense_filters_nothing():
    forged = {"niveau": ["99"], "type": ["<b>"], "page": ["-1"], "fin_avant": ["hier"], "actif": ["x"]}
    assert search_in(forged) == ("", Filters(), 1)
