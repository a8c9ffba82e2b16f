"""What the service says of what it does, a line each on standard output; never what anybody wrote.

A message of ours is written as it is, and none of ours quotes a question, a CV or a file's name. Of other packages'
messages only the fixed words are written, without what fills them; of exceptions, their kind and place.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import TextIO

from assistant.settings import Logs

OURS = "acquis"
REQUEST: ContextVar[str] = ContextVar("request", default="")  # the mark of the request that is being answered
WITHHELD = "…"


class Lines(logging.Formatter):
    """A record as one line.

    Args:
        as_json: as a JSON object, else as words and key=value.
    """

    def __init__(self, as_json: bool) -> None:
        super().__init__()
        self.as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        told = fields(record)
        if self.as_json:
            return json.dumps(told, ensure_ascii=False)
        head = " ".join(str(told.pop(key)) for key in ("time", "level", "logger", "message"))
        return " ".join([head, *(f"{key}={value}" for key, value in told.items())]).replace("\n", " | ")


def fields(record: logging.LogRecord) -> dict[str, object]:
    """What is written of a record, in its order."""
    told: dict[str, object] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": message(record),
    }
    if REQUEST.get():
        told["request"] = REQUEST.get()
    told |= getattr(record, "fields", {})
    if record.exc_info and record.exc_info[0]:
        kind, _, trace = record.exc_info
        told["exception"] = kind.__name__
        told["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return told


def message(record: logging.LogRecord) -> str:
    """Our message whole; another package's without what fills it, and none at all where that cannot be told."""
    if record.name.partition(".")[0] == OURS:
        return record.getMessage()
    if not record.args:
        return f"{record.module}:{record.lineno}"
    return str(record.msg).replace("%s", WITHHELD).replace("%r", WITHHELD)


def shortened(address: str) -> str:
    """An address without its last part: the last byte of IPv4, all but the first 48 bits of IPv6."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if found.version == 4:
        return address.rpartition(".")[0] + ".0"
    return ":".join(found.exploded.split(":")[:3]) + "::"


def configure(logs: Logs, stream: TextIO = sys.stdout) -> logging.Handler:
    """Send every logger's records to a stream, as configured; the handler, to take it away again."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines(logs.format == "json"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(logs.level.upper())
    return handler
