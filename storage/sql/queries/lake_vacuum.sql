-- Have the catalog's server write a table anew.
CALL postgres_execute('guard', $sql, use_transaction => FALSE);
