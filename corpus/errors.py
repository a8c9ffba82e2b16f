"""The one tree of errors: a developer's message, a hint for the user, and whether trying again can help."""


class AcquisError(Exception):
    """Root of every error that Acquis raises on purpose.

    Args:
        message: for developers, in English, with the value met and what was expected.
        hint: for users, in French: what happened and what to do.
        hint_en: the same in English.
    """

    retryable = False

    def __init__(self, message: str, hint: str, hint_en: str = "") -> None:
        super().__init__(message)
        self.hint = hint
        self.hint_en = hint_en or message


class UnreadableFile(AcquisError):
    """A file that cannot be read: empty, encrypted, broken, of another kind than its name says."""


class TooLarge(UnreadableFile):
    """A file that exceeds a limit of memory, time, size or pages while it is read."""


class StoreError(AcquisError):
    """A store that cannot be opened or written: missing, damaged, built by another model or version."""


class StoreBusy(StoreError):
    """Another process is writing to the store."""

    retryable = True


class FetchError(AcquisError):
    """A file that cannot be had from the network, or is not what was announced.

    Args:
        retryable: whether a later try may succeed.
    """

    def __init__(self, message: str, hint: str, hint_en: str = "", retryable: bool = False) -> None:
        super().__init__(message, hint, hint_en)
        self.retryable = retryable


class ModelError(AcquisError):
    """The language model's server failed or answered with nothing usable."""

    retryable = True


class UsageError(AcquisError):
    """A request that asks for something impossible: an unknown source, an empty question, a bad option."""


class NotHeld(UsageError):
    """A request for something that the store does not hold: an unknown certification, a block that it has not."""
