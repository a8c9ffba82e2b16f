"""The web application: `python app.py`, or `app:create_app` for another server."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.cli.arguments import HOST, PORT, default_home
from assistant.web.server import create_app, serve

__all__ = ["create_app", "serve"]


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(description="Acquis : la page web.")
    parser.add_argument("--home", type=Path, default=default_home(), help="dossier de la base (ou ACQUIS_HOME)")
    parser.add_argument("--host", default=HOST, help="adresse d’écoute")
    parser.add_argument("--port", type=int, default=PORT, help="port d’écoute")
    options = parser.parse_args()
    serve(options.home, options.host, options.port)


if __name__ == "__main__":
    main()
