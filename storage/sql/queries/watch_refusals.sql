-- The share of candidates that were refused, in the newest block of each source's candidates, and what was usual in the blocks before.
-- A block has as many candidates as came in the last day, but no fewer than $size; first tries by ingest count, no polls.
WITH judged AS (
    SELECT
        source_id,
        ended_at,
        status,
        CASE WHEN status IN ('stored', 'not_modified', 'duplicate', 'unchanged') THEN 0.0 ELSE 1.0 END AS refused,
        row_number() OVER (PARTITION BY source_id ORDER BY ended_at DESC, url ASC) - 1 AS place
    FROM ledger
    SEMI JOIN loads ON ledger.load_id = loads.load_id AND loads.flow = 'ingest'
    WHERE
        ended_at > $since AND ended_at <= $now AND source_id IS NOT NULL AND stage <> 'discover' AND coalesce(attempt, 1) = 1
),

-- Not as a second window: that takes fifteen times as long.
sizes AS (
    SELECT
        source_id,
        greatest($size, count(*) FILTER (WHERE ended_at > $now - INTERVAL 1 DAY)) AS size
    FROM judged
    GROUP BY source_id
),

blocks AS (
    SELECT
        source_id,
        place // size AS block,
        avg(refused) AS refused,
        any_value(size) AS size,
        min(ended_at) AS since,
        mode(status) FILTER (WHERE refused = 1.0) AS most
    FROM judged
    INNER JOIN sizes USING (source_id)
    GROUP BY source_id, place // size
    HAVING count(*) = any_value(size) AND block <= $blocks
)

SELECT
    source_id,
    'refused' AS measure,
    any_value(refused) FILTER (WHERE block = 0) AS now,
    median(refused) FILTER (WHERE block > 0) AS usual,
    greatest(
        mad(refused) FILTER (WHERE block > 0),
        (quantile_cont(refused, 0.75) FILTER (WHERE block > 0) - quantile_cont(refused, 0.25) FILTER (WHERE block > 0)) / 2
    ) AS spread,
    count(*) FILTER (WHERE block > 0) AS blocks,
    any_value(size)::INTEGER AS size,
    any_value(since) FILTER (WHERE block = 0) AS since,
    any_value(most) FILTER (WHERE block = 0) AS detail
FROM blocks
GROUP BY source_id
HAVING count(*) FILTER (WHERE block > 0) >= $enough
ORDER BY source_id;
