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
  // From the press that asks for a source until its reader closes it. A source takes a while to come: one that comes
  // when none is awaited any more is dropped.
  let awaited = false;
  const unmarked = () =>
    document.querySelectorAll("[data-n][aria-current]").forEach((one) => one.removeAttribute("aria-current"));
  function opened(button) {
    opener = button;
    unmarked();
    const same = button.dataset.n && button.closest(".answer")?.querySelectorAll(`[data-n="${button.dataset.n}"]`);
    (same || []).forEach((one) => one.setAttribute("aria-current", "true"));
  }

  function closed() {
    unmarked();
    if (!awaited) return;  // dropped: its reader is elsewhere by now
    awaited = false;
    setTimeout(() => (opener?.isConnected ? opener : document.querySelector("#question textarea"))?.focus(), 50);
  }

  document.addEventListener("click", (event) => {
    if (event.target.matches?.("img.page")) document.querySelector("#viewer [data-do=enlarge]")?.click();
    const button = event.target.closest?.("[data-act]");
    if (!button) return;
    if (["open", "cv"].includes(button.dataset.act)) opened(button);
    if (["open", "cv", "more"].includes(button.dataset.act)) awaited = true;
    if (button.dataset.act === "close") closed();
  });

  // From one citation of an answer to the next, its button in the answer is pressed; from one page of a source to the
  // next, the panel's own. The focus stays on the panel's button, or goes to the other one at the end.
  let stepped = null;
  const alike = (source, kind) => [...source.querySelectorAll(`[data-do=${kind}]`)];
  const stay = (button) => {
    const kind = button.dataset.do;
    stepped = [kind, alike(button.closest(".source"), kind).indexOf(button)];
  };
  function step(button) {
    const target = `[data-act=open][data-n="${button.dataset.to}"]`;
    const next = opener?.closest(".answer")?.querySelector(target);
    if (next) stay(button);
    next?.click();
  }

  function afterStep(source) {
    const [kind, at] = stepped;
    const buttons = alike(source, kind);
    stepped = null;
    (buttons[at]?.disabled ? buttons.find((one) => !one.disabled) : buttons[at])?.focus({ preventScroll: true });
  }

  // A page's picture stays enlarged from page to page.
  let larger = false;
  function sized(source) {
    source.querySelector("img.page")?.classList.toggle("larger", larger);
    source.querySelector("[data-do=enlarge]")?.setAttribute("aria-pressed", larger);
  }

  function enlarge(button) {
    larger = !larger;
    sized(button.closest(".source"));
    bring(button.closest(".source"));
  }

  // What is cited comes into view: its lines, or the marked place of the page's picture.
  function bring(source) {
    const body = source.querySelector(".body");
    const cited = body?.querySelector(".cited");
    if (!cited) return;
    const [place, frame] = [cited.getBoundingClientRect(), body.getBoundingClientRect()];
    const { left = 0, top = 0 } = cited.dataset;
    body.scrollTop += place.top + place.height * top - frame.top - body.clientHeight / 4;
    if (cited.matches("img")) body.scrollLeft += place.left + place.width * left - frame.left - body.clientWidth / 8;
  }

  // The question page: what its buttons do by themselves.
  const announced = (...said) => document.querySelector("#said")?.replaceChildren(...said);

  function copied(text) {
    const area = Object.assign(document.createElement("textarea"), { value: text, className: "unseen" });
    const before = document.activeElement;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");  // where the page is not served over TLS there is no other way
    area.remove();
    before?.focus({ preventScroll: true });
    return done;
  }

  function copy(button) {
    if (!copied(button.dataset.text)) return;
    announced(document.querySelector("#said").dataset.copied);
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 2500);
  }

  function reword(button, open) {
    const exchange = button.closest(".exchange");
    const form = exchange.querySelector(".rewording");
    form.hidden = !open;
    exchange.querySelector(".on-asked").hidden = open;
    (open ? form.querySelector("textarea") : exchange.querySelector("[data-do=reword]")).focus();
  }

  let judged = null;
  function judge(button) {
    const dialog = document.querySelector("#opinion");
    judged = button;
    dialog.dataset.verdict = button.dataset.verdict;
    dialog.querySelectorAll("input").forEach((one) => { one.checked = false; });
    dialog.querySelector("textarea").value = "";
    dialog.showModal();
  }

  function rate(button) {
    const dialog = button.closest("dialog");
    const { at, verdict } = judged.dataset;
    const reason = dialog.querySelector(`.${verdict} input:checked`)?.value ?? "";
    Object.assign(button.dataset, { at, verdict, reason, comment: dialog.querySelector("textarea").value });
    judged.parentElement.querySelectorAll(".thumb").forEach((one) => one.setAttribute("aria-pressed", one === judged));
    announced(document.querySelector("#said").dataset.thanks);
    setTimeout(() => dialog.close(), 0);  // after the button's event has been sent
  }

  const DOING = {
    copy, judge, step, enlarge,
    turn: stay,
    reword: (button) => reword(button, true),
    leave: (button) => reword(button, false),
    unjudge: (button) => button.closest("dialog").close(),
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-do], [data-act=again], [data-act=rate]");
    if (!button) return;
    const form = button.closest(".rewording");
    if (form && button.dataset.act === "again") button.dataset.question = form.querySelector("textarea").value;
    if (button.dataset.act === "rate") rate(button);
    DOING[button.dataset.do]?.(button);
  }, { capture: true });

  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.(".rewording");
    if (form && event.key === "Enter" && !event.shiftKey && event.target.matches("textarea")) {
      event.preventDefault();
      form.querySelector("[data-act=again]").click();
    } else if (form && event.key === "Escape") reword(event.target, false);
    else if (event.key === "Tab" && !event.shiftKey && event.target.matches?.("#question textarea")) toCitation(event);
  });

  // Gradio's folds do not say whether they are open.
  function unfolded(button) {
    button.setAttribute("aria-expanded", button.nextElementSibling?.style.display !== "none");
    button.querySelector(".icon")?.setAttribute("aria-hidden", "true");
  }
  document.addEventListener("click", (event) => {
    const fold = event.target.closest?.(".label-wrap");
    if (fold) setTimeout(() => unfolded(fold), 50);
  });

  // Gradio opens a list anew after Tab has left it, over what comes next.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab" && event.target.matches?.("[role=combobox]")) event.stopPropagation();
  }, { capture: true });

  // Where a key takes away what has the focus, the focus goes on near to where it was.
  const HEIRS = [
    ["#talk, #past, #keeping, #asking", "#question textarea"], ["#matched", "#matched h2"],
    ["#sources", "#wanted :is(input, textarea)"],
    ["#compare-before-meant", "#compare-before :is(input, textarea)"],
    ["#compare-after-meant", "#compare-after :is(input, textarea)"],
  ];
  let keyed = false, last = null, heir = "";
  document.addEventListener("keydown", () => { keyed = true; }, { capture: true });
  document.addEventListener("pointerdown", () => { keyed = false; }, { capture: true });
  document.addEventListener("focusin", (event) => {
    last = event.target;
    heir = HEIRS.find(([zone]) => last.closest(zone))?.[1] ?? "";
  });
  function inherit() {
    if (!keyed || !heir || document.activeElement !== document.body || last.getClientRects().length) return;
    document.querySelector(heir)?.focus({ preventScroll: true });
  }

  // Once after each answer, Tab leads from the empty box to the first citation: the answer stands before the box.
  let unread = false;
  function toCitation(event) {
    const first = document.querySelector("#talk .answer .cite, #talk .answer .cited-at");
    if (!unread || !first || event.target.value.trim()) return;
    unread = false;
    event.preventDefault();
    first.focus();
  }

  // Each answer is announced once, when it is whole, in the region that stays.
  let growing = false;
  function announce() {
    const talk = document.querySelector("#talk");
    const was = growing;
    growing = Boolean(talk?.querySelector(".working"));
    if (growing && !was) announced(talk.querySelector(".working").textContent);
    if (growing || !was) return;
    const told = [...talk.querySelectorAll(".status .said, .prose, .exchange > .notice > p, .answer > .notice")];
    const words = told.map((one) => {
      const bare = one.cloneNode(true), end = (of) => (/[.:!?…]\s*$/.test(of.textContent) ? " " : ". ");
      bare.querySelectorAll(".cite").forEach((cite) => cite.remove());
      bare.querySelectorAll("p, li").forEach((line) => line.append(end(line)));
      if (end(bare) !== " ") bare.append(".");
      // All in one line of text: a screen reader told of paragraphs says the whole, then each of them again.
      bare.querySelectorAll("p, ul, ol, li, div").forEach((block) => block.replaceWith(...block.childNodes));
      const said = Object.assign(document.createElement("span"), { lang: one.closest("[lang]").lang });
      said.append(...bare.childNodes, " ");  // quotes within keep their language
      return said;
    });
    const cited = talk.querySelectorAll(".cited-at").length;
    unread = cited > 0;
    if (cited) words.push(document.querySelector("#said").dataset.cited.replace("{n}", cited));
    announced(...words);
  }

  // What the question page keeps in this browser goes when its reader signs out.
  document.addEventListener("submit", (event) => {
    if (event.target.matches?.("form.person")) localStorage.removeItem("acquis-conversation");
  });

  // Escape closes the source, or keeps it from coming; not where it closes what it is pressed in. Of a list that can only
  // be told before Gradio has closed it.
  const OWN_ESCAPE = ".rewording, dialog, [role=combobox][aria-expanded=true]";
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.target.closest?.(OWN_ESCAPE)) return;
    const close = document.querySelector("#viewer [data-act=close]");
    if (close) close.click();
    else awaited = false;
  }, { capture: true });

  function reveal(source) {
    if (!awaited) {
      source.querySelector("[data-act=close]").click();
      return;
    }
    sized(source);
    bring(source);
    if (stepped !== null) afterStep(source);
    else source.querySelector("h2")?.focus({ preventScroll: true });
    const top = source.getBoundingClientRect().top;
    if (top < 0 || top > innerHeight * 0.6) source.scrollIntoView({ block: "nearest" });
  }

  // Names of certifications and of types of diploma in Gradio's lists are French in any page.
  const NAMES = [
    "#certifications .token", "#certifications .option-list",
    "#cv-certifications .token", "#cv-certifications .option-list",
    "#kind .option-list li + li",
  ].map((one) => `${one}:not([lang])`).join();

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
    document.querySelectorAll(".label-wrap:not([aria-expanded])").forEach(unfolded);
    document.querySelectorAll(NAMES).forEach((one) => { one.lang = "fr"; });
    document.querySelectorAll(".option-list:not([tabindex])").forEach((one) => { one.tabIndex = -1; });
    announce();
    requestAnimationFrame(inherit);
    const asked = document.querySelectorAll("#work .asked");
    if (asked.length > exchanges) asked[asked.length - 1].scrollIntoView({ block: "start", behavior: "smooth" });
    exchanges = asked.length;
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-opened"] });
})();
