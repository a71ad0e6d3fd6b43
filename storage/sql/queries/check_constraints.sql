-- What each table asks of its rows.
SELECT
    c.table_name,
    c.expression
FROM duckdb_constraints() AS c
WHERE c.constraint_type = 'CHECK' AND c.database_name = current_database()
ORDER BY ALL;
