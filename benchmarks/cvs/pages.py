"""CVs as web pages, one function a layout; Chromium prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from benchmarks.cvs.people import WORDS, Job, Person

BASE = """@page { size: A4; margin: %s } body { margin: 0; font: 10pt/1.35 'DejaVu Sans', sans-serif; color: #222 }
h1 { font-size: 20pt; margin: 0 } h2 { font-size: 12pt; margin: 12pt 0 4pt } h3 { font-size: 10pt; margin: 8pt 0 0 }
p { margin: 2pt 0 } ul { margin: 2pt 0; padding-left: 14pt }"""


def page(person: Person) -> str:
    """The page of a person, in the layout that the person's file names."""
    return LAYOUTS[person.layout](person)


def _html(style: str, body: str, margin: str = "15mm") -> str:
    return f"<!doctype html><meta charset=utf-8><style>{BASE % margin}{style}</style>{body}"


def _lines(items: Iterable[str], tag: str = "p") -> str:
    return "".join(f"<{tag}>{escape(i)}</{tag}>" for i in items)


def _part(person: Person, key: str, tag: str = "p") -> str:
    items = [person.summary] if key == "summary" else getattr(person, key)
    if not any(items):
        return ""
    body = _lines(items, tag)
    return f"<h2>{WORDS[person.lang][key]}</h2>{f'<ul>{body}</ul>' if tag == 'li' else body}"


def _parts(person: Person, *keys: str, tag: str = "p") -> str:
    return "".join(_part(person, key, tag) for key in keys)


def _tasks(job: Job) -> str:
    return f"<ul>{_lines(job.tasks, 'li')}</ul>"


def _work(person: Person, shown: Callable[[Job], str]) -> str:
    return f"<h2>{WORDS[person.lang]['work']}</h2>" + "".join(shown(job) for job in person.jobs)


def _single(person: Person) -> str:
    def shown(job: Job) -> str:
        where = f"{job.employer}, {job.place} | {job.dates}"
        return f"<h3>{escape(job.title)}</h3><p><i>{escape(where)}</i></p>{_tasks(job)}"

    head = f"<h1>{person.name}</h1><p>{' · '.join(person.contact)}</p><p><b>{person.headline}</b></p>"
    body = _part(person, "summary") + _work(person, shown)
    return _html("", head + body + _parts(person, "education", "skills", "languages", "leisure", tag="li"))


def _left_sidebar(person: Person) -> str:
    def shown(job: Job) -> str:
        return (
            f"<p class=when>{job.dates}</p><h3>{escape(job.title)}</h3>"
            f"<p><i>{escape(job.employer)} – {escape(job.place)}</i></p>{_tasks(job)}"
        )

    style = """.all { display: grid; grid-template-columns: 62mm 1fr; min-height: 297mm }
    .side { background: #1d3b53; color: white; padding: 12mm 7mm } .main { padding: 12mm 10mm } .when { color: #567 }"""
    side = f"<h1>{person.name}</h1><p>{person.headline}</p>" + _parts(
        person, "contact", "skills", "languages", "leisure"
    )
    main = _part(person, "summary") + _work(person, shown) + _part(person, "education")
    return _html(style, f"<div class=all><div class=side>{side}</div><div class=main>{main}</div></div>", "0")


def _two_columns(person: Person) -> str:
    def shown(job: Job) -> str:
        tasks = "".join(f"<p>– {escape(t)}</p>" for t in job.tasks)
        return f"<p class=when>{job.dates}</p><p><b>{escape(job.title)} – {escape(job.employer)}</b></p>{tasks}"

    style = ".all { display: grid; grid-template-columns: 1fr 1fr; gap: 10mm } .when { margin-top: 8pt; color: #a33 }"
    head = f"<h1>{person.name}</h1><p>{person.headline}</p>"
    right = _parts(person, "contact", "summary", "education", "skills", "languages", "leisure")
    return _html(style, f"{head}<div class=all><div>{_work(person, shown)}</div><div>{right}</div></div>")


def _right_sidebar(person: Person) -> str:
    def shown(job: Job) -> str:
        where = escape(f"{job.title}, {job.employer}, {job.place}")
        return f"<p class=row><b>{where}</b><span>{job.dates}</span></p>{_tasks(job)}"

    style = """.all { display: grid; grid-template-columns: 1fr 50mm; gap: 8mm }
    .side { border-left: 1px solid #888; padding-left: 5mm } .row { display: flex; justify-content: space-between }"""
    head = f"<h1>{person.name}</h1><p>{person.headline}</p>"
    main = _part(person, "summary") + _work(person, shown) + _part(person, "education")
    side = _parts(person, "contact", "skills", "languages", "leisure")
    return _html(style, f"{head}<div class=all><div>{main}</div><div class=side>{side}</div></div>")


def _timeline(person: Person) -> str:
    def shown(job: Job) -> str:
        where = escape(f"{job.employer}, {job.place}")
        return (
            f"<div class=step><div class=when>{job.dates}</div><div class=dot></div>"
            f"<div class=what><h3>{escape(job.title)}</h3><p>{where}</p>{_tasks(job)}</div></div>"
        )

    style = """.step { display: grid; grid-template-columns: 28mm 6mm 1fr } h3 { margin: 0 }
    .dot { border-left: 2px solid #0a7; margin-left: 2mm } .when { color: #0a7; text-align: right; padding-right: 2mm }
    header { text-align: center } .what { padding-bottom: 10pt }"""
    head = f"<header><h1>{person.name}</h1><p>{person.headline}</p><p>{' – '.join(person.contact)}</p></header>"
    tail = _parts(person, "education", "skills", "languages", "leisure")
    return _html(style, head + _part(person, "summary") + _work(person, shown) + tail)


def _europass(person: Person) -> str:
    def row(label: str, words: str) -> str:
        return f"<tr><th>{label}</th><td>{words}</td></tr>"

    def shown(job: Job) -> str:
        return (
            row("Dates", job.dates)
            + row("Fonction ou poste occupé", escape(job.title))
            + row("Principales activités et responsabilités", "<br>".join(escape(t) for t in job.tasks))
            + row("Nom et adresse de l'employeur", escape(f"{job.employer}, {job.place}"))
            + "<tr><th>&nbsp;</th><td></td></tr>"
        )

    style = """table { border-spacing: 6px 2px } th { text-align: right; font-weight: normal; width: 48mm; color: #345;
    vertical-align: top } td { border-left: 1px solid #ccc; padding-left: 3mm; vertical-align: top }"""
    top = row("Nom", person.name) + row("Adresse", person.contact[0]) + row("Téléphone", person.contact[1])
    top += row("Courriel", person.contact[2]) + row("Emploi recherché", person.headline)
    work = row("<b>Expérience professionnelle</b>", "") + "".join(map(shown, person.jobs))
    rest = row("<b>Éducation et formation</b>", "<br>".join(map(escape, person.education)))
    rest += row("<b>Langues</b>", "<br>".join(person.languages)) + row("<b>Compétences</b>", "<br>".join(person.skills))
    return _html(style, f"<h1>Curriculum vitae</h1><table>{top}{work}{rest}</table>")


def _header_band(person: Person) -> str:
    def shown(job: Job) -> str:
        return (
            f"<p class=row><b>{escape(job.title)}</b><span>{job.dates}</span></p>"
            f"<p><i>{escape(job.employer)}, {escape(job.place)}</i></p>{_tasks(job)}"
        )

    style = """header { background: #263; color: white; padding: 10mm 15mm } main { padding: 4mm 15mm }
    .row { display: flex; justify-content: space-between; margin-top: 8pt }
    .foot { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 5mm }"""
    head = f"<header><h1>{person.name}</h1><p>{person.headline}</p><p>{' | '.join(person.contact)}</p></header>"
    foot = "".join(f"<div>{_part(person, key)}</div>" for key in ("skills", "languages", "leisure"))
    main = _part(person, "summary") + _work(person, shown) + _part(person, "education")
    return _html(style, f"{head}<main>{main}<div class=foot>{foot}</div></main>", "0")


def _ruled_table(person: Person) -> str:
    def shown(job: Job) -> str:
        where = f"<b>{escape(job.title)}</b><br>{escape(job.employer)}<br>{escape(job.place)}"
        return f"<tr><td>{job.dates}</td><td>{where}</td><td>{'<br>'.join(escape(t) for t in job.tasks)}</td></tr>"

    style = "table { border-collapse: collapse; width: 100% } td, th { border: 1px solid #555; padding: 3pt }"
    head = f"<h1>{person.name}</h1><p>{person.headline}</p>{_lines(person.contact)}{_part(person, 'summary')}"
    rows = "<tr><th>Période</th><th>Poste et employeur</th><th>Missions</th></tr>" + "".join(map(shown, person.jobs))
    table = f"<h2>{WORDS[person.lang]['work']}</h2><table>{rows}</table>"
    return _html(style, head + table + _parts(person, "education", "skills", "languages", "leisure", tag="li"))


LAYOUTS: dict[str, Callable[[Person], str]] = {
    "single": _single,
    "left-sidebar": _left_sidebar,
    "two-columns": _two_columns,
    "right-sidebar": _right_sidebar,
    "timeline": _timeline,
    "europass": _europass,
    "header-band": _header_band,
    "ruled-table": _ruled_table,
}
