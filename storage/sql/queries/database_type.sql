-- What the current database is kept in: duckdb (a file) or ducklake.
SELECT d.type
FROM duckdb_databases() AS d
WHERE d.database_name = current_database();
