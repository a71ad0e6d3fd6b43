-- On whose wire copy, from where, by whom.

CREATE TABLE credits (
    version_id VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    exact VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    agency VARCHAR,
    place VARCHAR,
    author VARCHAR,
    sentence_no INTEGER,
    extractor VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    load_id VARCHAR NOT NULL,
    confidence DOUBLE,
    reason VARCHAR,
    CHECK (end_char > start_char),
    CHECK (kind IN ('wire', 'dateline', 'byline', 'correction'))
);

COMMENT ON TABLE credits IS 'Wire credit, dateline, byline or correction note, as printed in the text.';
COMMENT ON COLUMN credits.version_id IS 'The text the row stands in: article_versions.version_id.';
COMMENT ON COLUMN credits.start_char IS 'Start in article_versions.text, in Unicode code points from 0.';
COMMENT ON COLUMN credits.end_char IS 'End in article_versions.text, in code points, exclusive.';
COMMENT ON COLUMN credits.exact IS 'The words at start_char..end_char: substr(text, start_char + 1, end_char - start_char).';
COMMENT ON COLUMN credits.kind IS 'wire, dateline, byline or correction.';
COMMENT ON COLUMN credits.agency IS 'The agency, for wire credits and datelines. NULL: none printed.';
COMMENT ON COLUMN credits.place IS 'The place, for datelines. NULL: none printed.';
COMMENT ON COLUMN credits.author IS 'The person, for bylines. NULL: none printed.';
COMMENT ON COLUMN credits.sentence_no IS 'Number of the sentence in its version, from 0. NULL: the span starts in no sentence.';
COMMENT ON COLUMN credits.extractor IS 'Name of the extractor that wrote the row.';
COMMENT ON COLUMN credits.extractor_version IS 'Version of that extractor.';
COMMENT ON COLUMN credits.load_id IS 'The run that wrote the row: loads.load_id.';
COMMENT ON COLUMN credits.confidence IS 'Probability from 0 to 1 that the row is right, as the extractor estimates it. NULL: it gives no estimate.';
COMMENT ON COLUMN credits.reason IS 'Why a value is NULL, or how it was chosen. NULL: nothing to explain.';
