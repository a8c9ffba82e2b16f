"""The web application: `python app.py` is `acquis serve`; `app:create_app` is for other servers and tests."""

from __future__ import annotations

import sys

from assistant.cli import main
from assistant.web.server import create_app, serve

__all__ = ["create_app", "serve"]

if __name__ == "__main__":
    sys.exit(main(["serve", *sys.argv[1:]]))
