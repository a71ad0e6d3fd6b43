-- Candidates of one run by final status.
SELECT
    status,
    count(*)::BIGINT AS candidates
FROM ledger
WHERE load_id = $load_id
GROUP BY status
ORDER BY candidates DESC, status;
