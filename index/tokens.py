"""Counts tokens without network, with an encoding of our own for French; the one door to tiktoken."""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

import tiktoken
from tiktoken.load import load_tiktoken_bpe

NAME = "acquis"
RANKS = Path(__file__).resolve().parent / "acquis.tiktoken"
RANKS_SHA256 = "ad49644bd38576b181aa6ff213bfe8c4623ca153e8a57a05068cd34a16328336"
PATTERN = (
    r" ?(?:[CcDdJjLlMmNnSsTt]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)['’]"  # an elision stays whole: l', qu'
    r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
PUBLISHED = "https://openaipublic.blob.core.windows.net/encodings/{}.tiktoken"  # the key of tiktoken's own cache
SAME_RANKS = {"o200k_harmony": "o200k_base", "p50k_edit": "p50k_base"}


def parameters() -> dict[str, object]:
    """What tiktoken's registry needs to build the encoding; see tiktoken_ext/acquis.py.

    Raises:
        ValueError: the file of ranks is not the one that was shipped.
    """
    ranks = load_tiktoken_bpe(str(RANKS), expected_hash=RANKS_SHA256)
    return {"name": NAME, "pat_str": PATTERN, "mergeable_ranks": ranks, "special_tokens": {}}


@cache
def own_encoding() -> tiktoken.Encoding:
    return tiktoken.get_encoding(NAME)


def encoding_for(model: str) -> tiktoken.Encoding:
    """The encoding of a language model where tiktoken knows it and has its ranks on this machine, else our own."""
    try:
        name = tiktoken.encoding_name_for_model(model)
    except KeyError:
        return own_encoding()
    return tiktoken.get_encoding(name) if _at_hand(name) else own_encoding()


def count(text: str) -> int:
    """How many tokens of our own encoding a text has."""
    return len(own_encoding().encode_ordinary(text))


def _at_hand(name: str) -> bool:
    """True where the ranks lie in tiktoken's cache, so that asking for them needs no network."""
    for variable in ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"):
        if variable in os.environ:
            folder = os.environ[variable]
            break
    else:
        folder = os.path.join(tempfile.gettempdir(), "data-gym-cache")
    address = PUBLISHED.format(SAME_RANKS.get(name, name))
    return bool(folder) and (Path(folder) / hashlib.sha1(address.encode()).hexdigest()).is_file()
