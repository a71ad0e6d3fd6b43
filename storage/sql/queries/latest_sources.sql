-- The configuration of each source in force.
SELECT
    source_id,
    name,
    kind,
    url,
    country_iso3,
    language,
    enabled
FROM sources
QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY seen_at DESC) = 1;
