-- Candidates of all runs by final status.
SELECT
    status,
    count(*)::BIGINT AS candidates
FROM ledger
GROUP BY status
ORDER BY status;
