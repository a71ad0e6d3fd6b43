-- Take the lock of all writers on all machines for the length of this transaction, if it is free. The number is ours alone in this database.
SELECT * FROM postgres_query('guard', 'SELECT pg_try_advisory_xact_lock(7203170812)');
