-- Times in which items of a source may have come and gone: between two successful looks of which the second found nothing but new
-- items, so that the list had turned over in between.
WITH read AS (
    SELECT
        source_id,
        polled_at,
        entries,
        new_entries,
        lag(polled_at) OVER (PARTITION BY source_id ORDER BY polled_at) AS before
    FROM polls
    WHERE outcome IN ('read', 'not_modified')
)

SELECT
    source_id,
    before AS since,
    polled_at AS until
FROM read
WHERE
    before IS NOT NULL
    AND polled_at > $since
    AND entries > 0
    AND entries = new_entries
ORDER BY source_id, since;
