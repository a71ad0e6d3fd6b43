-- The least and the greatest value of a column.
UPDATE __ducklake_metadata_warehouse.ducklake_table_column_stats
SET
    min_value = $least,
    max_value = $greatest
WHERE table_id = $table_id AND column_id = $column_id;
