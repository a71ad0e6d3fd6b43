-- Tables and columns whose name ends like this.
SELECT
    c.table_name,
    c.column_name
FROM duckdb_columns() AS c
INNER JOIN duckdb_tables() AS t ON c.table_oid = t.table_oid
WHERE c.column_name LIKE $pattern AND c.database_name = current_database() AND NOT c.internal
ORDER BY ALL;
