-- Where.

CREATE TABLE places (
    version_id VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    exact VARCHAR NOT NULL,
    geonames_id BIGINT,
    name VARCHAR,
    country_iso3 VARCHAR,
    admin1 VARCHAR,
    lat DOUBLE,
    lon DOUBLE,
    feature_class VARCHAR,
    sense VARCHAR,
    sentence_no INTEGER,
    extractor VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    load_id VARCHAR NOT NULL,
    confidence DOUBLE,
    reason VARCHAR,
    CHECK (end_char > start_char),
    CHECK (sense IS NULL OR sense IN ('literal', 'metonymic'))
);

COMMENT ON TABLE places IS 'A place mention put on the map (GeoNames). All values NULL where the gazetteer has none or several; reason says so.';
COMMENT ON COLUMN places.version_id IS 'The text the row stands in: article_versions.version_id.';
COMMENT ON COLUMN places.start_char IS 'Start in article_versions.text, in Unicode code points from 0.';
COMMENT ON COLUMN places.end_char IS 'End in article_versions.text, in code points, exclusive.';
COMMENT ON COLUMN places.exact IS 'The words at start_char..end_char: substr(text, start_char + 1, end_char - start_char).';
COMMENT ON COLUMN places.geonames_id IS 'GeoNames id. NULL: not resolved.';
COMMENT ON COLUMN places.name IS 'Name in GeoNames. NULL: not resolved.';
COMMENT ON COLUMN places.country_iso3 IS 'Country, ISO 3166-1 alpha-3. NULL: not resolved, or none.';
COMMENT ON COLUMN places.admin1 IS 'First-level division (GeoNames code). NULL: none or not known.';
COMMENT ON COLUMN places.lat IS 'Latitude in degrees, WGS 84. NULL: not resolved.';
COMMENT ON COLUMN places.lon IS 'Longitude in degrees, WGS 84. NULL: not resolved.';
COMMENT ON COLUMN places.feature_class IS 'GeoNames feature class: A country or division, P populated place. NULL: not resolved.';
COMMENT ON COLUMN places.sense IS 'literal (the place) or metonymic (its government or people). NULL: not decided.';
COMMENT ON COLUMN places.sentence_no IS 'Number of the sentence in its version, from 0. NULL: the span starts in no sentence.';
COMMENT ON COLUMN places.extractor IS 'Name of the extractor that wrote the row.';
COMMENT ON COLUMN places.extractor_version IS 'Version of that extractor.';
COMMENT ON COLUMN places.load_id IS 'The run that wrote the row: loads.load_id.';
COMMENT ON COLUMN places.confidence IS 'Probability from 0 to 1 that the row is right, as the extractor estimates it. NULL: it gives no estimate.';
COMMENT ON COLUMN places.reason IS 'Why a value is NULL, or how it was chosen. NULL: nothing to explain.';
