-- Names of the columns that the files have.
SELECT c.column_name
FROM duckdb_columns() AS c
WHERE c.table_name = 'incoming' AND c.database_name = 'temp';
