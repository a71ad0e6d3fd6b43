-- Candidates of one run that were not stored, with the reason.
SELECT
    url,
    status,
    stage,
    detail
FROM ledger
WHERE load_id = $load_id AND status NOT IN ('stored', 'unchanged', 'not_modified')
ORDER BY status, url
LIMIT $most;
