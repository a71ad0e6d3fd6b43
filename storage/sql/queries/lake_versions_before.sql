-- Versions of the lake that were made before a time (NULL: all), but for the present one.
SELECT s.snapshot_id
FROM ducklake_snapshots('warehouse') AS s
WHERE
    ($before IS NULL OR s.snapshot_time < $before::TIMESTAMPTZ)
    AND s.snapshot_id < (SELECT max(n.snapshot_id) FROM ducklake_snapshots('warehouse') AS n);
