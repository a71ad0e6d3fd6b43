-- Columns of words whose least or greatest value, as the catalog has it, stands in no file any more, with those of the files.
-- A file with words and no bounds of its own leaves them as they are.
SELECT
    s.table_id,
    s.column_id,
    min(f.min_value) AS least,
    max(f.max_value) AS greatest
FROM __ducklake_metadata_warehouse.ducklake_table_column_stats AS s
SEMI JOIN __ducklake_metadata_warehouse.ducklake_column AS c
    ON
        s.table_id = c.table_id
        AND s.column_id = c.column_id
        AND c.column_type IN ('varchar', 'json')
LEFT JOIN __ducklake_metadata_warehouse.ducklake_file_column_stats AS f
    ON s.table_id = f.table_id AND s.column_id = f.column_id
GROUP BY s.table_id, s.column_id, s.min_value, s.max_value
HAVING
    (s.min_value IS DISTINCT FROM min(f.min_value) OR s.max_value IS DISTINCT FROM max(f.max_value))
    AND NOT coalesce(bool_or(f.min_value IS NULL AND f.value_count > coalesce(f.null_count, 0)), FALSE);
