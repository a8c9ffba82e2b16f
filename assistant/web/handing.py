"""Files that a page makes: handed to the browser as a link that holds them, of which nothing stays on the server."""

from __future__ import annotations

import base64
import time

from assistant.web.markup.text import escape

SAVE = """() => {
  let left = 100;
  const save = () => {
    const link = document.querySelector("#%s a:not([data-taken])");
    if (link) { link.dataset.taken = ""; link.click(); }
    else if (left--) setTimeout(save, 50);
  };
  save();
}"""


def handed(name: str, medium: str, data: bytes, told: str) -> str:
    """A link that saves the file when it is clicked, as SAVE does once; `told` is its words."""
    made = time.monotonic_ns()  # the same file asked for twice is a new link, which is saved again
    address = f"data:{medium};base64,{base64.b64encode(data).decode()}"
    return f'<a class="open" download="{escape(name)}" data-made="{made}" href="{address}">{escape(told)}</a>'
