-- The column types of a table.
SELECT * FROM {target} LIMIT 0;
