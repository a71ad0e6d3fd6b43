-- The tables of the catalog itself.
SELECT t.table_name
FROM duckdb_tables() AS t
WHERE t.database_name = '__ducklake_metadata_warehouse' AND t.table_name LIKE 'ducklake%'
ORDER BY t.table_name;
