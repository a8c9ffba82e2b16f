"""What the browser tests share: a free port, and a watch over what a page must not do."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Watch:
    """What a page did that it must not do."""

    wrongs: list[str] = field(default_factory=list)

    def on(self, page, address: str) -> None:
        page.on("console", lambda m: self.bad(m) and self.wrongs.append(f"{m.type}: {m.text}"))
        page.on("pageerror", lambda error: self.wrongs.append(f"uncaught: {error}"))
        page.on("request", lambda r: self.outside(r.url, address) and self.wrongs.append(f"outside: {r.url}"))
        page.on("response", lambda r: r.status >= 400 and self.wrongs.append(f"{r.status}: {r.url}"))

    @staticmethod
    def bad(message) -> bool:
        """Errors and warnings, but for the one with which Gradio's client follows every upload."""
        return message.type in ("error", "warning") and message.text != "Method not implemented."

    @staticmethod
    def outside(url: str, address: str) -> bool:
        return not url.startswith((address + "/", "data:", "blob:"))
