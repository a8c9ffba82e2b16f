"""The web page: a FastAPI application with Gradio mounted, in French and in English.

Gradio reads its environment while it is imported, so what keeps it silent and its uploads private is set here, before
any module of this package imports it.
"""

import inspect
import os
import tempfile

UPLOADS = tempfile.TemporaryDirectory(prefix="acquis-", ignore_cleanup_errors=True)  # mode 0700, removed at exit

os.environ["GRADIO_TEMP_DIR"] = UPLOADS.name
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_OFFLINE", "1")


def _without_stubs(of: object, getfile=inspect.getfile) -> str:
    """`inspect.getfile`, but for Gradio's own classes, which then look as if they had no source."""
    if getattr(of, "__module__", "").startswith("gradio.") and isinstance(of, type):
        raise OSError("no stubs are wanted")
    return getfile(of)


# Each import of Gradio parses the source of its 80 components to write their type stubs anew beside them: 40 % of its
# import time. It skips what has no source.
_getfile, inspect.getfile = inspect.getfile, _without_stubs
try:
    import gradio  # noqa: F401
finally:
    inspect.getfile = _getfile
