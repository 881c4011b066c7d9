"""The store's schema, as the steps that lead to it. A step that has been released never changes.

`PRAGMA user_version` counts the steps that a file has been through, `PRAGMA application_id` says that it is
ours. Only syntax that SQLite has known since 3.27 is used (no STRICT tables), so that older systems open it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

APPLICATION_ID = 0x6F6E7263
"""`onrc` in ASCII."""

_FIRST = """
CREATE TABLE articles (
  id TEXT PRIMARY KEY,
  title TEXT,
  outlet TEXT,
  authors TEXT NOT NULL,
  url TEXT,
  language TEXT,
  published_earliest TEXT,
  published_latest TEXT,
  published_how TEXT NOT NULL,
  retrieved TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  extractor TEXT NOT NULL,
  version INTEGER NOT NULL
);
CREATE INDEX articles_url ON articles (url);
CREATE INDEX articles_published ON articles (published_latest);

CREATE TABLE article_versions (
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  retrieved TEXT NOT NULL,
  extractor TEXT NOT NULL,
  text TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (article_id, version),
  UNIQUE (article_id, sha256)
);

CREATE TABLE furniture (
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  repeats_start INTEGER,
  repeats_end INTEGER
);
CREATE INDEX furniture_article ON furniture (article_id);

CREATE TABLE problems (
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  message TEXT NOT NULL,
  span_start INTEGER,
  span_end INTEGER
);
CREATE INDEX problems_article ON problems (article_id);

CREATE TABLE actors (
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  country TEXT,
  sector TEXT,
  role TEXT,
  affiliation TEXT,
  members TEXT NOT NULL,
  mentions INTEGER NOT NULL,
  PRIMARY KEY (article_id, id)
);
CREATE INDEX actors_id ON actors (id);

CREATE TABLE mentions (
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  actor_id TEXT NOT NULL,
  text TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL
);
CREATE INDEX mentions_actor ON mentions (article_id, actor_id);

CREATE TABLE attributions (
  number INTEGER PRIMARY KEY,
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  speaker TEXT,
  role TEXT,
  affiliation TEXT,
  country TEXT,
  actor_id TEXT,
  inferred INTEGER NOT NULL,
  content TEXT,
  content_spans TEXT NOT NULL,
  source TEXT,
  source_start INTEGER,
  source_end INTEGER,
  cue TEXT,
  cue_start INTEGER,
  cue_end INTEGER,
  span_start INTEGER,
  span_end INTEGER,
  within TEXT,
  confidence REAL NOT NULL,
  UNIQUE (article_id, id)
);
CREATE INDEX attributions_id ON attributions (id);

CREATE TABLE attribution_countries (
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  attribution_id TEXT NOT NULL,
  country TEXT NOT NULL,
  part TEXT NOT NULL,
  PRIMARY KEY (article_id, attribution_id, country)
);

CREATE TABLE events (
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  event TEXT NOT NULL,
  mode TEXT,
  contexts TEXT NOT NULL,
  source TEXT,
  recipient TEXT,
  act TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  status TEXT NOT NULL,
  reciprocal INTEGER NOT NULL,
  background INTEGER NOT NULL,
  when_start TEXT,
  when_end TEXT,
  when_granularity TEXT,
  when_text TEXT,
  place TEXT,
  according_to TEXT,
  according_to_name TEXT,
  about TEXT,
  evidence TEXT,
  evidence_spans TEXT NOT NULL,
  confidence REAL NOT NULL,
  PRIMARY KEY (article_id, id)
);
CREATE INDEX events_id ON events (id);

CREATE TABLE event_parties (
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  event_id TEXT NOT NULL,
  part TEXT NOT NULL,
  actor_id TEXT,
  name TEXT NOT NULL,
  country TEXT,
  sector TEXT,
  text TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL
);
CREATE INDEX event_parties_event ON event_parties (article_id, event_id);

CREATE TABLE transfers (
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  supplier TEXT,
  supplier_name TEXT,
  recipient TEXT,
  recipient_name TEXT,
  item TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  designation TEXT,
  category TEXT,
  origin TEXT,
  quantity_low INTEGER,
  quantity_high INTEGER,
  quantity_text TEXT,
  additional INTEGER,
  value_amount REAL,
  value_currency TEXT,
  value_text TEXT,
  kind TEXT NOT NULL,
  stage TEXT NOT NULL,
  status TEXT NOT NULL,
  when_start TEXT,
  when_end TEXT,
  when_granularity TEXT,
  when_text TEXT,
  according_to TEXT,
  according_to_name TEXT,
  evidence TEXT,
  evidence_spans TEXT NOT NULL,
  confidence REAL NOT NULL,
  PRIMARY KEY (article_id, id)
);
CREATE INDEX transfers_id ON transfers (id);

CREATE TABLE positions (
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  proposition_id TEXT NOT NULL,
  predicate TEXT NOT NULL,
  proposition TEXT NOT NULL,
  subject TEXT NOT NULL,
  subject_countries TEXT NOT NULL,
  holder TEXT,
  holder_role TEXT,
  holder_affiliation TEXT,
  holder_country TEXT,
  stance TEXT NOT NULL,
  attributions TEXT NOT NULL,
  evidence TEXT,
  evidence_spans TEXT NOT NULL,
  PRIMARY KEY (article_id, id)
);
CREATE INDEX positions_id ON positions (id);

CREATE VIRTUAL TABLE attributions_fts USING fts5 (
  content, speaker, source,
  content="attributions", content_rowid="number", tokenize="porter unicode61 remove_diacritics 2"
);
CREATE TRIGGER attributions_inserted AFTER INSERT ON attributions BEGIN
  INSERT INTO attributions_fts (rowid, content, speaker, source)
  VALUES (new.number, new.content, new.speaker, new.source);
END;
CREATE TRIGGER attributions_deleted AFTER DELETE ON attributions BEGIN
  INSERT INTO attributions_fts (attributions_fts, rowid, content, speaker, source)
  VALUES ('delete', old.number, old.content, old.speaker, old.source);
END;
CREATE TRIGGER attributions_updated AFTER UPDATE ON attributions BEGIN
  INSERT INTO attributions_fts (attributions_fts, rowid, content, speaker, source)
  VALUES ('delete', old.number, old.content, old.speaker, old.source);
  INSERT INTO attributions_fts (rowid, content, speaker, source)
  VALUES (new.number, new.content, new.speaker, new.source);
END;

CREATE TABLE decisions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'mend', 'merge', 'split', 'reject')),
  reason TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('actor', 'attribution', 'event', 'transfer', 'position')),
  article_id TEXT NOT NULL REFERENCES articles (id),
  quotation_prefix TEXT NOT NULL,
  quotation TEXT NOT NULL,
  quotation_suffix TEXT NOT NULL,
  quotation_start INTEGER NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  bound_to TEXT,
  undone_at TEXT
);
CREATE INDEX decisions_article ON decisions (article_id);

CREATE TABLE edges (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('actor', 'event')),
  one_article TEXT NOT NULL REFERENCES articles (id),
  one TEXT NOT NULL,
  one_selector TEXT NOT NULL,
  other_article TEXT NOT NULL REFERENCES articles (id),
  other TEXT NOT NULL,
  other_selector TEXT NOT NULL,
  reason TEXT NOT NULL,
  undone_at TEXT
);

CREATE VIEW claims AS
SELECT
  a.id, a.kind, a.speaker, a.role, a.affiliation, a.country, a.inferred, a.content, a.source, a.cue,
  r.outlet, r.title, r.published_earliest, r.published_latest, r.published_how, r.url, r.retrieved,
  a.confidence, a.article_id, a.span_start, a.span_end
FROM attributions a JOIN articles r ON r.id = a.article_id;

CREATE VIEW ledger AS
SELECT
  t.id, t.supplier, t.recipient, t.item, t.quantity_low, t.quantity_high, t.quantity_text, t.kind, t.stage,
  t.status, t.according_to_name, t.when_start, t.when_end, t.when_text, t.evidence,
  r.outlet, r.title, r.published_earliest, r.published_latest, r.published_how, r.url, r.retrieved,
  t.confidence, t.article_id, t.span_start, t.span_end
FROM transfers t JOIN articles r ON r.id = t.article_id;
"""

_RETOLD = """
ALTER TABLE events ADD COLUMN repeats TEXT;
"""
"""Tellings of one deed are linked. Rows of articles read before have none until they are read again."""

_ENTRIES = """
ALTER TABLE transfers ADD COLUMN second_hand INTEGER NOT NULL DEFAULT 0;
ALTER TABLE transfers ADD COLUMN terms TEXT NOT NULL DEFAULT 'unknown';
ALTER TABLE transfers ADD COLUMN payer TEXT;
ALTER TABLE transfers ADD COLUMN payer_name TEXT;
ALTER TABLE transfers ADD COLUMN via TEXT NOT NULL DEFAULT '[]';
ALTER TABLE transfers ADD COLUMN flags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE positions ADD COLUMN holder_kind TEXT;

CREATE TABLE edges_of_more_kinds (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('actor', 'event', 'transfer')),
  judgement TEXT NOT NULL DEFAULT 'same' CHECK (judgement IN ('same', 'different')),
  one_article TEXT NOT NULL REFERENCES articles (id),
  one TEXT NOT NULL,
  one_selector TEXT NOT NULL,
  other_article TEXT NOT NULL REFERENCES articles (id),
  other TEXT NOT NULL,
  other_selector TEXT NOT NULL,
  reason TEXT NOT NULL,
  undone_at TEXT
);
INSERT INTO edges_of_more_kinds (
  id, made_at, made_by, kind, one_article, one, one_selector, other_article, other, other_selector, reason,
  undone_at
) SELECT
  id, made_at, made_by, kind, one_article, one, one_selector, other_article, other, other_selector, reason,
  undone_at
FROM edges;
DROP TABLE edges;
ALTER TABLE edges_of_more_kinds RENAME TO edges;
"""
"""Reports of one transfer are linked across articles, and a person may say that two are one, or are not.

The tables are made anew from the records after it (`Writer`), which fills the new columns.
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _RETOLD, _ENTRIES)
"""Step n brings a file of schema n to schema n + 1."""


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring the file from schema `version` to the newest, inside the transaction that the caller has begun.

    Raises:
        sqlite3.Error: whatever went wrong; the caller rolls back.
    """
    if version == len(MIGRATIONS):
        return
    for step in MIGRATIONS[version:]:
        for statement in _statements(step):
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _statements(script: str) -> Iterator[str]:
    # sqlite3's executescript would commit the transaction that the whole migration has to stand in.
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        raise ValueError(f"an unfinished statement: {pending.strip()[:60]}")
