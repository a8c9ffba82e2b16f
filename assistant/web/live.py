"""HTML of ours whose buttons speak to Python."""

from __future__ import annotations

import json

import gradio as gr

QUIET = {"show_progress": "hidden", "api_visibility": "private"}  # no veil over what changes; no public interface

LISTEN = """
const actions = %s;
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button && actions.includes(button.dataset.act)) trigger(button.dataset.act, { ...button.dataset });
});
"""


def live(value: str, *actions: str, **more: object) -> gr.HTML:
    """An HTML component with one event for each action that its buttons name in `data-act`."""
    return gr.HTML(value, js_on_load=LISTEN % json.dumps(actions), apply_default_css=False, **more)
