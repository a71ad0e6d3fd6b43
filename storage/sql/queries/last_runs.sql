-- The last run of each flow that has ended: when, in how many seconds, how, and its candidates by final status.
SELECT
    flow,
    finished_at,
    epoch(finished_at - started_at) AS seconds,
    status = 'finished' AS success,
    counts
FROM loads
WHERE finished_at IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY flow ORDER BY finished_at DESC, load_id DESC) = 1
ORDER BY flow;
