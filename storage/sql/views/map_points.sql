-- Places on a map, with the words that name them.
CREATE OR REPLACE VIEW map_points AS
SELECT
    p.name,
    p.country_iso3,
    p.lat,
    p.lon,
    p.feature_class,
    p.sense,
    p.exact,
    v.title,
    v.published_at,
    a.source_id,
    coalesce(a.canonical_url, a.first_url) AS url,
    p.geonames_id,
    p.version_id,
    p.start_char,
    p.end_char
FROM places AS p
INNER JOIN current_versions AS v ON p.version_id = v.version_id
INNER JOIN articles AS a ON v.article_id = a.article_id
WHERE p.lat IS NOT NULL;
COMMENT ON VIEW map_points IS 'Places of the newest texts that have coordinates; sense: literal, or metonymic (a capital for its government).';
