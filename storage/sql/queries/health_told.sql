-- How each source fares, the worst first; trend: articles stored on each of the last seven days that had a run, oldest first.
WITH days AS (
    SELECT DISTINCT cast(ended_at AS DATE) AS "day"
    FROM ledger
    ORDER BY "day" DESC
    LIMIT 7
),

daily AS (
    SELECT
        h.source_id,
        d.day,
        count(l.url) AS stored
    FROM source_health AS h
    CROSS JOIN days AS d
    LEFT JOIN ledger AS l
        ON h.source_id = l.source_id AND d.day = cast(l.ended_at AS DATE) AND l.status = 'stored'
    GROUP BY h.source_id, d.day
)

SELECT
    h.source_id,
    h.health,
    coalesce(h.outcome, '') AS outcome,
    coalesce(h.failures, 0) AS failures,
    h.stored,
    h.refused,
    coalesce((
        SELECT string_agg(n.stored, ' ' ORDER BY n.day)
        FROM daily AS n
        WHERE n.source_id = h.source_id
    ), '') AS trend
FROM source_health AS h
ORDER BY h.failures DESC NULLS LAST, h.source_id;
