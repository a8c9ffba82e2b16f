"""Certifications proposed for a CV: in order, with the reason, what else there is, what replaces the ended ones."""

from dataclasses import replace
from datetime import date

import pytest
from matching_referentials import HOSTING, bakery, document, hosting, nursing

from assistant.matching import told
from assistant.matching.evidence import State
from assistant.matching.match import Matcher
from assistant.matching.proposing import Scope, as_matched, proposals, replacement, worth
from assistant.matching.shortlist import LINES, MOST, shortlist
from assistant.matching.statements import Kind
from corpus.document import Quote
from corpus.referential import Coded, Facet, Part, Referential, Section
from index.cards import card_of
from index.encoder import default_encoder

TODAY = date(2026, 11, 22)
OPS = """Administrateur systèmes – mairie, Albi (2015 – 2023)
- Zabbix : 90 serveurs supervisés, traitement des alertes pour trois sites
- Veeam, restaurations testées chaque mois avec les services
- Scripts PowerShell pour créer les comptes"""


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(default_encoder())


def proposed(matcher, cv, referentials, cards=None):
    referentials = [as_matched(r) for r in referentials]
    found = matcher.match(document(cv), referentials)
    return proposals(found, referentials, cards if cards is not None else [card_of(r) for r in referentials], TODAY)


def deeper() -> Referential:
    """The hosting certification at another level, in force, under another name."""
    return replace(hosting(), source="plus.txt", title="Responsable d'exploitation", code="RNCP90012", level=6)


def specific() -> Referential:
    """A certification of the register RS: competences, no blocks."""
    lines = ("Surveiller les serveurs et traiter les alertes de supervision", "Sauvegarder et restaurer les données")
    parts = tuple(Part((Quote(text, n, n),)) for n, text in enumerate(lines, 2))
    section = Section(Facet.COMPETENCES, "Compétences attestées", parts)
    return Referential("rs.txt", "export", "Superviser des serveurs", "RS9001", sections=(section,))


def test_the_certification_of_the_trade_comes_alone_with_its_reason(matcher):
    (only,) = proposed(matcher, OPS, [nursing(), hosting(), bakery()])
    assert only.referential.code == "RNCP90002"
    reason, blocks = only.reason, only.blocks
    assert (reason.of, reason.competences) == (3, 6)
    assert reason.blocks[0] == 1
    states = [c.state for b in blocks for c in b.competences]
    assert (reason.proven, reason.partial) == (states.count(State.PROVEN), states.count(State.PARTIAL))
    assert reason.proven >= 2
    for quote in reason.quotes:
        assert quote.cv_quote in OPS.split("\n")[quote.cv_line - 1]
        assert document(HOSTING).holds(quote.citation.quote)


def test_nobody_is_proposed_what_nothing_speaks_for(matcher):
    for cv in ("", "Danseuse étoile – opéra, Paris, 2010-2020\n- Rôles du répertoire classique"):
        assert proposed(matcher, cv, [nursing(), hosting(), bakery()]) == ()


def test_order_follows_worth_and_what_has_ended_counts_less(matcher):
    ended = replace(deeper(), active=False)
    found = proposed(matcher, OPS, [ended, hosting()])
    assert [p.referential.code for p in found] == ["RNCP90002", "RNCP90012"]
    assert [p.expired for p in found] == [False, True]
    assert worth(found[0].blocks) == pytest.approx(worth(found[1].blocks), abs=0.2)


def test_another_level_of_the_same_field_is_an_alternative(matcher):
    found = proposed(matcher, OPS, [replace(hosting(), level=5), deeper()])
    first = found[0]
    (other,) = [a for a in first.alternatives if a.scope is Scope.LEVEL]
    assert {first.referential.level, other.referential.level} == {5, 6}
    assert other.reason.proven >= 1
    elsewhere = replace(deeper(), rome=(Coded("J1506", ""),))
    found = proposed(matcher, OPS, [replace(hosting(), level=5), elsewhere])
    assert not [a for p in found for a in p.alternatives if a.scope is Scope.LEVEL]


def test_a_block_alone_where_the_rest_is_missing(matcher):
    (only,) = proposed(matcher, OPS, [hosting()])
    (alone,) = [a for a in only.alternatives if a.scope is Scope.BLOCK]
    assert alone.block == (1, "Exploiter les serveurs")


def test_a_certification_without_blocks_is_a_narrower_alternative_and_its_quotes_name_no_block(matcher):
    (only,) = proposed(matcher, OPS, [hosting(), specific()])
    (narrow,) = [a for a in only.alternatives if a.scope is Scope.SPECIFIC]
    assert narrow.referential.code == "RS9001"
    assert {q.citation.block for q in narrow.reason.quotes} == {None}
    (alone,) = proposed(matcher, OPS, [specific()])
    assert alone.reason.competences == 2


@pytest.mark.parametrize(
    ("links", "name", "held", "ended"),
    [
        ({"A": "B"}, "RNCP2", True, False),
        ({"A": "B", "B": "C"}, "RNCP2", True, False),
        ({"A": "B", "B": "C", "ended": "B"}, "RNCP3", True, False),
        ({"A": "B", "B": "A", "ended": "B"}, "RNCP2", True, True),
        ({"A": "X"}, "RNCP9", False, False),
    ],
)
def test_the_replacement_is_followed_through_the_store(links, name, held, ended):
    codes = {"A": "RNCP1", "B": "RNCP2", "C": "RNCP3", "X": "RNCP9"}
    stored = [
        Referential(f"{k}.txt", "plain", k, codes[k], active=k not in ("A", links.get("ended")),
                    replaced_by=(codes[links[k]],) if k in links else ())
        for k in "ABC"
    ]  # fmt: skip
    found = replacement(stored[0], [card_of(r) for r in stored], TODAY)
    assert (found.name, found.card is not None, found.ended) == (name, held, ended)
    assert replacement(stored[2], [card_of(r) for r in stored], TODAY) is None


def test_a_proposal_is_told_in_both_languages(matcher):
    ended = replace(hosting(), active=False, replaced_by=("RNCP90012",))
    found = {p.referential.code: p for p in proposed(matcher, OPS, [ended, replace(deeper(), rome=())])}
    french = told.sentences(found["RNCP90002"])
    assert french[0] == "Enregistrement terminé ; remplacée par RNCP90012, Responsable d'exploitation."
    assert any(s.startswith("CV, ligne ") and "«" in s for s in french)
    assert "of 3 blocks" in told.sentences(found["RNCP90002"], "en")[1]
    assert told.name(found["RNCP90012"], "en").endswith("(level 6)")


def test_each_job_is_looked_up_alone_and_the_best_of_each_is_kept(matcher):
    cv = matcher.voiced(document(f"{OPS}\nBoulanger – fournil, Dax, 2008-2014\n- Pétrissage de 300 pains par jour"))
    jobs = [s.job for s in cv.statements if s.kind is not Kind.EMPLOYER]
    asked = []

    def nearest(vectors, most):
        asked.append(len(vectors))
        return [(f"{len(asked)}-{i}.xml", 1 - i / 100) for i in range(most)]

    names = shortlist(cv, nearest)
    assert asked == [jobs.count(0), jobs.count(1), len(jobs)]
    assert names[:4] == ("1-0.xml", "2-0.xml", "3-0.xml", "1-1.xml")
    assert len(names) == MOST
    assert shortlist(matcher.voiced(document("")), nearest) == ()


def test_of_a_long_job_a_few_lines_are_looked_up(matcher):
    cv = matcher.voiced(document("\n".join([OPS, *(f"- Serveur numéro {n} installé" for n in range(90))])))
    sizes = []
    shortlist(cv, lambda vectors, most: sizes.append(len(vectors)) or [])
    assert sizes == [LINES]
