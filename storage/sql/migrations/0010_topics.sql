-- About what. Filled by a later release.

CREATE TABLE topics (
    version_id VARCHAR NOT NULL,
    medtop VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    extractor VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    load_id VARCHAR NOT NULL,
    confidence DOUBLE,
    reason VARCHAR
);

COMMENT ON TABLE topics IS 'An IPTC Media Topic of a version. Filled by a later release.';
COMMENT ON COLUMN topics.version_id IS 'The text: article_versions.version_id.';
COMMENT ON COLUMN topics.medtop IS 'IPTC Media Topic QCode, such as medtop:04000000.';
COMMENT ON COLUMN topics.name IS 'Its English name.';
COMMENT ON COLUMN topics.score IS 'Score from 0 to 1.';
COMMENT ON COLUMN topics.extractor IS 'Name of the extractor.';
COMMENT ON COLUMN topics.extractor_version IS 'Its version.';
COMMENT ON COLUMN topics.load_id IS 'The run that wrote the row.';
COMMENT ON COLUMN topics.confidence IS 'Estimated probability that the row is right. NULL: no estimate.';
COMMENT ON COLUMN topics.reason IS 'Why it was chosen.';
