"""`acquis ask`: an answer and the quotes that it stands on."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from assistant.answer import EXTRACTIVE, Answer, Status
from assistant.answering.phrases import say
from assistant.assistant import Assistant
from assistant.cli import records
from assistant.cli.arguments import as_json, at_home
from assistant.cli.statuses import DONE, NOTHING_FOUND
from assistant.model import configured
from index import opening


def ask_arguments(command: ArgumentParser) -> None:
    at_home(command)
    as_json(command)
    command.add_argument("question", metavar="QUESTION")
    command.add_argument("--lang", choices=["fr", "en"], help="language of the answer's own phrases")


def ask(arguments: Namespace) -> int:
    answer = Assistant(opening.library(arguments.home), configured()).ask(arguments.question, lang=arguments.lang)
    if arguments.json:
        records.printed(records.answer(answer))
    else:
        print(answer.text)
        for number, cited in enumerate(answer.citations, 1):
            print(f"[{number}] {cited.source}:{cited.quote.first}-{cited.quote.last}")
        for told in (*answer.notices, *_authorship(answer)):
            print(told)
    return NOTHING_FOUND if answer.status is Status.NOT_FOUND else DONE


def _authorship(answer: Answer) -> tuple[str, ...]:
    """Who wrote an answer, where it was a language model."""
    return () if answer.author == EXTRACTIVE else (say("written_by", answer.lang, name=answer.author),)


COMMANDS = {"ask": (ask_arguments, ask)}
