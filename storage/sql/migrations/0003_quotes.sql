-- Who said what.

CREATE TABLE quotes (
    version_id VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    exact VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    cue VARCHAR,
    cue_start_char INTEGER,
    cue_end_char INTEGER,
    speaker_text VARCHAR,
    speaker_start_char INTEGER,
    speaker_end_char INTEGER,
    speaker_entity_id VARCHAR,
    speaker_name VARCHAR,
    speaker_role VARCHAR,
    sentence_no INTEGER,
    extractor VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    load_id VARCHAR NOT NULL,
    confidence DOUBLE,
    reason VARCHAR,
    CHECK (end_char > start_char),
    CHECK (kind IN ('direct', 'mixed', 'indirect'))
);

COMMENT ON TABLE quotes IS 'Somebody''s words or attributed statement; start_char..end_char is the content, quotation marks included.';
COMMENT ON COLUMN quotes.version_id IS 'The text the row stands in: article_versions.version_id.';
COMMENT ON COLUMN quotes.start_char IS 'Start in article_versions.text, in Unicode code points from 0.';
COMMENT ON COLUMN quotes.end_char IS 'End in article_versions.text, in code points, exclusive.';
COMMENT ON COLUMN quotes.exact IS 'The words at start_char..end_char: substr(text, start_char + 1, end_char - start_char).';
COMMENT ON COLUMN quotes.kind IS 'direct (between quotation marks), mixed, or indirect.';
COMMENT ON COLUMN quotes.cue IS 'Word or phrase that marks the attribution, as printed. NULL: none printed.';
COMMENT ON COLUMN quotes.cue_start_char IS 'Start of cue in code points. NULL with it.';
COMMENT ON COLUMN quotes.cue_end_char IS 'End of cue in code points, exclusive. NULL with it.';
COMMENT ON COLUMN quotes.speaker_text IS 'Source of the words nearest to them, may be a pronoun, as printed. NULL: none printed.';
COMMENT ON COLUMN quotes.speaker_start_char IS 'Start of speaker_text in code points. NULL with it.';
COMMENT ON COLUMN quotes.speaker_end_char IS 'End of speaker_text in code points, exclusive. NULL with it.';
COMMENT ON COLUMN quotes.speaker_entity_id IS 'Who said it: entities.entity_id. NULL: not known, reason says why.';
COMMENT ON COLUMN quotes.speaker_name IS 'Full name of the speaker. NULL: not known, reason says why.';
COMMENT ON COLUMN quotes.speaker_role IS 'Role of the speaker as printed in this article. NULL: none printed.';
COMMENT ON COLUMN quotes.sentence_no IS 'Number of the sentence in its version, from 0. NULL: the span starts in no sentence.';
COMMENT ON COLUMN quotes.extractor IS 'Name of the extractor that wrote the row.';
COMMENT ON COLUMN quotes.extractor_version IS 'Version of that extractor.';
COMMENT ON COLUMN quotes.load_id IS 'The run that wrote the row: loads.load_id.';
COMMENT ON COLUMN quotes.confidence IS 'Probability from 0 to 1 that the row is right, as the extractor estimates it. NULL: it gives no estimate.';
COMMENT ON COLUMN quotes.reason IS 'Why a value is NULL, or how it was chosen. NULL: nothing to explain.';
