"""What a command's exit status tells."""

DONE = 0
IN_PART = 1  # each failed file or request is named with its reason
BAD_USAGE = 2
NOTHING_FOUND = 3
