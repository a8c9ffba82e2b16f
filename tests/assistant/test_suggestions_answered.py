"""Every question that the page offers is answered: the examples of the empty page, and what follows on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import gradio as gr
import pytest

from assistant.answer import Status
from assistant.assistant import Assistant
from assistant.web.question import QuestionTab
from assistant.web.service import Service
from assistant.web.texts import LANGS, texts
from assistant.web.viewer import Viewer
from corpus import notices
from index import opening


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Over the shipped notices."""
    library = opening.library(tmp_path_factory.mktemp("home"), create=True)
    list(library.add(sorted(p for p in Path(notices.folder()).iterdir() if p.suffix == ".txt")))
    return Assistant(library)


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_offered_is_answered(assistant, lang):
    t, service = texts(lang), Service(assistant, assistant.library)
    with gr.Blocks():
        tab = QuestionTab(service, Viewer(service, t), t)
    asked, waiting = set(), tab.examples()
    assert len(waiting) == 4
    while waiting:
        question = waiting.pop()
        asked.add(question)
        answer = assistant.ask(question, lang=lang)
        assert answer.status is Status.ANSWERED, question
        waiting += [s for s in answer.suggestions if s not in asked and s not in waiting]
    assert len(asked) > 10
