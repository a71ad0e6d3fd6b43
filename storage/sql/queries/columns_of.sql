-- The columns of a table, quoted, in the order of their names.
SELECT '"' || replace(c.column_name, '"', '""') || '"' AS quoted
FROM duckdb_columns() AS c
WHERE c.database_name = $database AND c.table_name = $table
ORDER BY c.column_name;
