-- Hosts that are to be left alone, and until when.
SELECT
    host,
    max(paused_until) AS until
FROM visits
WHERE paused_until > $now AND requested_at BETWEEN $now::TIMESTAMPTZ - INTERVAL 2 DAY AND $now
GROUP BY host;
