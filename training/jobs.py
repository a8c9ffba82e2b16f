"""Titles of jobs with their ROME code: what index/jobs.txt holds, from ROME 4.0 (France Travail, Licence Ouverte 2.0).

    python -m training.jobs SHARED/data index/jobs.txt
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from training.sources.table import rows

HEAD = """\
# Jobs of the ROME 4.0 (France Travail, Licence Ouverte 2.0) and by which titles people call them, one code a line:
# <code> <the code that it was part of before, or itself>|<label>|<title>|<title> …; made by training/jobs.py.
"""


def table(data: Path) -> Iterator[str]:
    """A line for each code."""
    titles: dict[str, list[str]] = defaultdict(list)
    for row in rows(data / "rome_v460" / "unix_referentiel_appellation_v460_utf8.csv"):
        titles[row["code_rome"]].append(row["libelle_appellation_long"])
    for row in rows(data / "rome_v460" / "unix_referentiel_code_rome_v460_utf8.csv"):
        code, label = row["code_rome"], row["libelle_rome"]
        called = (t for t in sorted(set(titles[code])) if t != label)
        yield "|".join((f"{code} {row['code_rome_parent'] or code}", label, *called))


def main(data: str, out: str) -> None:
    Path(out).write_text(HEAD + "\n".join(sorted(table(Path(data)))) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
