"""What a first visit costs: bytes that travel and seconds until the page can be used, in a browser without a cache."""

from __future__ import annotations

import json
import time

import pytest
from watching import Watch

pytestmark = pytest.mark.browser

MOST = 3_000_000  # bytes of a first visit, headers included
PATIENCE = 15.0  # seconds on a machine that runs other tests; the figure on an idle one is in docs/figures.md
USABLE = {
    "/": "#question textarea:enabled",
    "/en/": "#question textarea:enabled",
    "/recherche": "#query :is(input, textarea):enabled",
    "/comparer": "#compare-before :is(input, textarea):enabled",
    "/cv": "#cv-text textarea:enabled",
    "/sources": "table.sources",
    "/confidentialite": ".legal table",
    "/connexion": "main h1",
}


def test_each_first_visit_is_light_and_soon_usable(chromium, service, output):
    spent = {path: first_visit(chromium, service.address, path, usable) for path, usable in USABLE.items()}
    (output / "budget.json").write_text(json.dumps(spent, indent=1), encoding="utf-8")
    assert {path: one for path, one in spent.items() if one["bytes"] > MOST or one["seconds"] > PATIENCE} == {}


def first_visit(chromium, address: str, path: str, usable: str) -> dict[str, float]:
    """Bytes, files and seconds of a visit with an empty cache."""
    window, watch, sizes = chromium.new_context(viewport={"width": 1440, "height": 900}), Watch(), []
    page = window.new_page()
    page.set_default_timeout(60_000)
    watch.on(page, address)
    network = window.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    begun = time.monotonic()
    page.goto(address + path)
    page.wait_for_selector(usable)
    seconds = time.monotonic() - begun
    page.wait_for_timeout(1_500)  # what still comes after that
    window.close()
    assert watch.wrongs == []
    return {"bytes": sum(sizes), "files": len(sizes), "seconds": round(seconds, 2)}
