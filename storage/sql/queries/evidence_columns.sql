-- Every span of every table: its table, its column of words, its offset columns.
SELECT
    c.table_name,
    coalesce(words.column_name, 'exact') AS words_column,
    c.column_name AS start_column,
    replace(c.column_name, 'start_char', 'end_char') AS end_column
FROM duckdb_columns() AS c
INNER JOIN duckdb_tables() AS t ON c.table_oid = t.table_oid
LEFT JOIN duckdb_columns() AS words
    ON
        words.table_oid = c.table_oid
        AND c.column_name <> 'start_char'
        AND words.column_name IN (
            replace(c.column_name, '_start_char', ''), replace(c.column_name, '_start_char', '_text')
        )
WHERE c.column_name LIKE '%start_char' AND c.database_name = current_database() AND NOT c.internal
ORDER BY ALL;
