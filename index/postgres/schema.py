"""The tables of a store on PostgreSQL."""

from __future__ import annotations

TABLES = """
CREATE TABLE meta (key text PRIMARY KEY, value text NOT NULL);
CREATE TABLE sources (name text PRIMARY KEY, digest text NOT NULL, document bytea NOT NULL, original bytea);
CREATE TABLE referentials (
    id bigserial PRIMARY KEY, source text NOT NULL REFERENCES sources ON DELETE CASCADE,
    hidden boolean NOT NULL DEFAULT true, card bytea NOT NULL, body bytea NOT NULL,
    passages int NOT NULL, identity text[] NOT NULL, title text[] NOT NULL, surfaces text[] NOT NULL,
    code text, register text, level int, active boolean, vae boolean, until date,
    rome text[] NOT NULL, nsf text[] NOT NULL, formacodes text[] NOT NULL, issuers text[] NOT NULL,
    kinds text[] NOT NULL);
CREATE INDEX referentials_by_source ON referentials (source);
CREATE TABLE places (
    id bigserial PRIMARY KEY, referential bigint NOT NULL REFERENCES referentials ON DELETE CASCADE,
    block int NOT NULL, length int NOT NULL, words tsvector NOT NULL);
CREATE INDEX places_by_referential ON places (referential);
CREATE TABLE passages (
    id bigserial PRIMARY KEY, referential bigint NOT NULL REFERENCES referentials ON DELETE CASCADE,
    place bigint NOT NULL REFERENCES places ON DELETE CASCADE, prior real NOT NULL,
    own int NOT NULL, above int NOT NULL, words tsvector NOT NULL, vector bytea NOT NULL, body bytea NOT NULL);
CREATE INDEX passages_by_referential ON passages (referential);
CREATE INDEX passages_by_place ON passages (place);
CREATE INDEX passages_by_vector ON passages (vector);
CREATE TABLE vectors (key bytea PRIMARY KEY, meaning {kind}({dim}) NOT NULL);
ALTER TABLE vectors ALTER COLUMN meaning SET STORAGE PLAIN;
CREATE TABLE terms (term text PRIMARY KEY, own bigint NOT NULL, above bigint NOT NULL, places bigint NOT NULL);
CREATE TABLE surfaces (word text PRIMARY KEY, held bigint NOT NULL);
"""
INDEXES = """
CREATE INDEX vectors_by_meaning ON vectors USING hnsw (meaning {kind}_ip_ops);
CREATE INDEX passages_by_words ON passages USING gin (words);
"""
