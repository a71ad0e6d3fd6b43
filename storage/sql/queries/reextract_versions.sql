-- Texts of a source and of days (NULL: all), by the day of publication, else of the first sight.
SELECT v.version_id
FROM article_versions AS v
INNER JOIN articles AS a ON v.article_id = a.article_id
WHERE
    ($source_id IS NULL OR a.source_id = $source_id)
    AND (
        $since IS NULL
        OR coalesce(v.published_day, cast(coalesce(v.published_at, v.seen_at) AS DATE)) >= $since::DATE
    )
    AND (
        $until IS NULL
        OR coalesce(v.published_day, cast(coalesce(v.published_at, v.seen_at) AS DATE)) <= $until::DATE
    )
ORDER BY v.seen_at, v.version_id;
