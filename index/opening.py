"""Where a store is: a folder of this machine or a PostgreSQL database; told apart by how the place is written."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import UsageError
from index.contract import Encoder
from index.library import Library

SCHEMES = ("postgresql://", "postgres://")
Place = Path | str


def place(text: str) -> Place:
    """The folder or the address that a text names."""
    return text if text.startswith(SCHEMES) else Path(text)


def open_library(home: Place, encoder: Encoder | None = None, create: bool = False) -> Library:
    """Open the store at a place.

    Raises:
        StoreError: it is missing (unless `create`), damaged, out of reach, or built by another encoder.
        UsageError: the address of a database is given, and the libraries to reach one are not installed.
    """
    if isinstance(home, Path):
        return Library.open(home, encoder, create)
    try:
        # Only who shares a corpus has psycopg.
        from index.postgres.library import SharedLibrary  # noqa: PLC0415
    except ImportError as error:
        raise _without_driver(home.partition("://")[0], error) from error
    return SharedLibrary.open(home, encoder, create)


def _without_driver(scheme: str, error: ImportError) -> UsageError:
    return UsageError(
        f"no driver for {scheme}: {error}",
        "Une base PostgreSQL demande une bibliothèque de plus : pip install 'acquis[postgres]'.",
        "A PostgreSQL database needs one more library: pip install 'acquis[postgres]'.",
    )
