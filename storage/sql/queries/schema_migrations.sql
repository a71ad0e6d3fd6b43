-- What was applied, with its newest digest.
SELECT
    name,
    arg_max(sha256, applied_at)
FROM schema_migrations
GROUP BY name
ORDER BY name;
