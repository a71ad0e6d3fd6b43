-- Tables of extracted rows: those that name their extractor and load.
SELECT t.table_name
FROM duckdb_tables() AS t
INNER JOIN duckdb_columns() AS c ON t.table_oid = c.table_oid
WHERE c.column_name IN ('extractor', 'load_id') AND t.database_name = current_database() AND NOT t.internal
GROUP BY t.table_name
HAVING count(*) = 2
ORDER BY t.table_name;
