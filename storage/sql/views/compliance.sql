-- How each host was treated: for its administrator, and for whoever answers to one.
CREATE OR REPLACE VIEW compliance AS
WITH gaps AS (
    SELECT
        *,
        date_diff(
            'millisecond',
            lag(requested_at + to_milliseconds(coalesce(milliseconds, 0))) OVER (PARTITION BY host ORDER BY requested_at),
            requested_at
        ) AS gap_ms
    FROM visits
    WHERE robots_decision IS DISTINCT FROM 'denied' AND http_status IS NOT NULL
),

smallest AS (
    SELECT
        host,
        min(gap_ms) AS gap_ms
    FROM gaps
    GROUP BY host
)

SELECT
    v.host,
    count(*) FILTER (WHERE v.http_status IS NOT NULL) AS requests,
    count(*) FILTER (WHERE v.robots_decision = 'denied') AS left_alone,
    count(*) FILTER (WHERE v.robots_decision = 'denied' AND v.http_status IS NOT NULL) AS asked_although_denied,
    any_value(s.gap_ms) AS smallest_gap_ms,
    max(v.crawl_delay) AS crawl_delay_seconds,
    count(*) FILTER (WHERE v.http_status IN (429, 503)) AS told_to_slow_down,
    max(v.paused_until) AS paused_until,
    count(*) FILTER (WHERE v.tdm_reserved) AS reserved_from_mining,
    count(*) FILTER (
        WHERE len(v.ai_agents_denied) > 0
        OR (v.http_status = 200 AND regexp_matches(v.detail, '^(meta robots|X-Robots-Tag|robots[.]txt): '))
    ) AS opted_out_of_ai,
    sum(v.bytes) AS bytes,
    min(v.requested_at) AS first_asked_at,
    max(v.requested_at) AS last_asked_at
FROM visits AS v
LEFT JOIN smallest AS s ON v.host = s.host
GROUP BY v.host
ORDER BY requests DESC, v.host;
COMMENT ON VIEW compliance IS 'Per host: requests, pages left alone because of robots.txt, the smallest gap between two requests, opt-outs, pauses, bytes.';
