// What the page does by itself: its language, and the comings and goings of the source beside it.
(() => {
  const WORDS = __WORDS__;
  const lang = document.documentElement.lang;
  // The words of Gradio's own controls follow this, whatever the browser's language is.
  Object.defineProperty(navigator, "language", { get: () => lang });
  Object.defineProperty(navigator, "languages", { get: () => [lang] });

  // When the page is left, Gradio closes its streams and reports as an error that they were closed; the browser closes
  // them by itself.
  window.addEventListener("beforeunload", (event) => {
    event.stopImmediatePropagation();
    if (unsaved && document.querySelector("#dossier-form [data-edit]")) event.preventDefault();
  }, { capture: true });

  // Whether the dossier has changes that leaving the page would lose.
  let unsaved = false;
  const field = (event) => event.target.matches?.("[data-edit]");
  document.addEventListener("change", (event) => { unsaved ||= field(event); }, { capture: true });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#dossier-acquis, #dossier-told [data-act=replace]")) unsaved = false;
  }, { capture: true });

  // The window's address says what the page shows: link.py writes it so. A page is opened anew at another address.
  let written = location.search;
  window.acquis = {
    link(state) {
      const query = new URLSearchParams(Object.entries(state).flatMap(([name, value]) =>
        [value].flat().filter((one) => one !== null && one !== undefined && one !== "" && one !== false && one !== 0)
          .map((one) => [name, one === true ? "1" : one])));
      const address = location.pathname + (query.size ? `?${query}` : "");
      if (address !== location.pathname + location.search) history.pushState(null, "", address);
      written = location.search;
      return [];
    },
  };
  window.addEventListener("popstate", () => location.search === written || location.reload());
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-keeps-state]");
    if (link) link.search = location.search;
  });

  // Files that cannot be taken are refused here, in our words, before anything is sent.
  function refusal(files, kinds) {
    const kind = (file) => kinds.some((end) => file.name.toLowerCase().endsWith(end));
    const strange = files.find((file) => !kind(file));
    if (strange) return WORDS.kind.replace("{name}", strange.name).replace("{kinds}", kinds.join(", "));
    const large = files.find((file) => file.size > WORDS.largest);
    return large && WORDS.size.replace("{name}", large.name).replace("{size}", Math.floor(WORDS.largest / 1e6));
  }

  function check(event) {
    const zone = event.target.closest?.(".upload-container");
    const files = [...((event.type === "drop" ? event.dataTransfer : event.target).files ?? [])];
    if (!zone || !files.length) return;
    zone.parentElement.querySelector(".notice")?.remove();
    const kinds = zone.querySelector("input[type=file]").accept.split(",").map((end) => end.trim());
    const told = refusal(files, kinds);
    if (!told) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    if (event.type === "change") event.target.value = "";
    const notice = Object.assign(document.createElement("p"), { className: "notice error", textContent: told });
    notice.setAttribute("role", "alert");
    zone.after(notice);
  }
  document.addEventListener("change", check, { capture: true });
  document.addEventListener("drop", check, { capture: true });

  let opener = null;

  document.addEventListener("click", (event) => {
    if (event.target.matches?.("img.page")) event.target.classList.toggle("larger");
    const button = event.target.closest?.("[data-act]");
    if (!button) return;
    if (["open", "cv"].includes(button.dataset.act)) opener = button;
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
      const label = zone.parentElement.querySelector("[data-testid=block-label]")?.textContent.trim();
      const name = `${label}. ${zone.textContent.trim().replace(/\s+/g, " ")}`;
      if (label && zone.getAttribute("aria-label") !== name) {
        zone.setAttribute("aria-label", name);
        zone.querySelector("input")?.setAttribute("aria-label", name);
      }
    }
    const asked = document.querySelectorAll("#talk .asked");
    if (asked.length > exchanges) asked[asked.length - 1].scrollIntoView({ block: "start", behavior: "smooth" });
    exchanges = asked.length;
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-opened"] });
})();
