-- The tables of a database.
SELECT t.table_name
FROM duckdb_tables() AS t
WHERE t.database_name = $database AND NOT t.internal
ORDER BY t.table_name;
