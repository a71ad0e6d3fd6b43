-- When something was done last, and how long it took.
SELECT
    done_at,
    seconds
FROM upkeep
WHERE kind = $kind
ORDER BY done_at DESC
LIMIT 1;
