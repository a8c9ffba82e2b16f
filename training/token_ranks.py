"""Makes index/acquis.tiktoken: byte-pair ranks learned from French text, for counting tokens without network."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from index.tokens import PATTERN
from training.sources import every_pair

ARTICLES = 30_000  # legal articles read, besides every text of the pairs


def letters() -> dict[str, int]:
    """The byte that each letter of the byte-level alphabet stands for (Radford et al. 2019)."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in plain]
    return {chr(b): b for b in plain} | {chr(256 + n): b for n, b in enumerate(others)}


def texts(data: Path) -> Iterator[str]:
    """French text, with some of the English that stands beside it, and legal prose."""
    seen: set[str] = set()
    for pair in every_pair(data):
        for text in {pair.query, pair.passage} - seen:
            seen.add(text)
            yield text
    with gzip.open(data / "codes" / "codes_en_vigueur.jsonl.gz", "rt", encoding="utf-8") as file:
        for line, _ in zip(file, range(ARTICLES), strict=False):
            yield json.loads(line)["text"]


def learn_ranks(written: Iterable[str], size: int) -> list[bytes]:
    """`size` tokens in the order of their ranks: the 256 bytes, then the pairs in the order in which they merge."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PATTERN), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=size, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(written, trainer)
    byte = letters()
    ranks = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    return [bytes(byte[letter] for letter in token) for token, _ in ranks]


def write_ranks(ranks: list[bytes], path: Path) -> str:
    """Write tiktoken's format; the SHA-256 of the file, to be put into index/tokens.py."""
    content = b"".join(b"%s %d\n" % (base64.b64encode(token), rank) for rank, token in enumerate(ranks))
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()
