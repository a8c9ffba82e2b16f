"""What the browser tests share: a way by keyboard, and a watch over what a page must not do."""

from __future__ import annotations

from dataclasses import dataclass, field

SHOWN = """() => {
  const on = document.activeElement, box = on.getBoundingClientRect();
  const ringed = [on, on.closest(".wrap")].some((x) => x && getComputedStyle(x).outlineStyle !== "none");
  const x = Math.min(box.right, innerWidth) - 4, y = Math.min(Math.max(box.top + 4, 4), innerHeight - 4);
  const above = document.elementFromPoint((Math.max(box.left, 0) + x) / 2, y);
  const seen = above && (on.contains(above) || above.contains(on) || on.labels?.[0]?.contains(above));
  return ringed && box.bottom > 0 && box.top < innerHeight && seen ? "" : on.outerHTML.slice(0, 200);
}"""


def tab_to(page, selector: str, most: int = 80) -> None:
    """Press Tab until an element of the selector has the focus, which is shown, and hidden by nothing, at each step."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue  # from the page's end to its beginning
        if page.evaluate(SHOWN):
            page.wait_for_timeout(400)  # what unfolded for the one before folds up
        hidden = page.evaluate(SHOWN)
        assert hidden == "", f"the focus is not to be seen on {hidden}"
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{most} times Tab do not lead to {selector}")


STILL = """() => new Promise((done) => {
  let quiet;
  const observer = new MutationObserver(() => again());
  const end = () => { observer.disconnect(); done(); };
  const again = () => { clearTimeout(quiet); quiet = setTimeout(end, 120); };
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  again();
})"""


def still(page) -> None:
    """Wait until nothing of a page has changed for 120 ms."""
    page.evaluate(STILL)


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
