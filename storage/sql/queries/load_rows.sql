-- Rows of one table written by one run.
SELECT count(*)::BIGINT FROM {table}
WHERE load_id = $load_id;
