-- The state of each source that has been polled; what a clock that was wrong has noted for the future does not count.
SELECT * EXCLUDE (load_id) FROM polls
WHERE polled_at <= $now
QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY polled_at DESC) = 1;
