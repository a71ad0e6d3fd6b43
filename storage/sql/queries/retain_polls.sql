-- Remove looks at sources of before a day, and tell how many; the last one of each source is its state and stays.
DELETE FROM polls
WHERE
    polled_at < $before
    AND (source_id, polled_at) NOT IN (
        SELECT (p.source_id, max(p.polled_at)) FROM polls AS p
        GROUP BY p.source_id
    );
