-- When.

CREATE TABLE times (
    version_id VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    exact VARCHAR NOT NULL,
    timex_type VARCHAR NOT NULL,
    timex_value VARCHAR,
    anchor_date DATE,
    sentence_no INTEGER,
    extractor VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    load_id VARCHAR NOT NULL,
    confidence DOUBLE,
    reason VARCHAR,
    CHECK (end_char > start_char),
    CHECK (timex_type IN ('DATE', 'TIME', 'DURATION', 'SET'))
);

COMMENT ON TABLE times IS 'A time expression as TIMEX3 (ISO-TimeML).';
COMMENT ON COLUMN times.version_id IS 'The text the row stands in: article_versions.version_id.';
COMMENT ON COLUMN times.start_char IS 'Start in article_versions.text, in Unicode code points from 0.';
COMMENT ON COLUMN times.end_char IS 'End in article_versions.text, in code points, exclusive.';
COMMENT ON COLUMN times.exact IS 'The words at start_char..end_char: substr(text, start_char + 1, end_char - start_char).';
COMMENT ON COLUMN times.timex_type IS 'DATE, TIME, DURATION or SET.';
COMMENT ON COLUMN times.timex_value IS 'Normalised value, such as 2026-10-14 or PT24H. NULL: can''t be known, reason says why.';
COMMENT ON COLUMN times.anchor_date IS 'The date it was resolved against. NULL: none needed, or none known.';
COMMENT ON COLUMN times.sentence_no IS 'Number of the sentence in its version, from 0. NULL: the span starts in no sentence.';
COMMENT ON COLUMN times.extractor IS 'Name of the extractor that wrote the row.';
COMMENT ON COLUMN times.extractor_version IS 'Version of that extractor.';
COMMENT ON COLUMN times.load_id IS 'The run that wrote the row: loads.load_id.';
COMMENT ON COLUMN times.confidence IS 'Probability from 0 to 1 that the row is right, as the extractor estimates it. NULL: it gives no estimate.';
COMMENT ON COLUMN times.reason IS 'Why a value is NULL, or how it was chosen. NULL: nothing to explain.';
