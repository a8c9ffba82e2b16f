"""A language model, where there is one: it may arrange evidence, nothing else."""
