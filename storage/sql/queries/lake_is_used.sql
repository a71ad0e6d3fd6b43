-- Whether a lake has tables.
SELECT count(*) > 0
FROM duckdb_tables() AS t
WHERE t.database_name = 'warehouse';
