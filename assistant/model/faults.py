"""What can go wrong with a language model, told from whatever error a provider raises; pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

from assistant.answer import Lang
from assistant.answering.phrases import say
from corpus.errors import ModelError


class Reason(StrEnum):
    """Why there is no reply; each has a phrase of its own, `model_…`."""

    REFUSED = "refused"  # nobody answers at the address
    SLOW = "slow"
    CUT = "cut"  # the reply ended in mid-sentence
    KEY = "key"
    UNKNOWN = "unknown"  # no such model, or no such address on the server
    BUSY = "busy"
    BROKEN = "broken"  # the server says that it failed
    GARBLED = "garbled"
    LONG = "long"
    RESTING = "resting"  # not asked at all, after failures in a row


class ModelFault(ModelError):
    """A language model that failed, and why.

    Attributes:
        seconds: for how long it is not to be asked again, where that is known; else 0.
    """

    def __init__(self, reason: Reason, what: str = "", seconds: float = 0.0) -> None:
        self.reason, self.seconds = reason, seconds
        detail = f" ({what})" if what else ""
        super().__init__(f"language model: {reason}{detail}", self.phrase("fr"), self.phrase("en"))

    def phrase(self, lang: Lang) -> str:
        """For readers: what happened, and that the answer is the extractive one."""
        return say(f"model_{self.reason}", lang, seconds=max(1, round(self.seconds)))


STATUSES = {401: Reason.KEY, 403: Reason.KEY, 404: Reason.UNKNOWN, 408: Reason.SLOW, 429: Reason.BUSY}
NAMES = (  # parts of the names that providers' libraries give to their errors, most telling first
    ("timeout", Reason.SLOW),
    ("authentication", Reason.KEY),
    ("remoteprotocol", Reason.CUT),
    ("readerror", Reason.CUT),
    ("connect", Reason.REFUSED),
)


def fault(error: BaseException) -> ModelFault:
    """The fault behind a provider's error.

    Only its class and status are kept: its text may hold whatever a server sent, the key among it.
    """
    chain = tuple(_chain(error))
    known = next((e for e in chain if isinstance(e, ModelFault)), None)
    if known:
        return known
    status = next((s for s in map(_status, chain) if s), None)
    if status:
        reason = STATUSES.get(status, Reason.BROKEN)
        return ModelFault(reason, f"HTTP {status}", next(filter(None, map(_wait, chain)), 0.0))
    names = [type(e).__name__.lower() for e in chain]
    reason = next((reason for part, reason in NAMES if any(part in n for n in names)), Reason.GARBLED)
    return ModelFault(reason, type(error).__name__)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        yield error
        error = error.__cause__ or error.__context__


def _status(error: BaseException) -> int | None:
    for holder in (error, getattr(error, "response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int) and status >= 300:
            return status
    return None


def _wait(error: BaseException) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None)
    return waiting(headers.get("retry-after"), datetime.now(UTC)) if headers else None


def waiting(header: str | None, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for, as a number or as a date; None where it asks for nothing."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:6])
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())
