-- Runs that say they are running.
SELECT load_id FROM loads
WHERE status = 'running'
ORDER BY load_id;
