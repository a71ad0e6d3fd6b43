-- How each source fares: its last look, its failures, and what it gave.
CREATE OR REPLACE VIEW source_health AS
WITH newest AS (
    SELECT *
    FROM sources
    QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY seen_at DESC) = 1
),

last_poll AS (
    SELECT *
    FROM polls
    QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY polled_at DESC) = 1
),

taken AS (
    SELECT
        source_id,
        count(*) FILTER (WHERE status = 'stored') AS stored,
        count(*) FILTER (WHERE status NOT IN ('stored', 'not_modified', 'duplicate', 'unchanged')) AS refused,
        max(ended_at) FILTER (WHERE status = 'stored') AS last_stored_at
    FROM ledger
    GROUP BY source_id
)

SELECT
    s.source_id,
    s.name,
    s.kind,
    coalesce(p.url, s.url) AS url,
    s.country_iso3,
    s.language,
    CASE
        WHEN NOT s.enabled THEN 'off'
        WHEN p.retired THEN 'retired'
        WHEN p.failures >= 10 THEN 'undead'
        WHEN p.failures > 0 THEN 'failing'
        WHEN p.source_id IS NULL THEN 'not polled'
        ELSE 'well'
    END AS health,
    p.polled_at,
    p.outcome,
    p.detail,
    p.failures,
    p.entries,
    p.new_entries,
    p.next_poll_at,
    coalesce(t.stored, 0) AS stored,
    coalesce(t.refused, 0) AS refused,
    t.last_stored_at
FROM newest AS s
LEFT JOIN last_poll AS p ON s.source_id = p.source_id
LEFT JOIN taken AS t ON s.source_id = t.source_id
ORDER BY s.source_id;
COMMENT ON VIEW source_health IS 'Each source with its last look, its failures (10 and more: asked once a month), the next look, and what it gave.';
