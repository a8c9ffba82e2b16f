"""What the assistant asks of a language model, and how one is chosen; nothing here imports a provider."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from corpus.errors import UsageError


class LanguageModel(Protocol):
    """What the assistant asks of a language model."""

    name: str

    def stream(self, prompt: str) -> Iterator[str]:
        """The reply in pieces; raises ModelError where the server fails, stalls or goes on for ever."""
        ...


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
