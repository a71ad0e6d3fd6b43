-- Tables with offsets, and their columns.
SELECT
    c.table_name,
    list(c.column_name) AS columns
FROM duckdb_columns() AS c
INNER JOIN duckdb_tables() AS t ON c.table_oid = t.table_oid
WHERE c.database_name = current_database() AND NOT c.internal
GROUP BY c.table_name
HAVING bool_or(c.column_name LIKE '%start\_char' ESCAPE '\')
ORDER BY c.table_name;
