"""What users are told when something fails."""

from __future__ import annotations

import logging
import traceback

from assistant.web.texts import Texts
from corpus.errors import AcquisError

log = logging.getLogger("acquis.web")


def phrase(error: Exception, t: Texts) -> str:
    """A phrase for the user. Of an unexpected error only its kind and place are logged: its message may quote a CV."""
    if isinstance(error, AcquisError):
        return t.spaced(error.hint if t.lang == "fr" else error.hint_en)
    places = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    log.error("unexpected %s at\n%s", type(error).__name__, places)
    return t("failure.unexpected")
