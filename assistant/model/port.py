"""What the assistant asks of a language model, and how one is chosen; nothing here imports a provider."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from corpus.errors import UsageError

LONGEST = 20_000  # characters of a reply; a model that goes on longer is cut off


class LanguageModel(Protocol):
    """What the assistant asks of a language model."""

    name: str

    def stream(self, prompt: str) -> Iterator[str]:
        """The reply in pieces; its `close` ends the request. Raises ModelError where the server fails or stalls."""
        ...


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Which model is asked, and where.

    Attributes:
        url: of an OpenAI-compatible server; empty where the name begins with a LangChain provider ("mistralai:…").
        key: never shown, not even by repr.
    """

    url: str = field(repr=False)  # may hold a password
    name: str
    key: str = field(default="", repr=False)

    @property
    def place(self) -> str:
        """The server as it may be shown, without any password or query of its address; else the provider."""
        if not self.url:
            return self.name.partition(":")[0]
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def settings(environment: Mapping[str, str] = os.environ) -> ModelSettings | None:
    """The model that ACQUIS_MODEL names, at ACQUIS_MODEL_URL or of a LangChain provider; None where none is named.

    Raises:
        UsageError: only half of a model is named.
    """
    url, name, key = (environment.get(f"ACQUIS_MODEL{part}", "").strip() for part in ("_URL", "", "_KEY"))
    if not url and not name:
        return None
    chosen = ModelSettings(url, name, key)
    provider, colon, model = name.partition(":")
    if (name and _is_address(url)) or (not url and colon and provider and model):
        return chosen
    raise UsageError(
        f"ACQUIS_MODEL={name!r} at {chosen.place!r}, expected an http(s) address and a model's name, or provider:model",
        "Indiquez à la fois ACQUIS_MODEL_URL (http://… ou https://…) et ACQUIS_MODEL (nom du modèle), "
        "ou seulement ACQUIS_MODEL=fournisseur:modèle (par exemple mistralai:mistral-small-latest).",
        "Set both ACQUIS_MODEL_URL (http://… or https://…) and ACQUIS_MODEL (the model's name), "
        "or just ACQUIS_MODEL=provider:model (such as mistralai:mistral-small-latest).",
    )


def _is_address(url: str) -> bool:
    return url.startswith(("http://", "https://")) and bool(urlsplit(url).hostname)
