"""Search on the genuine documents stays as good as it was measured: floors a little under the figures of the day."""

import json
from pathlib import Path
from statistics import mean

import pytest

from benchmarks.search_dev import build, by_style, evaluate
from index.contract import Filters

OWN = Path(__file__).resolve().parents[1] / "quality" / "searches.jsonl"


def gold(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def library(shared, tmp_path_factory):
    return build(shared / "corpus", tmp_path_factory.mktemp("genuine"))


def test_development_set(library, shared):
    rows = evaluate(library.search, gold(shared / "eval" / "dev" / "search.jsonl"))
    assert mean(value for _, value, _ in rows) >= 0.88
    assert min(by_style(rows).values()) >= 0.75


def test_own_queries(library):
    """Written without looking at what the search finds, and judged by reading the sources."""
    rows = evaluate(library.search, gold(OWN))
    assert mean(value for _, value, _ in rows) >= 0.8


def test_hits_are_verbatim(library):
    for query in ("sécurité du réseau", "composition du jury", "tests de non-régression"):
        for hit in library.search(query):
            document = library.document(hit.passage.source)
            assert all(document.holds(quote) for quote in hit.passage.quotes)


def test_a_named_certification_comes_first(library):
    for referential in library.referentials():
        if referential.code:
            assert library.search(f"jury {referential.code}")[0].passage.certification == referential.code
            (only,) = {h.passage.source for h in library.search("jury", Filters(certifications=(referential.code,)))}
            assert only == referential.source
