-- In what capacity.

CREATE TABLE roles (
    version_id VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    exact VARCHAR NOT NULL,
    person_entity_id VARCHAR,
    person_text VARCHAR NOT NULL,
    person_start_char INTEGER NOT NULL,
    person_end_char INTEGER NOT NULL,
    role VARCHAR NOT NULL,
    organisation_entity_id VARCHAR,
    organisation_text VARCHAR,
    organisation_start_char INTEGER,
    organisation_end_char INTEGER,
    sentence_no INTEGER,
    extractor VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    load_id VARCHAR NOT NULL,
    confidence DOUBLE,
    reason VARCHAR,
    CHECK (end_char > start_char)
);

COMMENT ON TABLE roles IS 'Person, role and organisation as printed together; start_char..end_char are the role''s words.';
COMMENT ON COLUMN roles.version_id IS 'The text the row stands in: article_versions.version_id.';
COMMENT ON COLUMN roles.start_char IS 'Start in article_versions.text, in Unicode code points from 0.';
COMMENT ON COLUMN roles.end_char IS 'End in article_versions.text, in code points, exclusive.';
COMMENT ON COLUMN roles.exact IS 'The words at start_char..end_char: substr(text, start_char + 1, end_char - start_char).';
COMMENT ON COLUMN roles.person_entity_id IS 'The person: entities.entity_id. NULL: not known.';
COMMENT ON COLUMN roles.person_text IS 'The person''s name or mention, as printed.';
COMMENT ON COLUMN roles.person_start_char IS 'Start of person_text in code points.';
COMMENT ON COLUMN roles.person_end_char IS 'End of person_text in code points, exclusive.';
COMMENT ON COLUMN roles.role IS 'The role''s words in one form: lower case, single spaces, no article.';
COMMENT ON COLUMN roles.organisation_entity_id IS 'The organisation or country: entities.entity_id. NULL: not known.';
COMMENT ON COLUMN roles.organisation_text IS 'The organisation or country, as printed. NULL: none printed.';
COMMENT ON COLUMN roles.organisation_start_char IS 'Start of organisation_text in code points. NULL with it.';
COMMENT ON COLUMN roles.organisation_end_char IS 'End of organisation_text in code points, exclusive. NULL with it.';
COMMENT ON COLUMN roles.sentence_no IS 'Number of the sentence in its version, from 0. NULL: the span starts in no sentence.';
COMMENT ON COLUMN roles.extractor IS 'Name of the extractor that wrote the row.';
COMMENT ON COLUMN roles.extractor_version IS 'Version of that extractor.';
COMMENT ON COLUMN roles.load_id IS 'The run that wrote the row: loads.load_id.';
COMMENT ON COLUMN roles.confidence IS 'Probability from 0 to 1 that the row is right, as the extractor estimates it. NULL: it gives no estimate.';
COMMENT ON COLUMN roles.reason IS 'Why a value is NULL, or how it was chosen. NULL: nothing to explain.';
