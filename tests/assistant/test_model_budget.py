"""A prompt never takes more tokens than it may, whatever is asked, said before, and found."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Turn
from assistant.answering.draft import Cited, Line
from assistant.assistant import Assistant
from assistant.model.arrange import build, words
from assistant.model.budget import HISTORY, PROMPT, QUESTION, counter, shortened
from assistant.model.doubles import ScriptedModel
from corpus.document import Quote
from corpus.referential import Referential
from index.tokens import count, encoding_for

SOURCE = Referential("a.txt", "plain", "Un titre", code="RNCP90004")
HEAVY = ["élève ", "anticonstitutionnellement ", "0123456789", "𝔘𝔫𝔦 ", "漢字", "\u200d", "<<>>", "\n", "x" * 50 + " "]


def excerpt(text: str, block: int | None = None) -> Line:
    return Line("", (Cited(SOURCE, block, Quote(" ".join(text.split()) or "x", 1, 1)),))


def long(seed: int, pieces: int) -> str:
    rng = random.Random(seed)
    return "".join(rng.choice(HEAVY) for _ in range(pieces))


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", ["", "gpt-4o", "mistral-small"])
def test_a_prompt_keeps_within_its_tokens(lang, name):
    size = counter(name)
    history = [Turn("user", long(n, 2000)) for n in range(50)]
    own = [excerpt(long(n, 30), n) for n in range(12)]
    near = [excerpt(long(n, 200), n % 5) for n in range(100, 300)]
    request = build(long(0, 900), history, own, near, lang, size)
    assert PROMPT - 400 < size(request.prompt) <= PROMPT
    assert 0 < request.first <= len(request.excerpts)
    assert [own.index(e) for e in request.excerpts[: request.first]] == sorted(
        map(own.index, request.excerpts[: request.first])
    )
    assert not set(request.excerpts[request.first :]) & set(own)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.lists(st.text(max_size=900), max_size=6), st.lists(st.text(max_size=600), max_size=25))
def test_a_prompt_keeps_within_its_tokens_for_any_text(question, said, found):
    history = [Turn("user", text) for text in said]
    request = build(question, history, [], [excerpt(text) for text in found], "fr", count)
    assert count(request.prompt) <= PROMPT
    numbers = [line.split("]")[0] for line in request.prompt.rsplit("<extraits>")[-1].splitlines() if line[:1] == "["]
    assert numbers == [f"[{n}" for n in range(1, len(request.excerpts) + 1)]


def test_an_excerpt_that_is_too_long_leaves_room_for_the_next():
    request = build("Quoi ?", (), [excerpt("mot " * 9000), excerpt("court")], [excerpt("bref")], "fr", count)
    assert [words(e) for e in request.excerpts] == ["court", "bref"]
    assert request.first == 1


def test_the_assistant_asks_within_the_tokens_of_its_model(library):
    model = ScriptedModel([""])
    history = [Turn("assistant", "Une très longue réponse. " * 400)] * 40
    question = "Quelles sont les compétences du bloc 4 du RNCP38822 ?" + " ?" * 1900
    list(Assistant(library, model).stream(question, history))
    assert count(model.prompts[0]) <= PROMPT
    assert "Quelles sont les compétences du bloc 4" in model.prompts[0]
    assert "RNCP38822" in model.prompts[0].rsplit("<extraits>")[-1]


def test_a_model_of_its_own_encoding_is_counted_in_it():
    """Where its ranks are not on this machine, in ours: no network is asked."""
    text = "Certification professionnelle enregistrée"
    assert counter("gpt-4o")(text) == len(encoding_for("gpt-4o").encode_ordinary(text))
    assert counter("un-modele-inconnu")(text) == count(text)


@given(st.text(max_size=400), st.integers(0, 50))
def test_a_shortened_text_is_its_beginning(text, most):
    cut = shortened(text, most, count)
    assert text.startswith(cut)
    assert count(cut) <= most


def test_the_parts_leave_room_for_evidence():
    assert QUESTION + HISTORY < PROMPT / 2
