"""How referentials are entered: the head of each, its places as a search reads them, its passages."""

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
from index.postgres.database import Connection, send
from index.postgres.packing import Line, numbers, pack
from index.seals import pack as compressed
from index.seals import seal
from index.serial import dump_passage, dump_referential
from index.words import content, stem, surfaces

HEAD = ("id", "source", "card", "body", "passages", "first_place", "last_place", "totals", "terms", "own", "above")
HEAD += ("places", "identity", "title", "surfaces", "code", "register", "level", "active", "vae", "until", "rome")
HEAD += ("nsf", "formacodes", "issuers", "kinds")
HEADS = f"COPY referentials ({', '.join(HEAD)}) FROM STDIN"
PLACES = "COPY places (id, referential, block, length, packed) FROM STDIN"
PASSAGES = "COPY passages (id, referential, place, vector, body) FROM STDIN"
KEYS = """
SELECT array(SELECT nextval('referentials_id_seq') FROM generate_series(1, %s)),
    array(SELECT nextval('places_id_seq') FROM generate_series(1, %s)),
    array(SELECT nextval('passages_id_seq') FROM generate_series(1, %s))
"""
Coming = tuple[str, Referential, Sequence[Passage]]  # a source's name, one of its referentials, this one's passages
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


def enter(connection: Connection, coming: Sequence[Coming]) -> None:
    """Write referentials with their passages, all at once; they are hidden until their words are counted."""
    blocks = [sorted({passage.block or 0 for passage in found}) for *_, found in coming]
    wanted = (len(coming), sum(map(len, blocks)), sum(len(found) for *_, found in coming))
    keys, places, ids = (iter(sorted(drawn)) for drawn in connection.execute(KEYS, wanted).fetchone())
    heads, packed, rows = [], [], []
    for (source, referential, found), key, held in zip(coming, keys, blocks, strict=True):
        place_of = {block: Place(next(places), block, []) for block in held}
        words: set[str] = set()
        for passage in found:
            own, above = content(passage.text), [w for a in passage.ancestors for w in ancestor_words(a)]
            words.update(own, above)
            place, at, vector = place_of[passage.block or 0], next(ids), short(meaning_key(passage))
            place.lines.append(Line(at, vector, prior(passage), [stem(w) for w in own], [stem(w) for w in above]))
            rows.append((at, key, place.id, vector, seal(dump_passage(passage))))
        heads.append((key, *_head(source, referential, list(place_of.values()), sorted(words))))
        packed += [(p.id, key, p.block, p.length, pack(p.lines)) for p in place_of.values()]
    for query, lines in ((HEADS, heads), (PLACES, packed), (PASSAGES, rows)):
        send(connection, query, lines)


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
