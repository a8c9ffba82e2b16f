"""Readers' opinions for staff: how many, how long they are kept, and the buttons that take them away."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.feedback.export import ENDINGS
from assistant.feedback.opinions import Opinion, Verdict
from assistant.web.markup.text import button, escape, joined
from assistant.web.texts import Texts


def gathered(opinions: Sequence[Opinion], keep_hours: int, t: Texts) -> str:
    """The section as a whole, folded."""
    useful = sum(opinion.verdict is Verdict.UP for opinion in opinions)
    told = t.count("opinion.held", len(opinions), up=useful, down=len(opinions) - useful)
    files = joined(
        button("export", escape(t("question.export", kind=ending[1:].upper())), css="see", ending=ending)
        for ending in ENDINGS
    )
    return (
        f'<details class="opinions"><summary>{escape(t("opinion.staff"))} ({len(opinions)})</summary>'
        f'<p>{escape(told)}</p><p class="quiet">{escape(t("opinion.staff.kept", time=lasting(keep_hours, t)))}</p>'
        f"<p>{files if opinions else ''}</p></details>"
    )


def lasting(hours: int, t: Texts) -> str:
    """A time in days where it is a whole number of them, else in hours."""
    return t.count("opinion.hours", hours) if hours % 24 else t.count("opinion.days", hours // 24)
