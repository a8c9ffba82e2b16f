"""What can be typed after `acquis`."""

from __future__ import annotations

import argparse
from pathlib import Path

from corpus.feed.dataset import DATASET


def parser() -> argparse.ArgumentParser:
    """The parser of every command; bad usage ends the process with status 2."""
    home = argparse.ArgumentParser(add_help=False)
    home.add_argument("--home", type=Path, help="folder of the store (or ACQUIS_HOME)")
    home.add_argument("--config", type=Path, metavar="FILE", help="configuration (or ACQUIS_CONFIG)")
    as_json = argparse.ArgumentParser(add_help=False)
    as_json.add_argument("--json", action="store_true", help="print JSON")
    whole = argparse.ArgumentParser(
        prog="acquis", description="Cited answers, search and CV matching over referentials."
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")

    _service(commands, home)

    _sources(commands, home)

    commands.add_parser("list", parents=[home, as_json], help="list the referentials of the store")

    commands.add_parser("reindex", parents=[home], help="encode the store by the configured model (ACQUIS_ENCODER)")

    commands.add_parser("check", parents=[home], help="verify every row and file of the store, name what is damaged")

    commands.add_parser("compact", parents=[home], help="give back unused room; drop what interrupted operations left")

    _search(commands.add_parser("search", parents=[home, as_json], help="search passages and certifications"))

    ask = commands.add_parser("ask", parents=[home, as_json], help="ask a question")
    ask.add_argument("question", metavar="QUESTION")
    ask.add_argument("--lang", choices=["fr", "en"], help="language of the answer's own phrases")

    compare = commands.add_parser("compare", parents=[home, as_json], help="compare two certifications")
    compare.add_argument("before", metavar="CODE", help="code or source name")
    compare.add_argument("after", nargs="?", metavar="CODE", help="by default, what replaces the first")
    compare.add_argument("--out", type=Path, metavar="OUT", help="write the comparison as well: .csv, .xlsx or .json")

    match = commands.add_parser("match", parents=[home, as_json], help="match a CV to competence blocks")
    match.add_argument("cv", type=Path, metavar="CV_FILE")
    match.add_argument("--certification", action="append", default=[], metavar="CODE", help="code or source name")
    formats = "write the dossier for the advisor: .docx, .pdf, .xlsx, or .acquis.json to go on with it"
    match.add_argument("--report", type=Path, metavar="OUT", help=formats)

    commands.add_parser("mcp", parents=[home], help="offer the operations as MCP tools on stdio")

    told = "let the configured model (ACQUIS_MODEL) propose pairs of lines; personal details are masked before"
    match.add_argument("--model", action="store_true", help=told)

    batch = commands.add_parser("batch", parents=[home], help="answer a file of requests")
    batch.add_argument("kind", choices=["search", "ask", "match"])
    batch.add_argument("gold", type=Path, metavar="GOLD.jsonl")
    batch.add_argument("out", type=Path, metavar="OUT.jsonl")
    return whole


def _search(search: argparse.ArgumentParser) -> None:
    """The options of `search`: how many, which ones, in what form."""
    search.add_argument("query", metavar="QUERY")
    search.add_argument("--top", type=_positive, default=10, metavar="N", help="hits to print (default 10)")
    search.add_argument("--level", type=int, metavar="N", help="European level, 1 to 8")
    search.add_argument("--rome", metavar="CODE")
    search.add_argument("--nsf", metavar="CODE")
    search.add_argument("--certification", action="append", default=[], metavar="CODE", help="code or source name")
    search.add_argument("--active", action="store_true", help="only what is in force today")
    search.add_argument("--vae", action="store_true", help="only what is open to validation of experience")
    search.add_argument("--formacode", metavar="CODE")
    search.add_argument("--issuer", metavar="WORDS", help="words of an issuer's name")
    search.add_argument("--type", dest="kind", metavar="TYPE", help="type of diploma: BTS, CAP, TP, BUT, LP, MASTER …")
    search.add_argument("--register", choices=["RNCP", "RS"])
    search.add_argument("--ends-from", metavar="DAY", help="registered at least until 2027, 2027-03-28 or 28/03/2027")
    search.add_argument("--ends-to", metavar="DAY", help="registration ends by then")
    search.add_argument("--by-certification", action="store_true", help="certifications with their blocks, by page")
    search.add_argument("--page", type=_positive, default=1, metavar="N", help="page to print (default 1)")
    search.add_argument("--csv", type=Path, metavar="OUT", help="write the certifications found as CSV")
    search.add_argument("--xlsx", type=Path, metavar="OUT", help="write the certifications found as XLSX")


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{value} is not a positive number")
    return value


def _service(commands: argparse._SubParsersAction, home: argparse.ArgumentParser) -> None:
    """The service, its configuration and its accounts."""
    serve = commands.add_parser("serve", parents=[home], help="start the web app")
    serve.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to listen on (default 7860)")

    commands.add_parser("config", parents=[home], help="print the configuration in force, without secrets")

    user = commands.add_parser("user", help="local accounts of those who sign in")
    actions = user.add_subparsers(dest="action", required=True, metavar="ACTION")
    made = actions.add_parser("add", parents=[home], help="make an account, or change its role and password")
    made.add_argument("name", metavar="NAME")
    made.add_argument("--role", choices=["advisor", "staff"], default="advisor", help="(default advisor)")
    actions.add_parser("list", parents=[home], help="list the accounts")
    for action, told in (("remove", "remove an account, and end its sessions"), ("unlock", "forget wrong passwords")):
        actions.add_parser(action, parents=[home], help=told).add_argument("name", metavar="NAME")


def _sources(commands: argparse._SubParsersAction, home: argparse.ArgumentParser) -> None:
    """What comes into the store, and goes."""
    add = commands.add_parser("add", parents=[home], help="add files to the store, or replace them")
    add.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="a file, or a folder of files")
    add.add_argument(
        "--active-only", action="store_true", help="of an export, keep no passages of fiches no longer in force"
    )

    fetch = commands.add_parser("fetch", parents=[home], help="download the newest national export, and add it")
    fetch.add_argument("url", nargs="?", default=DATASET, metavar="URL", help="dataset of data.gouv.fr, or a file")
    fetch.add_argument("--register", choices=["rncp", "rs"], default="rncp", help="which export (default rncp)")
    fetch.add_argument("--active-only", action="store_true", help="keep no passages of fiches no longer in force")
    fetch.add_argument("--keep", action="store_true", help="keep the downloaded file")

    remove = commands.add_parser("remove", parents=[home], help="remove sources from the store")
    remove.add_argument("sources", nargs="+", metavar="SOURCE", help="name of a source, as `acquis list` prints it")
