-- How candidates with these keys ended last, and what each source said of them then.
WITH ended AS (
    SELECT
        url_key,
        source_id,
        status,
        entry_sha256,
        coalesce(attempt, 1) AS attempt,
        retry_at,
        ended_at
    FROM ledger
    WHERE url_key IN (SELECT unnest($keys))
),

said AS (
    SELECT
        url_key,
        source_id,
        entry_sha256
    FROM ended
    WHERE source_id IS NOT NULL AND entry_sha256 IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY url_key, source_id ORDER BY ended_at DESC) = 1
),

last_end AS (
    SELECT
        url_key,
        status,
        attempt,
        retry_at
    FROM ended
    QUALIFY row_number() OVER (PARTITION BY url_key ORDER BY ended_at DESC, attempt DESC) = 1
)

SELECT
    last_end.url_key,
    last_end.status,
    last_end.attempt,
    last_end.retry_at,
    list(struct_pack(source_id := said.source_id, entry_sha256 := said.entry_sha256)) FILTER (said.source_id IS NOT NULL) AS said
FROM last_end
LEFT JOIN said ON last_end.url_key = said.url_key
GROUP BY last_end.url_key, last_end.status, last_end.attempt, last_end.retry_at;
