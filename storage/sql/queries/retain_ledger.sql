-- Remove what became of candidates before a day where a later run has said it again, and tell how many; what was stored stays.
DELETE FROM ledger
WHERE
    ended_at < $before
    AND status <> 'stored'
    AND (coalesce(url_key, url), coalesce(source_id, ''), ended_at) NOT IN (
        SELECT (coalesce(l.url_key, l.url), coalesce(l.source_id, ''), max(l.ended_at)) FROM ledger AS l
        GROUP BY coalesce(l.url_key, l.url), coalesce(l.source_id, '')
    );
