-- Well-known files of sites that were read within a day.
SELECT
    origin,
    path,
    read_at,
    http_status,
    "text"
FROM site_files
WHERE read_at > $now::TIMESTAMPTZ - INTERVAL 24 HOUR AND read_at <= $now
QUALIFY row_number() OVER (PARTITION BY origin, path ORDER BY read_at DESC) = 1;
