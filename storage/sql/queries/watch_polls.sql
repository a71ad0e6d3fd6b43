-- How the polls of each source went: the last answer, and the last of all. Sources that were switched off are left out.
WITH newest AS (
    SELECT *
    FROM sources
    QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY seen_at DESC) = 1
)

SELECT
    p.source_id,
    min(p.polled_at) AS first_polled_at,
    max(p.polled_at) FILTER (WHERE p.outcome IN ('read', 'not_modified')) AS answered_at,
    count(*) AS polls,
    arg_max(p.outcome, p.polled_at) AS outcome,
    arg_max_null(p.http_status, p.polled_at) AS http_status,
    arg_max_null(p.detail, p.polled_at) AS detail
FROM polls AS p
ANTI JOIN newest AS n ON p.source_id = n.source_id AND NOT n.enabled
WHERE p.polled_at > $since AND p.polled_at <= $now
GROUP BY p.source_id
ORDER BY p.source_id;
