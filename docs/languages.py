"""What the site's builder does by language: French pages get their unbreakable blanks, English ones say what they are.

A hook of mkdocs (see mkdocs.yml): the pages themselves are typed as on a keyboard.
"""

from __future__ import annotations

import re
from typing import Any

from assistant.typography import french

FRENCH = re.compile(r"index\.md|guide/.*")
CODE = re.compile(r"(^```.*?^```$|`[^`\n]+`)", re.MULTILINE | re.DOTALL)


def on_page_markdown(markdown: str, *, page: Any, **_: object) -> str:
    """The page's text as French sets it, code left alone."""
    if not FRENCH.fullmatch(page.file.src_uri):
        return markdown
    return "".join(part if part.startswith("`") else french(part) for part in CODE.split(markdown))


def on_post_page(output: str, *, page: Any, **_: object) -> str:
    """The finished page with its own language, by which screen readers choose a voice."""
    return output if FRENCH.fullmatch(page.file.src_uri) else output.replace('<html lang="fr"', '<html lang="en"', 1)
