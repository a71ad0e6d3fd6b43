-- Tables that are exported, with their comments and columns: not what is about this warehouse alone, nor what is made for its readers.
SELECT
    c.table_name,
    t.comment AS table_comment,
    c.column_name,
    c.data_type,
    c.comment AS column_comment
FROM duckdb_columns() AS c
INNER JOIN duckdb_tables() AS t ON c.table_name = t.table_name AND c.database_name = t.database_name
WHERE
    c.schema_name = 'main'
    AND NOT c.internal
    AND c.table_name NOT IN ('schema_migrations', 'upkeep', 'search_docs', 'search_words', 'search_postings', 'same_words')
ORDER BY c.table_name, c.column_index;
