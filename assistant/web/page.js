// What the page does by itself: its language, and the comings and goings of the source beside it.
(() => {
  const lang = document.documentElement.lang;
  // The words of Gradio's own controls follow this, whatever the browser's language is.
  Object.defineProperty(navigator, "language", { get: () => lang });
  Object.defineProperty(navigator, "languages", { get: () => [lang] });

  // When the page is left, Gradio closes its streams and reports as an error that they were closed; the browser closes
  // them by itself.
  window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), { capture: true });

  let opener = null;

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-act]");
    if (!button) return;
    if (button.dataset.act === "open") opener = button;
    if (button.dataset.act === "close") setTimeout(() => opener?.isConnected && opener.focus(), 50);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector("#viewer [data-act=close]")?.click();
  });

  function reveal(source) {
    const lines = source.querySelector(".body");
    const cited = lines?.querySelector(".cited");
    if (cited) lines.scrollTop = cited.getBoundingClientRect().top - lines.getBoundingClientRect().top - lines.clientHeight / 4;
    source.querySelector("h2")?.focus({ preventScroll: true });
    const top = source.getBoundingClientRect().top;
    if (top < 0 || top > innerHeight * 0.6) source.scrollIntoView({ block: "nearest" });
  }

  let shown = null;
  let exchanges = 0;
  new MutationObserver(() => {
    const source = document.querySelector("#viewer .source");
    const opened = source?.dataset.opened ?? null;
    if (opened !== shown) {
      shown = opened;
      if (source) requestAnimationFrame(() => reveal(source));
    }
    for (const zone of document.querySelectorAll(".upload-container[aria-label]")) {
      // Gradio names these in English only; our label names them in the page's language.
      const name = zone.parentElement.querySelector("[data-testid=block-label]")?.textContent.trim();
      if (name && zone.getAttribute("aria-label") !== name) {
        zone.setAttribute("aria-label", name);
        zone.querySelector("input")?.setAttribute("aria-label", name);
      }
    }
    const asked = document.querySelectorAll("#talk .asked");
    if (asked.length > exchanges) asked[asked.length - 1].scrollIntoView({ block: "start", behavior: "smooth" });
    exchanges = asked.length;
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-opened"] });
})();
