"""How a referential is entered: its head, its places as a search reads them, its passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.passages import Passage
from corpus.referential import Referential
from index.cards import card_of, dump_card
from index.filters import code
from index.forms import ancestor_words, meaning_key, prior, short
from index.kinds import kinds
from index.naming import identity, title_terms
from index.postgres.database import Connection
from index.postgres.packing import Line, numbers, pack
from index.seals import pack as compressed
from index.seals import seal
from index.serial import dump_passage, dump_referential
from index.words import content, stem, surfaces

HEAD = ("id", "source", "card", "body", "passages", "first_place", "last_place", "totals", "terms", "own", "above")
HEAD += ("places", "identity", "title", "surfaces", "code", "register", "level", "active", "vae", "until", "rome")
HEAD += ("nsf", "formacodes", "issuers", "kinds")
INSERT_HEAD = f"INSERT INTO referentials ({', '.join(HEAD)}) VALUES ({', '.join(['%s'] * len(HEAD))})"
PLACES = "COPY places (id, referential, block, length, packed) FROM STDIN"
PASSAGES = "COPY passages (id, referential, place, vector, body) FROM STDIN"
KEYS = """
SELECT nextval('referentials_id_seq'), array(SELECT nextval('places_id_seq') FROM generate_series(1, %s)),
    array(SELECT nextval('passages_id_seq') FROM generate_series(1, %s))
"""
NONE = (1, 0)  # the first and last place of a referential without passages


@dataclass(frozen=True, slots=True)
class Place:
    """A block's passages, or those outside of any, as they are packed."""

    id: int
    block: int
    lines: list[Line]

    @property
    def length(self) -> int:
        return sum(len(line.own) for line in self.lines)


def enter(connection: Connection, source: str, referential: Referential, found: Sequence[Passage]) -> None:
    """Write a referential with its passages; it is hidden until its words are counted."""
    blocks = sorted({passage.block or 0 for passage in found})
    key, places, ids = connection.execute(KEYS, (len(blocks), len(found))).fetchone()
    place_of = {block: Place(place, block, []) for block, place in zip(blocks, sorted(places), strict=True)}
    words: set[str] = set()
    rows = []
    for at, passage in zip(sorted(ids), found, strict=True):
        own, above = content(passage.text), [w for a in passage.ancestors for w in ancestor_words(a)]
        words.update(own, above)
        place, vector = place_of[passage.block or 0], short(meaning_key(passage))
        place.lines.append(Line(at, vector, prior(passage), [stem(w) for w in own], [stem(w) for w in above]))
        rows.append((at, key, place.id, vector, seal(dump_passage(passage))))
    head = _head(source, referential, list(place_of.values()), sorted(words))
    connection.execute(INSERT_HEAD, (key, *head))
    packed = ((p.id, key, p.block, p.length, pack(p.lines)) for p in place_of.values())
    for query, lines in ((PLACES, packed), (PASSAGES, rows)):
        with connection.cursor().copy(query) as copy:
            for line in lines:
                copy.write_row(line)


def _head(source: str, referential: Referential, places: Sequence[Place], words: list[str]) -> tuple[object, ...]:
    """The row of a referential but its key: what filters, naming and counting of words ask of it."""
    card = card_of(referential)
    return (
        source,
        seal(dump_card(card)),
        compressed(dump_referential(referential)),
        sum(len(place.lines) for place in places),
        *((places[0].id, places[-1].id) if places else NONE),
        *_counts(places),
        numbers(identity(card)),
        numbers(title_terms(card)),
        words,
        card.code and code(card.code),
        card.register,
        card.level,
        card.active,
        card.vae,
        card.until,
        [code(c) for c in card.rome],
        [code(c) for c in card.nsf],
        [code(c) for c in card.formacodes],
        [f" {' '.join(surfaces(name))} " for name in card.issuers],
        sorted(kinds()[card.kind].keys) if card.kind in kinds() else [],
    )


def _counts(places: Sequence[Place]) -> tuple[list[int], list[str], list[int], list[int], list[int]]:
    """Totals as `schema.NAMES` says; stems, and in how many passages, above how many, in how many places each is."""
    lines = [line for place in places for line in place.lines]
    own = Counter(term for line in lines for term in set(line.own))
    above = Counter(term for line in lines for term in set(line.above))
    standing = Counter(term for place in places for term in {t for line in place.lines for t in line.own})
    length = sum(place.length for place in places)
    totals = [len(lines), length, sum(len(line.above) for line in lines), len(places), length]
    terms = sorted(own.keys() | above.keys())
    return totals, terms, [own[t] for t in terms], [above[t] for t in terms], [standing[t] for t in terms]
