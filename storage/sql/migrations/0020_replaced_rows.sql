-- What extractors wrote before their texts were extracted again.

CREATE TABLE replaced_rows (
    version_id VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    extractor VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    written_by VARCHAR NOT NULL,
    replaced_by VARCHAR NOT NULL,
    "row" JSON NOT NULL
);

COMMENT ON TABLE replaced_rows IS 'Rows that an extractor wrote and a later extraction replaced; the tables themselves hold only what counts now.';
COMMENT ON COLUMN replaced_rows.version_id IS 'The text the row stands in: article_versions.version_id.';
COMMENT ON COLUMN replaced_rows.table_name IS 'The table that the row was in.';
COMMENT ON COLUMN replaced_rows.extractor IS 'Name of the extractor that wrote it.';
COMMENT ON COLUMN replaced_rows.extractor_version IS 'Version of that extractor.';
COMMENT ON COLUMN replaced_rows.written_by IS 'The run that wrote it: loads.load_id.';
COMMENT ON COLUMN replaced_rows.replaced_by IS 'The run that replaced it: loads.load_id.';
COMMENT ON COLUMN replaced_rows."row" IS 'The row as it was, a JSON object by column; ("row" ->> ''exact'') gives its words.';
