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
element.addEventListener("change", (event) => {
  const field = event.target.closest("[data-edit]");
  if (!field || !actions.includes(field.dataset.edit)) return;
  const value = field.type === "checkbox" ? String(field.checked) : field.value;
  trigger(field.dataset.edit, { ...field.dataset, value });
});
"""


def live(value: str, *actions: str, **more: object) -> gr.HTML:
    """An HTML component with one event for each action that buttons name in `data-act`, fields in `data-edit`."""
    return gr.HTML(value, js_on_load=LISTEN % json.dumps(actions), apply_default_css=False, **more)
