"""Pages walked through state by state, in every look.

At each state axe finds nothing, nothing is wider than the window, each text is in its language. The French pages are
walked in a wide light window and the English ones in a narrow dark one, so what a person does is done in both. States
that have a picture are put into the other looks of their language too, in place; with `pytest --every-look`, all are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from watching import still

from assistant.web.texts import texts
from corpus.notices import folder

Steps = Callable[..., Iterator[str]]  # of a page and a folder; yields at each state its pictures' names, blank between

LOOKS = {  # width and scheme, in the order in which they are put on; the first is the one that is walked in
    "fr": ((1440, "light"), (1440, "dark"), (390, "dark"), (390, "light")),
    "en": ((390, "dark"), (390, "light"), (1440, "light"), (1440, "dark")),
}
COLOURS = ["color-contrast", "link-in-text-block"]  # axe's rules that another scheme can break
WIDTHS = (1440, 1024, 390)  # of the pictures
PICK = ":is(input, textarea)"
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"
IS_DARK = "dark => document.body.classList.contains('dark') === dark"
LANGUAGES = """([needles, phrases]) => {
  const bare = (text) => text.replace(/[\\s\\u00a0\\u202f]+/g, "");
  const said = needles.map(bare).filter((one) => one.length > 17), ours = new Set(phrases.map(bare));
  const wrong = [];
  for (const part of document.querySelectorAll("#work, #viewer")) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      if (node.parentElement.closest("script, style, textarea, svg title")) continue;
      const text = bare(node.data), lang = node.parentElement.closest("[lang]").lang;
      const quoted = said.some((one) => text.includes(one) || (text.length > 17 && one.includes(text)));
      if (lang !== "fr" && quoted) wrong.push(["in French", node.data]);
      if (lang !== "en" && ours.has(text)) wrong.push(["in English", node.data]);
    }
  }
  return wrong;
}"""
TO_TOP = """(top) =>
    scrollTo(0, top ? document.querySelector(top).getBoundingClientRect().top + scrollY - 12 : 0)"""
MARKED = "[...document.querySelectorAll('#work [lang], #viewer [lang]')].map(x => x.lang)"

TOPS = {  # what stands at the window's top in a picture; the page's beginning where nothing is named
    "cv-2-lu": "#cv-text",
    "cv-3-propositions": "#matched",
    "cv-4-preuves": "#matched",
    "cv-5-dossier": "#dossier-form .card",
    "cv-6-images": "#dossier-pictures",
    "compare-3-comparaison": "#compared",
    "question-5-introuvable": "#talk",
}


@dataclass(frozen=True, slots=True)
class Walker:
    """Walks through pages of a language and judges each state.

    Attributes:
        axe: what axe-core objects to.
        picture: keeps a picture.
        everywhere: whether states without a picture are put into every look as well.
    """

    lang: str
    axe: Callable
    picture: Callable
    everywhere: bool

    def walk(self, page, steps: Steps, folder: Path) -> None:
        first = LOOKS[self.lang][0]
        put_on(page, *first)
        for n, state in enumerate(steps(page, folder)):
            still(page)
            words_are_in_their_language(page, self.lang, (n, state))
            self.judge(page, LOOKS[self.lang] if state or self.everywhere else (first,), (n, state))
            for name in state.split() if self.lang == "fr" else ():
                pictures(page, self.picture, f"{steps.__name__}-{name}")
            put_on(page, *first)

    def judge(self, page, looks: Sequence[tuple[int, str]], state: tuple[int, str]) -> None:
        """By all of axe's rules once a width, by those of colours once more."""
        widths = set()
        for width, scheme in looks:
            put_on(page, width, scheme)
            assert self.axe(page, COLOURS if width in widths else None) == [], (state, width, scheme)
            assert page.evaluate(TOO_WIDE) <= 0, (state, width)
            widths.add(width)


def put_on(page, width: int, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # colours change at once
    page.wait_for_function(IS_DARK, arg=scheme == "dark")
    if page.viewport_size["width"] != width:
        page.set_viewport_size({"width": width, "height": 844 if width < 600 else 900})
        still(page)


def words_are_in_their_language(page, lang: str, state: tuple[int, str]) -> None:
    if lang == "en":
        assert page.evaluate(LANGUAGES, [said_by_sources(), english_only()]) == [], state
    else:
        assert set(page.evaluate(MARKED)) <= {"fr"}, state


def pictures(page, picture: Callable, name: str) -> None:
    """A state at three widths; nothing may be wider than any of them."""
    for width in reversed(WIDTHS):
        put_on(page, width, "light")
        page.evaluate(TO_TOP, TOPS.get(name))
        picture(page, name)
        assert page.evaluate(TOO_WIDE) <= 0, (name, width)


def file(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def unfold(page) -> None:
    """Show what is folded, of several certifications in the first only: the others are made like it."""
    page.evaluate(
        "document.querySelectorAll('#work :is(.card:first-of-type details, details:not(.remove, .card details))')"
        ".forEach(x => x.open = true)"
    )


@cache
def said_by_sources() -> list[str]:
    """What stands in the lines of the notices: titles, competences, facts."""
    lines = [line.strip(" -") for path in folder().glob("*.txt") for line in path.read_text("utf-8").splitlines()]
    return [part for line in lines for part in {line, line.partition(" : ")[2]} if part]


@cache
def english_only() -> list[str]:
    """Our phrases that no French text would be."""
    french = set(texts("fr").phrases.values())
    return [p for p in texts("en").phrases.values() if p not in french and " " in p and not re.search(r"[{}]", p)]
