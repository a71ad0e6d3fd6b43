-- How much.

CREATE TABLE quantities (
    version_id VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    exact VARCHAR NOT NULL,
    "value" DOUBLE,
    value_high DOUBLE,
    unit VARCHAR,
    kind VARCHAR NOT NULL,
    currency VARCHAR,
    sentence_no INTEGER,
    extractor VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    load_id VARCHAR NOT NULL,
    confidence DOUBLE,
    reason VARCHAR,
    CHECK (end_char > start_char),
    CHECK (kind IN ('money', 'percent', 'count', 'measure'))
);

COMMENT ON TABLE quantities IS 'A number with its unit.';
COMMENT ON COLUMN quantities.version_id IS 'The text the row stands in: article_versions.version_id.';
COMMENT ON COLUMN quantities.start_char IS 'Start in article_versions.text, in Unicode code points from 0.';
COMMENT ON COLUMN quantities.end_char IS 'End in article_versions.text, in code points, exclusive.';
COMMENT ON COLUMN quantities.exact IS 'The words at start_char..end_char: substr(text, start_char + 1, end_char - start_char).';
COMMENT ON COLUMN quantities."value" IS 'The number; the lower one of a range. NULL: vague, reason says so.';
COMMENT ON COLUMN quantities.value_high IS 'The upper number of a range. NULL: no range.';
COMMENT ON COLUMN quantities.unit IS 'Unit or counted noun, singular; % for percent. NULL: none printed.';
COMMENT ON COLUMN quantities.kind IS 'money, percent, count or measure.';
COMMENT ON COLUMN quantities.currency IS 'ISO 4217 code, for money. NULL: no money, or an ambiguous currency.';
COMMENT ON COLUMN quantities.sentence_no IS 'Number of the sentence in its version, from 0. NULL: the span starts in no sentence.';
COMMENT ON COLUMN quantities.extractor IS 'Name of the extractor that wrote the row.';
COMMENT ON COLUMN quantities.extractor_version IS 'Version of that extractor.';
COMMENT ON COLUMN quantities.load_id IS 'The run that wrote the row: loads.load_id.';
COMMENT ON COLUMN quantities.confidence IS 'Probability from 0 to 1 that the row is right, as the extractor estimates it. NULL: it gives no estimate.';
COMMENT ON COLUMN quantities.reason IS 'Why a value is NULL, or how it was chosen. NULL: nothing to explain.';
