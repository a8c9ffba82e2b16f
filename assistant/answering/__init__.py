"""From an understood question to an answer out of the sources, without a language model."""
