-- Places for a map, one point a mention.
SELECT
    lon,
    lat,
    name,
    country_iso3,
    feature_class,
    sense,
    exact,
    title,
    cast(published_at AS VARCHAR) AS published_at,
    source_id,
    url,
    geonames_id,
    version_id,
    start_char,
    end_char
FROM map_points
ORDER BY published_at, version_id, start_char;
