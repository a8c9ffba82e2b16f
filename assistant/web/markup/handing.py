"""Files that a page makes: handed to the browser as a link that holds them, of which nothing stays on the server."""

from __future__ import annotations

import base64
import time

from assistant.web.markup.text import escape

WORD = "application/vnd.openxmlformats-officedocument"
MEDIA = {  # by the ending of a file's name
    "csv": "text/csv;charset=utf-8",
    "docx": f"{WORD}.wordprocessingml.document",
    "json": "application/json",
    "md": "text/markdown;charset=utf-8",
    "pdf": "application/pdf",
    "txt": "text/plain;charset=utf-8",
    "xlsx": f"{WORD}.spreadsheetml.sheet",
}
SAVE = """() => {
  let left = 100;
  const save = () => {
    const link = document.querySelector("#%s a:not([data-taken])");
    if (link) { link.dataset.taken = ""; link.click(); }
    else if (left--) setTimeout(save, 50);
  };
  save();
}"""


def handed(name: str, data: bytes, told: str, css: str = "open") -> str:
    """A link that saves the file when it is clicked, as SAVE does once; `told` is its words."""
    made = time.monotonic_ns()  # the same file asked for twice is a new link, which is saved again
    address = f"data:{MEDIA[name.rpartition('.')[2].lower()]};base64,{base64.b64encode(data).decode()}"
    return f'<a class="{css}" download="{escape(name)}" data-made="{made}" href="{address}">{escape(told)}</a>'
