-- What was taken down: a hash, so that it is never fetched or stored again.

CREATE TABLE tombstones (
    kind VARCHAR NOT NULL,
    tombstone VARCHAR NOT NULL,
    removed_at TIMESTAMPTZ NOT NULL,
    CHECK (kind IN ('article', 'source'))
);

COMMENT ON TABLE tombstones IS 'What was taken down by dateline forget; a row an article or a source. Only a hash is kept: it keeps the same thing from coming back.';
COMMENT ON COLUMN tombstones.kind IS 'article: what the article_id was. source: a hash of the source_id.';
COMMENT ON COLUMN tombstones.tombstone IS '128 bits of SHA-256 in hex over the key of the address, or over the source_id.';
COMMENT ON COLUMN tombstones.removed_at IS 'When it was taken down.';
