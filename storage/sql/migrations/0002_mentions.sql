-- Who and what is named, and which mentions mean the same.

CREATE TABLE entities (
    entity_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    entity_type VARCHAR NOT NULL,
    wikidata_id VARCHAR,
    geonames_id BIGINT,
    country_iso3 VARCHAR,
    extractor VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    load_id VARCHAR NOT NULL,
    reason VARCHAR,
    CHECK (entity_type IN ('PERSON', 'ORG', 'GPE', 'LOC', 'FAC', 'NORP', 'EVENT', 'PRODUCT', 'WORK'))
);

COMMENT ON TABLE entities IS 'Who or what mentions stand for, stable across articles.';
COMMENT ON COLUMN entities.entity_id IS 'Stable id: hash of type and full name; of the article too where only one word of a person''s name is known.';
COMMENT ON COLUMN entities.name IS 'Fullest name printed in the article that introduced it.';
COMMENT ON COLUMN entities.entity_type IS 'PERSON, ORG, GPE, LOC, FAC, NORP, EVENT, PRODUCT, WORK.';
COMMENT ON COLUMN entities.wikidata_id IS 'Wikidata QID. NULL: not linked.';
COMMENT ON COLUMN entities.geonames_id IS 'GeoNames id. NULL: not linked.';
COMMENT ON COLUMN entities.country_iso3 IS 'Country, ISO 3166-1 alpha-3. NULL: not linked.';
COMMENT ON COLUMN entities.extractor IS 'Name of the extractor that introduced it.';
COMMENT ON COLUMN entities.extractor_version IS 'Version of that extractor.';
COMMENT ON COLUMN entities.load_id IS 'The run that introduced it.';
COMMENT ON COLUMN entities.reason IS 'How the entity was told apart, where that needs explaining.';

CREATE TABLE mentions (
    version_id VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    exact VARCHAR NOT NULL,
    prefix VARCHAR NOT NULL,
    suffix VARCHAR NOT NULL,
    entity_type VARCHAR NOT NULL,
    mention_kind VARCHAR NOT NULL,
    entity_id VARCHAR,
    sentence_no INTEGER,
    extractor VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    load_id VARCHAR NOT NULL,
    confidence DOUBLE,
    reason VARCHAR,
    CHECK (end_char > start_char),
    CHECK (entity_type IN ('PERSON', 'ORG', 'GPE', 'LOC', 'FAC', 'NORP', 'EVENT', 'PRODUCT', 'WORK')),
    CHECK (mention_kind IN ('name', 'nominal', 'pronoun'))
);

COMMENT ON TABLE mentions IS 'A name, nominal or pronoun in the text.';
COMMENT ON COLUMN mentions.version_id IS 'The text the row stands in: article_versions.version_id.';
COMMENT ON COLUMN mentions.start_char IS 'Start in article_versions.text, in Unicode code points from 0.';
COMMENT ON COLUMN mentions.end_char IS 'End in article_versions.text, in code points, exclusive.';
COMMENT ON COLUMN mentions.exact IS 'The words at start_char..end_char: substr(text, start_char + 1, end_char - start_char).';
COMMENT ON COLUMN mentions.prefix IS 'Up to 32 characters before it (W3C TextQuoteSelector).';
COMMENT ON COLUMN mentions.suffix IS 'Up to 32 characters after it.';
COMMENT ON COLUMN mentions.entity_type IS 'PERSON, ORG, GPE, LOC, FAC, NORP, EVENT, PRODUCT, WORK.';
COMMENT ON COLUMN mentions.mention_kind IS 'name, nominal or pronoun.';
COMMENT ON COLUMN mentions.entity_id IS 'Who or what it stands for: entities.entity_id. NULL: not known, reason says why.';
COMMENT ON COLUMN mentions.sentence_no IS 'Number of the sentence in its version, from 0. NULL: the span starts in no sentence.';
COMMENT ON COLUMN mentions.extractor IS 'Name of the extractor that wrote the row.';
COMMENT ON COLUMN mentions.extractor_version IS 'Version of that extractor.';
COMMENT ON COLUMN mentions.load_id IS 'The run that wrote the row: loads.load_id.';
COMMENT ON COLUMN mentions.confidence IS 'Probability from 0 to 1 that the row is right, as the extractor estimates it. NULL: it gives no estimate.';
COMMENT ON COLUMN mentions.reason IS 'Why a value is NULL, or how it was chosen. NULL: nothing to explain.';
