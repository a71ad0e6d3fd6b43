-- Tables of rows that stand in a text.
SELECT t.table_name
FROM duckdb_tables() AS t
INNER JOIN duckdb_columns() AS c ON t.table_oid = c.table_oid
WHERE
    c.column_name IN ('version_id', 'extractor', 'load_id', 'start_char', 'exact')
    AND t.database_name = current_database()
    AND c.database_name = current_database()
    AND NOT t.internal
GROUP BY t.table_name
HAVING count(*) = 5
ORDER BY t.table_name;
