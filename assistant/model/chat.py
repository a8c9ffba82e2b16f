"""The one door to LangChain: any chat model becomes a stream of text."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from langchain_core.language_models import BaseChatModel
from langchain_openai import ChatOpenAI

from assistant.model.port import ModelSettings
from corpus.errors import ModelError

PATIENCE = 6.0  # seconds for the first word, and between two pieces of a reply
WHOLE = 60.0  # seconds for a whole reply
LONGEST = 20_000  # characters of a reply; a model that goes on longer is cut off


class LangChainModel:
    """A LangChain chat model.

    Args:
        clock: seconds that only grow; the reply as a whole is bounded by it.
    """

    def __init__(self, chat: BaseChatModel, name: str, clock: Callable[[], float] = time.monotonic) -> None:
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
