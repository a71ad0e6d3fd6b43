-- The last publication, and the first run after it that has ended.
WITH last_one AS (
    SELECT
        max(done_at) AS done_at,
        max_by(seconds, done_at) AS seconds
    FROM upkeep
    WHERE kind = 'publication' AND done_at <= $now
)

SELECT
    p.done_at AS published_at,
    p.seconds,
    min(l.finished_at) AS waiting_since
FROM last_one AS p
LEFT JOIN loads AS l ON l.finished_at > coalesce(p.done_at, '-infinity'::TIMESTAMPTZ) AND l.finished_at <= $now
GROUP BY p.done_at, p.seconds;
