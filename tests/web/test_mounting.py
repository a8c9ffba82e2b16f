"""What a page of ours spares Gradio."""

from __future__ import annotations

import gradio as gr
import pytest
from awaited import awaited

from assistant.settings import Limits
from assistant.web.mounting import CLOSED, Sessions, described

VALUES = (["kept"], "shown", "typed")


def page() -> tuple[gr.Blocks, gr.blocks.BlockFunction, list]:
    with described(Limits()) as blocks:
        parts = [gr.State([]), gr.HTML("before"), gr.Textbox("empty")]
        gr.Button("go").click(lambda: None, None, parts)
    return blocks, next(iter(blocks.fns.values())), parts


@pytest.mark.parametrize("skipped", [(), (0,), (1,), (2,), (0, 1), (1, 2), (0, 1, 2)])
def test_what_is_skipped_stays_and_the_rest_is_sent_as_gradio_does(skipped):
    blocks, call, parts = page()
    predictions = [gr.skip() if n in skipped else value for n, value in enumerate(VALUES)]
    held = gr.state_holder.SessionState(blocks)
    plainly = awaited(gr.Blocks.postprocess_data(blocks, call, predictions, gr.state_holder.SessionState(blocks)))
    for one in plainly:  # of HTML that stays, Gradio also sends that it is an update, twice
        if isinstance(one, dict):
            assert one.pop("props", {"__type__": "update"}) == {"__type__": "update"}
    assert awaited(blocks.postprocess_data(call, predictions, held)) == plainly
    assert held[parts[0]._id] == ([] if 0 in skipped else ["kept"])


def test_a_skipped_component_is_not_built_anew(monkeypatch):
    blocks, call, _ = page()
    held = gr.state_holder.SessionState(blocks)
    monkeypatch.setattr(gr.HTML, "__init__", None)
    sent = awaited(blocks.postprocess_data(call, (["kept"], gr.skip(), "typed"), held))
    assert sent == [None, gr.skip(), "typed"]


def test_calls_leave_no_record_behind():
    blocks, _, _ = page()
    assert blocks._queue.ANALYTICS_MAX_EVENTS == 0
    assert blocks._queue.compute_analytics_summary([{"function": "f"}]) == {}


def test_who_closed_the_page_longest_ago_is_forgotten_and_nobody_else():
    blocks, _, _ = page()
    holder = Sessions()
    holder.set_blocks(blocks)
    holder["open"]
    for number in range(CLOSED + 5):
        holder[str(number)].is_closed = True
    holder["another"]
    assert list(holder.session_data) == ["open", *(str(n) for n in range(5, CLOSED + 5)), "another"]
