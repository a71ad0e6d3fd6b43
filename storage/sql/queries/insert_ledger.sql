-- Append final statuses: one a candidate and run. Only this run's rows are looked through.
INSERT INTO ledger BY NAME
WITH told AS (
    SELECT l.url
    FROM ledger AS l
    WHERE l.load_id = (SELECT min(i.load_id) FROM incoming AS i)
)

SELECT incoming.*
FROM incoming
ANTI JOIN told ON incoming.url = told.url;
