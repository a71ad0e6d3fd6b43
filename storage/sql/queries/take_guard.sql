-- Wait for the lock of all writers on all machines and hold it for this transaction. The number is ours alone in this database.
SELECT count(*) FROM postgres_query('guard', 'SELECT pg_advisory_xact_lock(7203170812)');
