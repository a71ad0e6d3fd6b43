-- The day of each version: of publication where it is stated, else of the first sight.
SELECT
    version_id,
    coalesce(published_day, cast(coalesce(published_at, seen_at) AS DATE)) AS "day"
FROM article_versions;
