"""The web page: a FastAPI application with Gradio mounted, in French and in English.

Gradio reads its environment while it is imported, so what keeps it silent and its uploads private is set here, before
any module of this package imports it.
"""

import os
import tempfile

UPLOADS = tempfile.TemporaryDirectory(prefix="acquis-", ignore_cleanup_errors=True)  # mode 0700, removed at exit

os.environ["GRADIO_TEMP_DIR"] = UPLOADS.name
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_OFFLINE", "1")
