-- A run ends; its counts are taken from what it wrote.
UPDATE loads
SET
    finished_at = $finished_at,
    status = $status,
    counts = map_from_entries((
        SELECT list((status, n))
        FROM (
            SELECT l.status, count(*)::BIGINT AS n FROM ledger AS l
            WHERE l.load_id = $load_id
            GROUP BY l.status
        )
    ))
WHERE load_id = $load_id;
