-- How long to wait for that lock.
CALL postgres_execute('guard', $sql);
