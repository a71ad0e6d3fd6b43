-- Note what was done to the warehouse itself.
INSERT INTO upkeep (kind, target, done_at, seconds, "rows", bytes_before, bytes_after, detail)
VALUES ($kind, $target, $done_at, $seconds, $rows, $bytes_before, $bytes_after, $detail);
