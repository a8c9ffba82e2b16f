"""A model's reply while it comes: answers that grow by whole, standing quotes, or the extractive one in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

from assistant.answer import Answer, Lang
from assistant.answering.draft import Draft
from assistant.answering.phrases import say
from assistant.model.arrange import Reply, Request
from assistant.model.deadline import PROGRESS, Progress
from assistant.model.faults import ModelFault, Reason
from assistant.model.port import LONGEST, LanguageModel
from corpus.errors import ModelError

NOTHING = ("", "RIEN")  # a reply that takes none of the excerpts
Write = Callable[[Draft], Answer]


def answers(model: LanguageModel, request: Request, draft: Draft, write: Write) -> Iterator[Answer]:
    """Answers, each longer than the last; the last is what the model arranged, or else the extractive one.

    An answer in the making is held back where it would be as long as the extractive one, which may have to follow it.
    """
    plain, shown = write(draft), 0
    if not request.excerpts:
        yield plain
        return
    reply, told, progress = Reply(request, draft), Told(), Progress()
    PROGRESS.set(progress)
    try:
        with closing(model.stream(request.prompt)) as pieces:
            for line in told.lines(pieces):
                before = reply.draft(whole=False) if reply.stands else None
                if not reply.add(line):
                    continue
                progress.made()
                if before:
                    partial = replace(write(before), author=model.name)
                    if shown < len(partial.text) < len(plain.text):
                        shown = len(partial.text)
                        yield partial
                if reply.full:
                    break
    except ModelError as error:
        yield replace(plain, notices=(*plain.notices, notice(error, plain.lang)))
        return
    yield _last(reply, told, model, plain, write)


def _last(reply: Reply, told: Told, model: LanguageModel, plain: Answer, write: Write) -> Answer:
    if reply.stands:
        return replace(write(reply.draft()), author=model.name)
    phrase = say("model_silent" if told.nothing else "model_unsupported", plain.lang)
    return replace(plain, notices=(*plain.notices, phrase))


def notice(error: ModelError, lang: Lang) -> str:
    """For readers: why the answer is the extractive one."""
    return error.phrase(lang) if isinstance(error, ModelFault) else say("model_failed", lang)


class Told:
    """A reply cut into its lines, the last one as soon as the reply ends.

    Attributes:
        nothing: the reply says so far that no excerpt answers, or says nothing at all.
    """

    def __init__(self) -> None:
        self.nothing = True

    def lines(self, pieces: Iterator[str]) -> Iterator[str]:
        rest: list[str] = []
        length = 0
        for piece in pieces:
            length += len(piece)
            if length > LONGEST:
                raise ModelFault(Reason.LONG, f"over {LONGEST} characters")
            *whole, last = piece.split("\n")
            for part in whole:
                yield self._line("".join([*rest, part]))
                rest = []
            rest.append(last)
        yield self._line("".join(rest))

    def _line(self, text: str) -> str:
        self.nothing = self.nothing and text.strip(" .\t\r").upper() in NOTHING
        return text
