-- The state of each source that has been polled.
SELECT * EXCLUDE (load_id) FROM polls
QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY polled_at DESC) = 1;
