-- Append final statuses: one a candidate and run.
INSERT INTO ledger BY NAME
SELECT incoming.* FROM incoming ANTI JOIN ledger USING (load_id, url);
