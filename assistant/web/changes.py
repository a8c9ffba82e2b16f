"""What the form of a dossier sends when something is changed in it, carried out; a browser may send anything."""

from __future__ import annotations

from assistant.dossier import editing as edit
from assistant.dossier.dossier import Dossier, Line, Place
from assistant.matching.evidence import State
from assistant.web.markup.dossier import unpacked_block, unpacked_job, unpacked_place
from corpus.document import Document
from corpus.errors import UsageError

QUOTING = ("lines", "add")  # fields after which other lines are quoted


def changed(dossier: Dossier, cv: Document | None, sent: dict) -> Dossier:
    """The dossier after a change.

    Args:
        cv: what other lines are chosen from; None where it is not at hand.

    Raises:
        UsageError: what was typed will not do.
        ValueError, KeyError: no form sends this.
    """
    field, at, value = str(sent["field"]), str(sent["at"]), str(sent["value"])
    if field == "candidate":
        return edit.with_candidate(dossier, value)
    if field == "used":
        return edit.with_job(dossier, unpacked_job(at, dossier), value == "true")
    if field == "aimed":
        return edit.with_aim(dossier, *unpacked_block(at, dossier), value == "true")
    if field == "text":
        return edit.with_text(dossier, *unpacked_block(at, dossier), value)
    return _competence_changed(dossier, field, unpacked_place(at, dossier), value, cv)


def _competence_changed(dossier: Dossier, field: str, at: Place, value: str, cv: Document | None) -> Dossier:
    if field == "state":
        return edit.with_state(dossier, at, State(value))
    if field == "lines":
        return edit.with_lines(dossier, at, _picked(dossier, at, value, cv))
    if field == "add":
        more = _picked(dossier, at, value.partition(" ")[0], cv)
        return edit.with_lines(dossier, at, tuple(dict.fromkeys((*(p.line for p in dossier[at].shown), *more))))
    return {"comment": edit.with_comment, "answer": edit.with_answer}[field](dossier, at, value)


def _picked(dossier: Dossier, at: Place, value: str, cv: Document | None) -> tuple[Line, ...]:
    """The lines whose numbers were typed: those in evidence as they are quoted, others from the CV."""
    if cv is None or cv.digest != dossier.cv_digest:
        told = "The text of the CV is no longer that of the dossier."
        raise UsageError(told, "Le texte du CV n’est plus celui du dossier : ouvrez-le à nouveau.", told)
    numbers = [n.strip() for n in value.replace(";", ",").split(",") if n.strip()]
    if not all(n.isascii() and n.isdigit() and len(n) < 7 for n in numbers):
        told = "Line numbers are needed, separated by commas: 4, 7."
        raise UsageError(told, "Écrivez des numéros de ligne séparés par des virgules : 4, 7.", told)
    known = [p.line for p in dossier[at].proofs]
    wanted = dict.fromkeys(map(int, numbers))
    found = [[x for x in known if x.number == n] or [edit.line_of(cv, n)] for n in wanted]
    return tuple(line for lines in found for line in lines)
