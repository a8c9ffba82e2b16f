"""Certifications named by their type and their words or acronym; issuers named by everyday words are none."""

from __future__ import annotations

import pytest

from assistant.knowledge import Knowledge
from assistant.understanding.certifications import named
from assistant.understanding.kinds import by_kind
from corpus.referential import Referential
from index.cards import Card

HELD = (
    Card("1", "export", "Gestion des vergers anciens", "RNCP1", kind="BTS", active=False),
    Card("2", "export", "Gestion des vergers anciens", "RNCP2", kind="BTS", active=True),
    Card("3", "export", "Vannerie", "RNCP3", kind="CAP", active=True),
    Card("4", "export", "Vannerie", "RNCP4", kind="BACPRO", active=True),
    Card("5", "export", "Vannerie d'ameublement", "RNCP5", kind="CAP", active=True),
    Card("6", "export", "Accueillant de refuge montagnard", "RNCP6", kind="DE", active=True),
    Card("7", "export", "Tisserand de plein champ", "RNCP7", issuers=("CAP HORIZON", "DEVENIR MEILLEUR"), active=True),
    Card("8", "export", "Garde de refuge", "RNCP8", issuers=("ASP",), active=True),
)


@pytest.fixture
def knowledge() -> Knowledge:
    def load(names: set[str]) -> list[Referential]:
        return [Referential(c.source, c.layout, c.title, c.code) for c in HELD if c.source in names]

    return Knowledge(HELD, load, None)


@pytest.mark.parametrize(
    ("question", "codes", "used"),
    [
        ("quels blocs a le BTS GVA ?", ["RNCP2"], {"bts", "gva"}),
        ("le bts gestion des vergers anciens", ["RNCP2"], {"bts"}),
        ("Quel est le code ROME du CAP vannerie ?", ["RNCP3"], {"cap"}),
        ("CAP vannerie d'ameublement par la VAE", ["RNCP5"], {"cap"}),
        ("le bac pro vannerie", ["RNCP4"], {"bac", "pro"}),
        ("le CAP ameublement", ["RNCP5"], {"cap"}),
        ("Combien de blocs dans le DEARM ?", ["RNCP6"], {"dearm"}),
        ("entre le CAP vannerie et le BTS GVA", ["RNCP3", "RNCP2"], {"cap", "bts", "gva"}),
        ("le CAP soudure", [], set()),
        ("que faire après un CAP ?", [], set()),
    ],
)
def test_a_type_with_words_or_an_acronym_names_a_certification(knowledge, question, codes, used):
    places, words = by_kind(question, knowledge)
    assert [HELD[i].code for i in places] == codes
    assert words == used


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("comment devenir peintre", []),
        ("qui délivre la certification DEVENIR", ["RNCP7"]),
        ("que faire avec un CAP", []),
        ("les blocs de horizon", ["RNCP7"]),
    ],
)
def test_an_everyday_word_names_no_issuer_unless_in_capitals(knowledge, question, codes):
    assert [r.code for r in named(question, knowledge).referentials] == codes


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("Le titre Tisserand de plein champ demande-t-il un CAP vannerie ?", ["RNCP7"]),
        ("Tisserand de plein champ : faut-il d'abord un CAP vannerie ?", ["RNCP7"]),
        ("J'ai le CAP vannerie, que contient la certification Tisserand de plein champ ?", ["RNCP7"]),
        ("Quelle différence entre un CAP vannerie et le titre Tisserand de plein champ ?", ["RNCP3", "RNCP7"]),
        ("Que contient un CAP vannerie d'ameublement ?", ["RNCP5"]),
        ("Le CAP vannerie ouvre-t-il au métier de tisserand de plein champ ?", ["RNCP3"]),
    ],
)
def test_a_diploma_said_of_a_title_does_not_hide_it(knowledge, question, codes):
    assert sorted(r.code for r in named(question, knowledge).referentials) == codes


@pytest.mark.parametrize(
    ("question", "codes", "unknown"),
    [
        ("combien de blocs dans le bac pro ASP ?", [], ("bac pro ASP",)),
        ("le BTS ASP", [], ("BTS ASP",)),
        ("le titre de l'ASP", ["RNCP8"], ()),
        ("le bachelor ASP", ["RNCP8"], ()),
        ("ASP propose-t-elle un bac pro ?", ["RNCP8"], ()),
    ],
)
def test_letters_behind_a_national_diploma_are_its_title_and_no_issuer(knowledge, question, codes, unknown):
    found = named(question, knowledge)
    assert ([r.code for r in found.referentials], found.unknown) == (codes, unknown)
