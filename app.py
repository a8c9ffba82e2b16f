"""The web application: `python app.py`, or `app:create_app` for another server."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.web.server import create_app, default_home, serve

__all__ = ["create_app", "serve"]


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(description="Acquis : la page web.")
    parser.add_argument("--home", type=Path, default=default_home(), help="dossier de la base (ou ACQUIS_HOME)")
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute")
    parser.add_argument("--port", type=int, default=7860, help="port d’écoute")
    options = parser.parse_args()
    serve(options.home, options.host, options.port)


if __name__ == "__main__":
    main()
