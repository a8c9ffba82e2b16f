"""Makes what ships of our own: the embedding model and the token ranks. Not part of the installed program."""
