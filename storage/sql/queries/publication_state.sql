-- The last publication, and since when what a run has done since waits for the next one.
WITH last_one AS (
    SELECT
        done_at,
        bytes_after,
        seconds
    FROM upkeep
    WHERE kind = 'publication'
    ORDER BY done_at DESC
    LIMIT 1
)

SELECT
    o.done_at,
    o.bytes_after,
    o.seconds,
    min(l.finished_at) AS waiting_since
FROM last_one AS o
LEFT JOIN loads AS l ON o.done_at < l.finished_at
GROUP BY ALL;
