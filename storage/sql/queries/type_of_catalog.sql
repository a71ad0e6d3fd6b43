-- What keeps the tables of the database in use: duckdb, ducklake, ...
SELECT d.type
FROM duckdb_databases() AS d
WHERE d.database_name = current_database();
