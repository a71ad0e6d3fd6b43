-- The health of every source that ever was configured.
SELECT
    source_id,
    health
FROM source_health
ORDER BY source_id;
