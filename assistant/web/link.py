"""What a page shows, kept in its address: for searches and comparisons, never for what is personal.

A tab reads its address when it is opened, by `shown(request)` in the function that its row of PAGES calls on arrival
(give that function a parameter annotated `gr.Request`). It writes the address after what it shows has changed:

    event.then(None, [query, level], None, js=written("q", "niveau"))

Going back opens the page anew at the address before.
"""

from __future__ import annotations

import json

import gradio as gr

LONGEST = 1_000  # characters of one value


def shown(request: gr.Request) -> dict[str, list[str]]:
    """The values that an address carries, by name; anybody may have written them."""
    given = request.query_params
    return {name: [value[:LONGEST] for value in given.getlist(name)] for name in given}


def written(*names: str) -> str:
    """JavaScript that takes a value for each name, and puts those that are not empty into the address."""
    return f"(...values) => acquis.link(Object.fromEntries({json.dumps(names)}.map((name, i) => [name, values[i]])))"
