"""A language model, where there is one: it may arrange evidence, nothing else."""

from __future__ import annotations

import os
from collections.abc import Mapping

from assistant.model.breaker import Guarded
from assistant.model.port import settings


def configured(environment: Mapping[str, str] = os.environ) -> Guarded | None:
    """The model that the environment names, behind a circuit breaker; None where it names none.

    Raises:
        UsageError: it names only half of one, or a provider that is unknown or not installed.
    """
    chosen = settings(environment)
    if chosen is None:
        return None
    # LangChain takes a second to import, and most commands run without a model.
    from assistant.model.chat import connect  # noqa: PLC0415

    return Guarded(connect(chosen))
