"""The configuration in force, as the file that would say it."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass

from assistant.settings.sections import Settings

HIDDEN = "…"


def shown(settings: Settings) -> str:
    """TOML of every key; a secret that is set is a "…"."""
    lines = [f"home = {json.dumps(str(settings.home), ensure_ascii=False)}"]
    for part in fields(Settings):
        section = getattr(settings, part.name)
        if is_dataclass(section):
            lines += ["", f"[{part.name}]"]
            lines += [f"{key.name} = {value(section, key)}" for key in fields(section)]
    return "\n".join(lines)


def value(section: object, key) -> str:
    found = getattr(section, key.name)
    if key.metadata.get("secret") and found:
        found = HIDDEN
    return json.dumps(list(found) if isinstance(found, tuple) else found, ensure_ascii=False)
