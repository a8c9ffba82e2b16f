"""Our own short descriptions of certifications, in our words, shipped with the program."""

from pathlib import Path


def folder() -> Path:
    """The folder of the notices, one text file a certification."""
    return Path(__file__).resolve().parent
