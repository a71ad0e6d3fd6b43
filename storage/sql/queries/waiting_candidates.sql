-- Candidates whose next try is due, of sources that are asked now.
SELECT
    url,
    source_id,
    attempt,
    entry
FROM (
    SELECT * FROM ledger
    WHERE url_key IS NOT NULL AND ended_at > $now::TIMESTAMPTZ - INTERVAL 14 DAY AND ended_at <= $now
    QUALIFY row_number() OVER (PARTITION BY url_key ORDER BY ended_at DESC, attempt DESC) = 1
)
WHERE retry_at <= $now AND source_id IN (SELECT unnest($source_ids))
ORDER BY retry_at;
