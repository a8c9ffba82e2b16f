"""The one door to LangChain: any chat model becomes a stream of text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_openai import ChatOpenAI

from assistant.model.deadline import within
from assistant.model.faults import ModelFault, Reason
from assistant.model.port import LONGEST, ModelSettings
from assistant.model.wire import client
from corpus.errors import UsageError

PATIENCE = 6.0  # seconds for a reply or for a start of one that stands: a reader waits 8 at most for something to read


class LangChainModel:
    """A LangChain chat model.

    Args:
        patience: seconds for a whole reply.
        ends: True where the provider says that a reply is finished, so that one without such a mark was cut.
    """

    def __init__(self, chat: BaseChatModel, name: str, patience: float = PATIENCE, ends: bool = False) -> None:
        self.name = name
        self._chat, self._patience, self._ends = chat, patience, ends

    def stream(self, prompt: str) -> Iterator[str]:
        return within(self._patience, lambda: self._pieces(prompt))

    def _pieces(self, prompt: str) -> Iterator[str]:
        length, finished, said = 0, not self._ends, False
        for chunk in self._chat.stream(prompt):
            text = chunk.text if isinstance(chunk.text, str) else chunk.text()
            length, said = length + len(text), said or bool(text.strip())
            finished = finished or bool(chunk.response_metadata.get("finish_reason"))
            if length > LONGEST:
                raise ModelFault(Reason.LONG, f"over {LONGEST} characters")
            yield text
        if not said:
            raise ModelFault(Reason.GARBLED, "no text in the reply")
        if not finished:
            raise ModelFault(Reason.CUT, f"after {length} characters")


def connect(chosen: ModelSettings, patience: float = PATIENCE) -> LangChainModel:
    """The model that the settings name; raises UsageError where its provider is unknown, missing or unprepared."""
    return _at_address(chosen, patience) if chosen.url else _of_provider(chosen, patience)


def _at_address(chosen: ModelSettings, patience: float) -> LangChainModel:
    """A model behind any OpenAI-compatible server (Ollama, vLLM, llama.cpp, Mistral, Albert)."""
    chat = ChatOpenAI(
        base_url=chosen.url,
        model=chosen.name,
        api_key=chosen.key or "none",
        temperature=0,
        timeout=patience,
        max_retries=0,
        http_client=client(patience),
    )
    return LangChainModel(chat, chosen.name, patience, ends=True)


def _of_provider(chosen: ModelSettings, patience: float) -> LangChainModel:
    """A model by its LangChain provider; without a key of ours the provider's own variable holds one."""
    key = {"api_key": chosen.key} if chosen.key else {}
    provider, _, name = chosen.name.partition(":")
    try:
        chat = init_chat_model(name, model_provider=provider, temperature=0, timeout=patience, max_retries=0, **key)
    except ImportError as error:
        raise _missing(provider, str(error)) from None
    except Exception as error:  # each provider refuses in its own way, and some repeat the key
        raise _unprepared(provider, type(error).__name__) from None
    return LangChainModel(chat, chosen.name, patience)


def _missing(provider: str, told: str) -> UsageError:
    named = re.search(r"pip install ([\w-]+)", told)
    package = named[1] if named else f"langchain-{provider}"
    return UsageError(
        f"provider {provider!r} needs the package {package}, which is not installed",
        f"Le fournisseur « {provider} » demande un paquet de plus : pip install {package}",
        f"The provider “{provider}” needs one more package: pip install {package}",
    )


def _unprepared(provider: str, error: str) -> UsageError:
    return UsageError(
        f"provider {provider!r} could not be prepared ({error}), expected one that LangChain knows, and its key",
        f"Le fournisseur « {provider} » est inconnu de LangChain ou sa clé manque : "
        "vérifiez ACQUIS_MODEL (fournisseur:modèle) et ACQUIS_MODEL_KEY.",
        f"The provider “{provider}” is unknown to LangChain or its key is missing: "
        "check ACQUIS_MODEL (provider:model) and ACQUIS_MODEL_KEY.",
    )
