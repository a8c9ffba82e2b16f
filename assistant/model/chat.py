"""The one door to LangChain: any chat model becomes a stream of text."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from langchain_core.language_models import BaseChatModel
from langchain_openai import ChatOpenAI

from corpus.errors import ModelError, UsageError

PATIENCE = 6.0  # seconds for the first word, and between two pieces of a reply
WHOLE = 60.0  # seconds for a whole reply
LONGEST = 20_000  # characters of a reply; a model that goes on longer is cut off


class LanguageModel(Protocol):
    """What the assistant asks of a language model."""

    name: str

    def stream(self, prompt: str) -> Iterator[str]:
        """The reply in pieces; raises ModelError where the server fails, stalls or goes on for ever."""
        ...


class LangChainModel:
    """A LangChain chat model.

    Args:
        clock: seconds that only grow; the reply as a whole is bounded by it.
    """

    def __init__(self, chat: BaseChatModel, name: str, clock=time.monotonic) -> None:
        self.name = name
        self._chat = chat
        self._clock = clock

    def stream(self, prompt: str) -> Iterator[str]:
        started, length = self._clock(), 0
        try:
            for chunk in self._chat.stream(prompt):
                text = chunk.text if isinstance(chunk.text, str) else chunk.text()
                length += len(text)
                if length > LONGEST or self._clock() - started > WHOLE:
                    raise _failure("reply too long")
                yield text
        except ModelError:
            raise
        except Exception as error:  # whatever a provider raises, the user gets the extractive answer
            raise _failure(type(error).__name__) from error


def _failure(what: str) -> ModelError:
    return ModelError(
        f"language model: {what}",
        "Le modèle de langage n'a pas répondu comme attendu.",
        "The language model did not answer as expected.",
    )


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The three settings of an OpenAI-compatible server."""

    url: str
    name: str
    key: str = ""


def settings(environment: Mapping[str, str] = os.environ) -> ModelSettings | None:
    """The model configured by ACQUIS_MODEL_URL, ACQUIS_MODEL and ACQUIS_MODEL_KEY; None where there is none."""
    url, name = environment.get("ACQUIS_MODEL_URL", ""), environment.get("ACQUIS_MODEL", "")
    if not url and not name:
        return None
    if not (url.startswith(("http://", "https://")) and name):
        raise UsageError(
            f"ACQUIS_MODEL_URL={url!r} and ACQUIS_MODEL={name!r}, expected an http(s) address and a model's name",
            "Indiquez à la fois ACQUIS_MODEL_URL (http://… ou https://…) et ACQUIS_MODEL (nom du modèle).",
            "Set both ACQUIS_MODEL_URL (http://… or https://…) and ACQUIS_MODEL (the model's name).",
        )
    return ModelSettings(url, name, environment.get("ACQUIS_MODEL_KEY", ""))


def connect(chosen: ModelSettings) -> LangChainModel:
    """A model behind any OpenAI-compatible server (Ollama, vLLM, llama.cpp, Mistral, Albert)."""
    chat = ChatOpenAI(
        base_url=chosen.url,
        model=chosen.name,
        api_key=chosen.key or "none",
        temperature=0,
        timeout=PATIENCE,
        max_retries=0,
    )
    return LangChainModel(chat, chosen.name)
