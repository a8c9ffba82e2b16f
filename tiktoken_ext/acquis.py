"""Registers our encoding with tiktoken, which looks for ENCODING_CONSTRUCTORS in this namespace package."""

from index.tokens import NAME, parameters

ENCODING_CONSTRUCTORS = {NAME: parameters}
