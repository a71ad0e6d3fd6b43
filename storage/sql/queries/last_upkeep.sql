-- When something was done last, and how long it took; the future of a clock that was wrong does not count.
SELECT
    done_at,
    seconds
FROM upkeep
WHERE kind = $kind AND done_at <= $now
ORDER BY done_at DESC
LIMIT 1;
