"""`python -m assistant.cli` is the same as `acquis`."""

import sys

from assistant.cli import main

sys.exit(main())
