"""Our own encoding: nothing is lost, nothing is fetched, French costs few tokens."""

import socket

import pytest
import tiktoken
from hypothesis import given, settings
from hypothesis import strategies as st

import index.tokens
from index.tokens import RANKS, count, encoding_for, own_encoding, parameters

FRENCH = (
    "Le candidat présente l'organisation de son équipe, les compétences qu'il a mobilisées et les résultats obtenus. "
    "Il justifie ses choix devant un jury de professionnels, pendant vingt minutes, à l’aide d’un dossier écrit."
)


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_every_text_comes_back(text: str) -> None:
    encoding = own_encoding()
    assert encoding.decode(encoding.encode_ordinary(text)) == text


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1), min_size=1, max_size=12))
def test_another_word_never_lowers_the_count(words: list[str]) -> None:
    counts = [count(" ".join(words[: n + 1])) for n in range(len(words))]
    assert counts == sorted(counts)
    assert counts[-1] <= len(" ".join(words).encode())


def test_french_takes_fewer_tokens_than_a_third_of_its_bytes() -> None:
    assert count(FRENCH) < len(FRENCH.encode()) / 3


def test_genuine_documents_come_back_at_four_bytes_a_token(shared) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        text = path.read_text("utf-8")
        assert own_encoding().decode(own_encoding().encode_ordinary(text)) == text
        assert count(text) < len(text.encode()) / 3.9, path.name


def test_an_elision_is_a_token_of_its_own() -> None:
    encoding = own_encoding()
    tokens = [encoding.decode([t]) for t in encoding.encode_ordinary("l'ingénieur qu'il d’ici")]
    assert tokens == ["l'", "ingénieur", " qu'", "il", " d’", "ici"]


def test_tiktoken_knows_it_by_name() -> None:
    assert "acquis" in tiktoken.list_encoding_names()
    assert tiktoken.get_encoding("acquis") is own_encoding()


@pytest.fixture
def no_network(monkeypatch, tmp_path):
    """Any attempt to connect fails the test; tiktoken's cache is empty."""

    def refuse(*_args: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))


def test_nothing_is_fetched(no_network) -> None:
    assert len(parameters()["mergeable_ranks"]) == own_encoding().n_vocab
    assert encoding_for("gpt-4o").name == "acquis"
    assert encoding_for("un-modele-inconnu").name == "acquis"


def test_altered_ranks_are_refused(no_network, monkeypatch, tmp_path) -> None:
    altered = tmp_path / "altered.tiktoken"
    altered.write_bytes(RANKS.read_bytes()[:-20])
    monkeypatch.setattr(index.tokens, "RANKS", altered)
    with pytest.raises(ValueError, match="Hash mismatch"):
        parameters()
