-- The least and greatest values of columns are not known any more: queries go by those of each file.
UPDATE __ducklake_metadata_warehouse.ducklake_table_column_stats
SET
    min_value = NULL,
    max_value = NULL;
