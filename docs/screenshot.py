"""Make the screenshot of the README: python docs/screenshot.py http://127.0.0.1:7860 docs/images/question.png

Needs Debian's Chromium; the page should hold the shipped notices.
"""

from __future__ import annotations

import argparse

from playwright.sync_api import sync_playwright

QUESTION = "c koi les compétances du bloc 4 d'ingetis ?"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("image")
    arguments = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(arguments.address)
        box = page.locator("textarea").first
        box.fill(QUESTION)
        box.press("Enter")
        page.get_by_text("Passages cités").wait_for()
        page.locator(".prose .cite").first.click()
        page.locator(".source .cited mark").first.wait_for()
        page.wait_for_timeout(1000)
        page.screenshot(path=arguments.image)
        browser.close()


if __name__ == "__main__":
    main()
