"""The tables of a store on PostgreSQL; TABLES_FORMAT tells one arrangement of them from another.

What a search reads lies in short rows: of a referential all that is long lies beside its table (a target of 128 bytes),
since filters look at every row; a place lies in one piece (8,160), since it is read whole.
"""

from __future__ import annotations

TABLES_FORMAT = 2
NAMES = ("rows", "own", "above", "places", "words")  # of the totals, in meta as in referentials
TABLES = """
CREATE TABLE meta (key text PRIMARY KEY, value text NOT NULL);
CREATE TABLE sources (name text PRIMARY KEY, digest text NOT NULL, document bytea NOT NULL, original bytea);
CREATE TABLE referentials (
    id bigserial PRIMARY KEY, source text NOT NULL REFERENCES sources ON DELETE CASCADE,
    hidden boolean NOT NULL DEFAULT true, card bytea NOT NULL, body bytea NOT NULL,
    passages int NOT NULL, first_place int NOT NULL, last_place int NOT NULL, totals bigint[] NOT NULL,
    identity bytea NOT NULL, title bytea NOT NULL,
    terms text[] NOT NULL, own int[] NOT NULL, above int[] NOT NULL, places int[] NOT NULL, surfaces text[] NOT NULL,
    code text, register text, level int, active boolean, vae boolean, until date,
    rome text[] NOT NULL, nsf text[] NOT NULL, formacodes text[] NOT NULL, issuers text[] NOT NULL,
    kinds text[] NOT NULL)
    WITH (toast_tuple_target = 128);
CREATE INDEX referentials_by_source ON referentials (source);
CREATE TABLE places (
    id serial PRIMARY KEY, referential bigint NOT NULL REFERENCES referentials ON DELETE CASCADE,
    block int NOT NULL, length int NOT NULL, packed bytea NOT NULL)
    WITH (toast_tuple_target = 8160);
ALTER TABLE places ALTER COLUMN packed SET STORAGE EXTERNAL;
CREATE INDEX places_by_referential ON places (referential);
CREATE TABLE passages (
    id bigserial PRIMARY KEY, referential bigint NOT NULL REFERENCES referentials ON DELETE CASCADE,
    place int NOT NULL, vector bigint NOT NULL, body bytea NOT NULL);
CREATE INDEX passages_by_referential ON passages (referential, vector, place);
CREATE INDEX passages_by_vector ON passages (vector, place, referential);
CREATE TABLE vectors (key bigint PRIMARY KEY, meaning {kind}({dim}) NOT NULL);
ALTER TABLE vectors ALTER COLUMN meaning SET STORAGE PLAIN;
CREATE TABLE terms (term text PRIMARY KEY, own bigint NOT NULL, above bigint NOT NULL, places bigint NOT NULL);
CREATE TABLE lists (term int, part int, places bytea NOT NULL, PRIMARY KEY (term, part));
ALTER TABLE lists ALTER COLUMN places SET STORAGE EXTERNAL;
CREATE TABLE surfaces (word text PRIMARY KEY, held bigint NOT NULL);
"""
INDEX = "CREATE INDEX vectors_by_meaning ON vectors USING hnsw (meaning {kind}_ip_ops)"
