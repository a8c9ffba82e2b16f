"""REST as other programs use it: shapes, citations, errors, limits."""

from __future__ import annotations

import json

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.mounting import offer
from assistant.api.problems import LARGEST
from assistant.api.rest import rest


@pytest.fixture(scope="module")
def client(operations) -> TestClient:
    app = FastAPI()
    offer(app, operations)
    return TestClient(app, base_url="http://testserver/api/v1")


def citations(value: object) -> list[dict]:
    """Every citation anywhere in a reply."""
    if isinstance(value, list):
        return [c for item in value for c in citations(item)]
    if not isinstance(value, dict):
        return []
    own = [value] if {"quote", "start_line"} <= value.keys() else []
    return own + [c for item in value.values() for c in citations(item)]


def verbatim(reply: object, operations) -> int:
    """The number of citations of a reply, all of which stand in their lines."""
    found = citations(reply)
    for cited in found:
        lines = operations.library.document(cited["source"]).lines[cited["start_line"] - 1 : cited["end_line"]]
        assert "".join(cited["quote"].split()) in "".join("".join(lines).split())
    return len(found)


def test_a_search_finds_passages_with_their_lines(client, operations):
    found = client.get("/search", params={"q": "composter des déchets", "top": 2, "level": 5}).json()
    assert len(found["hits"]) == 2
    assert "déchets verts" in found["hits"][0]["text"].lower()
    assert found["hits"][0]["title"] in ("Animateur de jardins partagés", "Gardien de jardins partagés")
    only = client.get("/search", params={"q": "composter des déchets", "active": True}).json()
    assert "RNCP90011" not in {h["certification"] for h in only["hits"]}


def test_filters_among_the_words_and_pages_count_in_a_search(client):
    whole = client.get("/search", params={"q": "composter niveau 5", "top": 4}).json()
    assert [(s["field"], s["value"], s["words"]) for s in whole["stated"]] == [("level", 5, "niveau 5")]
    pages = [client.get("/search", params={"q": "composter niveau 5", "top": 2, "page": n}).json() for n in (1, 2)]
    assert [h for page in pages for h in page["hits"]] == whole["hits"]
    assert not client.get("/search", params={"q": "composter niveau 7"}).json()["hits"]
    named = client.get("/search", params={"q": "rncp 90012 bloc 2"}).json()["hits"]
    assert {(h["certification"], h["block"]) for h in named} == {("RNCP90012", 2)}


def test_certifications_are_found_with_their_blocks_facets_and_validity(client):
    found = client.get("/certifications", params={"q": "jardins partagés"}).json()
    assert [c["certification"] for c in found["certifications"][:2]] == ["RNCP90012", "RNCP90011"]
    assert (found["total"], found["page"], found["pages"]) == (len(found["certifications"]), 1, 1)
    old = found["certifications"][1]
    assert (old["in_force"], old["replaced_by"]) == (False, ["RNCP90012"])
    assert all(h["certification"] == "RNCP90011" for b in old["blocks"] for h in b["hits"])
    assert {f["field"] for f in found["facets"]} >= {"level", "register"}
    active = client.get("/certifications", params={"q": "jardins partagés", "active": True}).json()
    assert "RNCP90011" not in [c["certification"] for c in active["certifications"]]
    assert client.get("/certifications", params={"q": "RNCP77777"}).json()["missing"] == ["RNCP77777"]
    later = client.get("/certifications", params={"q": "jardins partagés", "ends_from": "2099-01-01"}).json()
    assert (later["total"], later["without_filters"]) == (0, found["total"])


def test_a_fiche_has_facts_and_blocks_with_quotes(client, operations):
    fiche = client.get("/certifications/rncp 90012").json()
    assert fiche["validity"]["certification"] == "RNCP90012"
    assert [b["code"] for b in fiche["blocks"]] == ["RNCP90012BC01", "RNCP90012BC02", "RNCP90012BC03"]
    assert [c["number"] for c in fiche["blocks"][2]["competences"]] == ["C3.1", "C3.2"]
    assert verbatim(fiche, operations) > 15


def test_blocks_all_or_one(client):
    assert len(client.get("/certifications/RNCP90012/blocks").json()["blocks"]) == 3
    (block,) = client.get("/certifications/RNCP90012/blocks/3").json()["blocks"]
    assert block["title"] == "Végétaliser des toits"


@pytest.mark.parametrize(
    ("code", "in_force", "replaced_by"), [("RNCP90011", False, ["RNCP90012"]), ("RNCP90012", True, [])]
)
def test_validity_is_told_by_the_day_with_quotes(client, operations, code, in_force, replaced_by):
    told = client.get(f"/certifications/{code}/validity").json()
    assert (told["in_force"], told["replaced_by"]) == (in_force, replaced_by)
    assert any(c["quote"] in ("01/09/2022", "31/12/2030") for c in told["citations"])
    assert verbatim(told, operations)


def test_a_comparison_counts_and_quotes(client, operations):
    made = client.get("/compare", params={"before": "RNCP90011"}).json()
    assert made["after"]["certification"] == "RNCP90012"
    assert made["competences_count"] == {"kept": 3, "reworded": 2, "new": 3, "gone": 1}
    assert made["moved"] == 1
    reworded = [c for b in made["blocks"] for c in b["competences"] if c["kind"] == "reworded"]
    assert any("écoles" in word for c in reworded for word in c["after"]["own"])
    assert verbatim(made, operations) > 20


def test_an_answer_carries_its_citations(client, operations):
    answer = client.post("/ask", json={"question": "Combien de blocs compte le RNCP90012 ?"}).json()
    assert answer["status"] == "answered"
    assert "3 blocs" in answer["answer"]
    assert verbatim(answer, operations)


@pytest.mark.parametrize(
    ("path", "status", "fr", "en"),
    [
        ("/certifications/RNCP1", 404, "ne contient aucune certification", "holds no certification"),
        ("/certifications/RNCP90012/blocks/7", 404, "n’a pas de bloc 7", "has no block 7"),
        ("/certifications/RNCP90012/blocks/x", 422, "À corriger : number", "To correct: number"),
        ("/compare?before=RNCP90013", 404, "ne disent pas ce qui remplace", "do not say what replaces"),
        ("/compare?before=RNCP90012&after=90012", 422, "différentes", "different"),
        ("/search?q=jardin&top=101", 422, "À corriger : top", "To correct: top"),
        ("/search?q=jardin&colour=red", 422, "À corriger : colour", "To correct: colour"),
        ("/search?q=%20", 422, "Écrivez ce que vous cherchez", "Write what you are looking for"),
        ("/search?q=jardin&kind=BLIP", 422, "À corriger : kind", "To correct: kind"),
        ("/certifications?q=jardin&ends_to=demain", 422, "À corriger : ends_to", "To correct: ends_to"),
        ("/nowhere", 404, "rien à cette adresse", "nothing at this address"),
    ],
)
def test_errors_are_problems_in_the_reader_s_language(client, path, status, fr, en):
    for headers, words in (({}, fr), ({"accept-language": "en-GB,en;q=0.9,fr;q=0.5"}, en)):
        reply = client.get(path, headers=headers)
        assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json")
        assert words in reply.json()["detail"]
        assert reply.json()["status"] == status
    if "?" in path and "colour" not in path:
        assert en in client.get(f"{path}&lang=en").json()["detail"]


def test_a_wrong_method_is_a_problem_too(client):
    assert client.put("/search").headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body",
    [{"question": ""}, {"question": "x" * 4_001}, {}, {"question": "a", "strange": 1},
     {"question": "a", "history": [{"role": "user", "content": "b"}] * 41}],
)  # fmt: skip
def test_a_question_beyond_the_limits_is_refused_without_being_repeated(client, body):
    reply = client.post("/ask", json=body)
    assert reply.status_code == 422
    assert "xxxx" not in reply.text


def test_a_body_too_large_is_refused(client):
    reply = client.post("/ask", content=b" " * (LARGEST + 1), headers={"content-type": "application/json"})
    assert (reply.status_code, reply.headers["content-type"]) == (413, "application/problem+json")


def test_an_unforeseen_error_is_told_and_logged_without_its_words(operations, caplog, monkeypatch):
    def broken(name: str) -> None:
        raise ZeroDivisionError(name)

    monkeypatch.setattr(operations, "validity", broken)
    reply = TestClient(rest(operations)).get("/certifications/secret/validity")
    assert reply.status_code == 500
    assert "n’a pas fonctionné" in reply.json()["detail"]
    assert "ZeroDivisionError" in caplog.text
    assert "secret" not in caplog.text + reply.text


def test_openapi_describes_every_operation_its_shapes_and_errors(client):
    described = client.get("/openapi.json").json()
    assert set(described["paths"]) == {
        "/search", "/certifications", "/certifications/{name}",
        "/certifications/{name}/blocks", "/certifications/{name}/blocks/{number}",
        "/certifications/{name}/validity", "/compare", "/ask",
    }  # fmt: skip
    for operations in described["paths"].values():
        for operation in operations.values():
            assert operation["description"]
            assert operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
            assert operation["responses"]["404"]
    assert {"Citation", "Fiche", "Compared", "Answer", "Problem"} <= described["components"]["schemas"].keys()
    assert described["servers"] == [{"url": "/api/v1"}]
    assert "http" not in json.dumps(described)  # nothing refers to anywhere else
