-- The number of the lake's version that this transaction sees.
SELECT s.id
FROM ducklake_current_snapshot('warehouse') AS s;
