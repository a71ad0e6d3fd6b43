-- Which sources are well?
SELECT
    source_id,
    kind,
    health,
    outcome,
    entries,
    stored,
    refused
FROM source_health
ORDER BY source_id;
