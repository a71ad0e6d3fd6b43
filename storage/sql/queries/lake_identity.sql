-- The id that a catalog got when it was made.
SELECT s.schema_uuid::VARCHAR
FROM __ducklake_metadata_warehouse.ducklake_schema AS s
WHERE s.schema_id = 0;
