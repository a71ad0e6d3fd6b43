-- Runs that say they are running but are not among the living were killed.
UPDATE loads SET status = 'interrupted'
WHERE status = 'running' AND load_id NOT IN (SELECT unnest($alive));
